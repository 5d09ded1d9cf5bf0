import type { PartialSettings } from '@tlgen/runtime';

/** What the page is told. */
export interface FilesInput {
  readonly settings: PartialSettings & { readonly apiId: number; readonly apiHash: string };
  readonly code: string;
  /** Phones: who sends, and who receives. */
  readonly ann: string;
  readonly bob: string;
}

/** A file that was asked for, and what came: its length and SHA-256, as `shaOf` has them. */
export interface Fetched {
  /** What was sent, before it was sent. */
  readonly sent: string;
  /** By way of getting it. */
  readonly got: Readonly<Record<string, string>>;
  readonly name: string;
  readonly mimeType: string | undefined;
  readonly size: number | undefined;
  /** Percents that were told: the last one, and how often it was 100. */
  readonly progress: string;
}

/** What the page can do. */
export interface FilesPage {
  /** Signs both in. */
  open(given: FilesInput): Promise<void>;
  /** Sends files from all kinds of sources and gets them again; by source. */
  send(): Promise<Readonly<Record<string, Fetched>>>;
  /** The same with a file that is encrypted. */
  sendSecretly(): Promise<Pick<Fetched, 'sent' | 'got'>>;
  /** Codes of what is thrown by what cannot be, by attempt. */
  fail(): Promise<Readonly<Record<string, string>>>;
  close(): Promise<void>;
}

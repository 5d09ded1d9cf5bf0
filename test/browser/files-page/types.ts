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

/** What the page saw. */
export interface FilesReport {
  /** By source. */
  readonly files: Readonly<Record<string, Fetched>>;
  readonly encrypted: { readonly sent: string; readonly got: Readonly<Record<string, string>> };
  /** Code of what was thrown, by attempt. */
  readonly refused: Readonly<Record<string, string>>;
}

import type { PartialSettings } from '@tlgen/runtime';

/** What the page is told. */
export interface UpdatesInput {
  readonly settings: PartialSettings & { readonly apiId: number; readonly apiHash: string };
  /** Left out: whoever is in the storage. */
  readonly signIn?: { readonly phone: string; readonly code: string };
}

/** What the page heard: texts, one by one. */
export interface Heard {
  /** Handlers of texts. */
  readonly handled: readonly string[];
  /** The loop over all updates. */
  readonly read: readonly string[];
  /** How the client knew of each that was handled: by a push or a difference. */
  readonly from: readonly string[];
}

/** What the page can do. */
export interface UpdatesPage {
  /** Opens a client on what the browser has stored, and listens. @returns the name of who is signed in. */
  open(given: UpdatesInput): Promise<string>;
  heard(): Heard;
  /** @returns what the loop ended with. */
  close(): Promise<string>;
}

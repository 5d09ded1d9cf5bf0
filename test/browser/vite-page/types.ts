import type { PartialSettings } from '@tlgen/runtime';

/** What the page is told. */
export interface PageInput {
  readonly settings: PartialSettings & { readonly apiId: number; readonly apiHash: string };
  readonly phone: string;
  readonly code: string;
  readonly password: string;
  /** Whom to write to. */
  readonly friend: string;
}

/** What became of an attempt that has to fail. */
export interface Refused {
  /** It is a StorageError. */
  readonly typed: boolean;
  readonly code: string;
  readonly message: string;
}

/** What the page saw. */
export interface PageReport {
  readonly first: {
    readonly id: string;
    /** What the sign-in asked for, in order. */
    readonly asked: string[];
    /** Newest first. */
    readonly history: { readonly text: string; readonly marks: string[] }[];
  };
  readonly second: {
    readonly firstName: string;
    readonly texts: string[];
    readonly signedOut: boolean;
  };
  /** Code of the error that the session of one who logged out ends in. */
  readonly third: string;
  readonly sqlite: Refused;
  readonly path: Refused;
}

import type { SignInState } from './states.js';

/** Where a sign-in stands, and what the next request needs that is no business of the user's. */
export interface Progress {
  readonly state: SignInState;
  /** Stands for the code that was sent. */
  readonly codeHash?: string;
  /** `termsOfService.id`, as it came. */
  readonly termsId?: unknown;
}

export const START: Progress = { state: { step: 'start' } };

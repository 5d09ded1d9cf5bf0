import type { Part } from './plan.js';

/** What came of a part; kept until it is its turn, so that no failure is without somebody who looks at it. */
type Outcome = { readonly bytes: Uint8Array } | { readonly error: unknown };

/** How parts are fetched one after another. */
export interface InOrderOptions {
  /** Parts that are under way or wait for their turn, at most. */
  readonly parallel: number;
  /** Resolves with the bytes `[from, to)`; with fewer only where the file ends. */
  fetch(part: Part): Promise<Uint8Array>;
  /** Makes what is under way reject. */
  cancel(): void;
  /** Nobody knows where the file ends: a second part is asked for when the first one came whole. */
  readonly endless: boolean;
}

/**
 * Fetches parts, several at a time, and gives them out in order; ends after the first one that is short. While nobody
 * asks for the next one, nothing is asked for beyond the window. When it ends, for whatever reason, nothing is under
 * way.
 */
export async function* inOrder(
  parts: Iterator<Part, void>,
  { parallel, fetch, cancel, endless }: InOrderOptions,
): AsyncGenerator<Uint8Array, void> {
  const window: { readonly part: Part; readonly outcome: Promise<Outcome> }[] = [];
  const fill = (width: number): void => {
    while (window.length < width) {
      const { done, value: part } = parts.next();
      if (done) return;
      window.push({ part, outcome: settled(fetch(part)) });
    }
  };
  try {
    for (fill(endless ? 1 : parallel); ; fill(parallel)) {
      const first = window[0];
      if (!first) return;
      const outcome = await first.outcome;
      window.shift();
      if ('error' in outcome) throw outcome.error;
      const { bytes } = outcome;
      const short = bytes.length < first.part.to - first.part.from;
      // Before the consumer takes its time with this one.
      if (!short) fill(parallel);
      if (bytes.length > 0) yield bytes;
      if (short) return;
    }
  } finally {
    cancel();
    await Promise.all(window.map(({ outcome }) => outcome));
  }
}

const settled = (fetching: Promise<Uint8Array>): Promise<Outcome> =>
  fetching.then(
    (bytes) => ({ bytes }),
    (error: unknown) => ({ error }),
  );

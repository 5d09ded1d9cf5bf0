import type { base } from '@tlgen/telegram';
import type { MediaKind, MediaOptions } from './types.js';

/** Media of which it is clear what has to be done, before any of it is. */
export interface MediaPlan {
  /** What it is sent as; undefined: a stream's content has to tell, or it is an `InputMedia` that is none of these. */
  readonly kind: MediaKind | undefined;
  /** Bytes that have to be uploaded; 0: none. undefined: nobody knows. */
  readonly size: number | undefined;
  /** Uploads what has to be uploaded. */
  input(): Promise<base.TypeInputMedia>;
  /**
   * What to send after the server refused what {@link input} told: parts that it lost are uploaded once more where the
   * source can be read again, and expired references are asked for again. Each is done once.
   *
   * @throws `error` when nothing of that helps.
   */
  again(error: unknown): Promise<base.TypeInputMedia>;
}

/** As {@link MediaOptions}; the signal has the timeout in it already. */
export interface PlanOptions extends MediaOptions {
  readonly signal: AbortSignal;
}

/** What a message id is to a session. */
export type Freshness = 'new' | 'seen' | 'too-old';

/** Ids kept, as the security guidelines leave it to the client ("at least N"). */
export const WINDOW_SIZE = 1000;

/**
 * The last message ids of a session, in order, so that no message is handled twice (security guidelines, "Checking
 * msg_id"): an id that is lower than all of a full window can no longer be told from a replay.
 */
export class ReplayWindow {
  readonly #ids: bigint[] = [];

  constructor(readonly size: number = WINDOW_SIZE) {}

  /** Notes an id. Only `new` ones may be handled. */
  accept(id: bigint): Freshness {
    const ids = this.#ids;
    const at = this.#placeOf(id);
    if (ids[at] === id) return 'seen';
    const full = ids.length >= this.size;
    if (full && at === 0) return 'too-old';
    ids.splice(at, 0, id);
    if (full) ids.shift();
    return 'new';
  }

  /** What is known of an id, without noting it. */
  stateOf(id: bigint): 'seen' | 'too-old' | 'missing' | 'higher' {
    const ids = this.#ids;
    const at = this.#placeOf(id);
    if (ids[at] === id) return 'seen';
    if (at === ids.length) return 'higher';
    return at === 0 && ids.length >= this.size ? 'too-old' : 'missing';
  }

  /** Index of the first id that is not lower. */
  #placeOf(id: bigint): number {
    const ids = this.#ids;
    let low = 0;
    let high = ids.length;
    // Nearly all ids are higher than all before.
    if (high > 0 && (ids[high - 1] as bigint) < id) return high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((ids[middle] as bigint) < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

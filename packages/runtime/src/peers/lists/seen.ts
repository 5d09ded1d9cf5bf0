/** More keys than any list has: beyond them, a list that cannot tell that it repeats is not read on. */
const KEYS_MAX = 200_000;

/** How many pages in a row may bring nothing new: while others write, a whole page may have been shown already. */
const STALE_PAGES_MAX = 3;

/** Which items of a list were given out; ends lists that go round in circles. */
export class Seen {
  private readonly keys = new Set<string>();
  private stale = 0;

  /** Whether the list has to end: several pages brought nothing new, or it has more than can be. */
  get exhausted(): boolean {
    return this.stale >= STALE_PAGES_MAX || this.keys.size >= KEYS_MAX;
  }

  /**
   * Those of a page that were not there before, in their order.
   *
   * @param again - the page is read once more on purpose: that it brings nothing new says nothing.
   */
  fresh<T>(items: readonly T[], key: (item: T) => string, again = false): T[] {
    const found = items.filter((item) => {
      const { size } = this.keys;
      return this.keys.add(key(item)).size > size;
    });
    if (found.length > 0) this.stale = 0;
    else if (!again) this.stale++;
    return found;
  }
}

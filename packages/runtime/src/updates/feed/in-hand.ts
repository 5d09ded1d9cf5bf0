/** An update that was given to the sink. */
interface Hand {
  /** Whether everybody is done with it. */
  over: boolean;
  /** Who is told then. */
  readonly told: (() => void)[];
}

/** Updates of a life of a feed by their keys, for the next life. */
export type Hands = Map<string, Hand>;

/**
 * Updates that are with their handlers, by key. What comes again after a stop and a start, while its handlers still work
 * on it, is not given once more: it is done when they are.
 */
export class InHand {
  readonly #given: Hands = new Map();

  /** @param before - of the lives before. */
  constructor(private readonly before: Hands) {}

  /** An update is given. @returns what to call when everybody is done with it; more than once is like once. */
  give(key: string | null, done: () => void): () => void {
    const hand: Hand = { over: false, told: [done] };
    if (key !== null) this.#given.set(key, hand);
    return () => {
      if (hand.over) return;
      hand.over = true;
      if (key !== null && this.#given.get(key) === hand) this.#given.delete(key);
      for (const tell of hand.told) tell();
    };
  }

  /** @returns whether it was given in a life before; then `done` is called when that is done with, perhaps at once. */
  join(key: string | null, done: () => void): boolean {
    const hand = key === null ? undefined : this.before.get(key);
    if (key === null || hand === undefined) return false;
    this.before.delete(key);
    if (hand.over) {
      done();
      return true;
    }
    this.#given.set(key, hand);
    hand.told.push(() => {
      if (this.#given.get(key) === hand) this.#given.delete(key);
      done();
    });
    return true;
  }

  /**
   * What this life leaves to the next one.
   *
   * @param renew - lets the sink drop what nobody has begun with: what it calls done meanwhile has to be given again.
   */
  leave(renew: () => void): Hands {
    const hands: Hands = new Map([...this.before, ...this.#given]);
    const open = [...hands].filter(([, { over }]) => !over);
    renew();
    for (const [key, { over }] of open) if (over) hands.delete(key);
    return hands;
  }
}

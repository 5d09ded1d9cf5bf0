/** Lets things of one `queue` happen in the order they were begun, though some have to look things up first. */
export class Turns {
  private readonly last = new Map<string, Promise<void>>();

  /** Whether a call of that queue is still to be invoked. */
  isBusy(queue: string): boolean {
    return this.last.has(queue);
  }

  /**
   * Takes the next turn.
   *
   * @returns what to wait for, and what to call once the call is invoked, or given up.
   */
  take(queue: string): { readonly before: Promise<void> | undefined; done(): void } {
    const before = this.last.get(queue);
    let done = (): void => {};
    const own = new Promise<void>((resolve) => {
      done = resolve;
    });
    // Who gives up its turn doesn't let others past those who stand before it.
    const turn = Promise.all([before, own]).then(() => {
      if (this.last.get(queue) === turn) this.last.delete(queue);
    });
    this.last.set(queue, turn);
    return { before, done: () => done() };
  }

  /** Work that begins when all before it is over, however that ended. */
  async run<T>(queue: string, work: () => Promise<T>): Promise<T> {
    const { before, done } = this.take(queue);
    try {
      await before;
      return await work();
    } finally {
      done();
    }
  }
}

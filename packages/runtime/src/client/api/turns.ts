/** Lets calls of one `queue` be invoked in the order they were made, though some have to look things up first. */
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
}

import type { UpdateEvent } from '../event/index.js';

/** Whether the hub still is: nothing is done any more once it ended. */
export interface Life {
  ended: boolean;
}

/** An update on its way, and how many are not done with it. Whoever makes it is the first of them. */
export class Entry {
  private holders = 1;
  /** Given up by somebody because too many waited. */
  dropped = false;

  /** @param ephemeral - of interest only now: never waits for long. */
  constructor(
    readonly event: UpdateEvent,
    readonly ephemeral: boolean,
    private readonly done: () => void,
    private readonly life: Life,
  ) {}

  /** One more wants it; `release` has to follow. */
  hold(): void {
    this.holders++;
  }

  /** One is done with it; the last one means that it is done. */
  release(): void {
    this.holders--;
    if (this.holders === 0 && !this.life.ended) this.done();
  }
}

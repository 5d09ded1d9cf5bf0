import type { ServerCore } from '../protocol/index.js';

/** Longest delay that the host's timers take, milliseconds. */
const LONGEST = 0x7fffffff;

/** Calls a core's `tick` when it is due, by the host's timers. */
export class CoreTimer {
  #timer: NodeJS.Timeout | null = null;
  #at: number | null = null;
  readonly #unsubscribe: () => void;

  /** @param clock - the core's clock. */
  constructor(
    private readonly core: ServerCore,
    private readonly clock: () => number,
  ) {
    this.#unsubscribe = core.onWake(() => this.#set());
    this.#set();
  }

  close(): void {
    this.#unsubscribe();
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #set(): void {
    const at = this.core.deadline();
    if (at === this.#at) return;
    this.#at = at;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (at === null) return;
    const delay = Math.max(0, Math.min(Math.ceil(at - this.clock()), LONGEST));
    this.#timer = setTimeout(() => {
      this.#at = null;
      this.#timer = null;
      this.core.tick();
      this.#set();
    }, delay);
    // Open sockets keep the process alive, not what might happen on them.
    this.#timer.unref();
  }
}

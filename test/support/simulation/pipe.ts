import type { Network } from './network.js';

/** One direction of a connection: in order and complete, unless the weather is bad. */
export class Pipe {
  /** When the last packet arrives: those behind it arrive later. */
  #lastAt = 0;
  #lost = false;
  #ended = false;

  constructor(
    private readonly network: Network,
    private readonly cut: () => void,
  ) {}

  /** Sends something on its way. @returns whether it will arrive, as far as anybody can know now. */
  send(what: string, arrive: () => void): boolean {
    const { network } = this;
    const { random, timeline, weather, trace } = network;
    if (this.#ended || this.#lost) return false;
    if (network.happens(weather.cut)) this.cut();
    if (network.happens(weather.lose)) {
      trace.add(`${what} lost`);
      return false;
    }
    const copies = network.happens(weather.repeat) ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      const at = Math.max(this.#lastAt, timeline.time + network.latency());
      const late = copy > 0 || network.happens(weather.overtake) ? random.below(4000) : 0;
      if (late === 0) this.#lastAt = at;
      const { restarts } = network;
      timeline.after(at + late - timeline.time, () => {
        if (this.#lost || restarts !== network.restarts) return;
        trace.add(what);
        arrive();
      });
    }
    return true;
  }

  /** What is on its way is lost. */
  lose(): void {
    this.#lost = true;
  }

  /** Nothing more goes in; what is on its way arrives. */
  end(): void {
    this.#ended = true;
  }

  /** As a hole that swallows everything. */
  swallow(): void {
    this.#lost = true;
    this.#ended = true;
  }

  /** Ends it; `done` runs behind the last packet, unless it is a hole. */
  finish(done: () => void): void {
    const { timeline } = this.network;
    const hole = this.#lost && this.#ended;
    this.#ended = true;
    if (hole) return;
    const at = Math.max(this.#lastAt, timeline.time + this.network.latency());
    timeline.after(at - timeline.time, done);
  }
}

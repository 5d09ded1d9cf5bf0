import type { UpdateEngine } from '../engine/index.js';
import type { PolledChannels } from './polled.js';
import type { Requests } from './requests.js';

/** Asks where channels are that the settings name and nobody has told of; each once while it is named. */
export class Places {
  readonly #asked = new Set<bigint>();

  constructor(
    private readonly polled: Pick<PolledChannels, 'named'>,
    private readonly engine: Pick<UpdateEngine, 'follows'>,
    private readonly requests: Pick<Requests, 'places'>,
    private readonly found: (channel: bigint, pts: number) => void,
  ) {}

  /** Asks for those that are named now. */
  ask(): void {
    const named = this.polled.named();
    for (const channel of this.#asked) if (!named.has(channel)) this.#asked.delete(channel);
    const unknown = [...named].filter((one) => !this.#asked.has(one) && !this.engine.follows(one));
    for (const channel of unknown) this.#asked.add(channel);
    void this.requests.places(unknown, this.found);
  }
}

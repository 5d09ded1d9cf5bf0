import { isPeerId, markedId, parseMarkedId } from '../../peers/marked-id.js';
import type { FeedSettings } from './types.js';

/** Whether a channel is asked about although the server pushes nothing, by its bare id. */
export class PolledChannels {
  #list: FeedSettings['pollChannels'] = false;
  #marked: ReadonlySet<bigint> = new Set();

  constructor(private readonly settings: () => Pick<FeedSettings, 'pollChannels'>) {}

  has(channel: bigint): boolean {
    const { pollChannels } = this.settings();
    return typeof pollChannels === 'boolean' ? pollChannels : this.isNamed(channel);
  }

  /** Bare ids of those that the setting names. */
  named(): readonly bigint[] {
    const { pollChannels } = this.settings();
    if (typeof pollChannels === 'boolean') return [];
    return pollChannels.flatMap((marked) => {
      const { type, id } = parseMarkedId(marked);
      return type === 'channel' ? [id] : [];
    });
  }

  /** Whether it is one of those that the setting names. */
  isNamed(channel: bigint): boolean {
    const { pollChannels } = this.settings();
    if (typeof pollChannels === 'boolean') return false;
    if (pollChannels !== this.#list) {
      this.#list = pollChannels;
      this.#marked = new Set(pollChannels.map(BigInt));
    }
    return isPeerId('channel', channel) && this.#marked.has(markedId('channel', channel));
  }
}

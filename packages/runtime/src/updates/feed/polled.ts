import { PeerError } from '../../peers/errors.js';
import { parseMarkedId } from '../../peers/marked-id.js';
import type { FeedSettings } from './types.js';

/** Whether a channel is asked about although the server pushes nothing, by its bare id. */
export class PolledChannels {
  #list: FeedSettings['pollChannels'] = false;
  #named: ReadonlySet<bigint> = new Set();

  constructor(private readonly settings: () => Pick<FeedSettings, 'pollChannels'>) {}

  has(channel: bigint): boolean {
    return this.settings().pollChannels === true || this.named().has(channel);
  }

  /** Bare ids of those that the setting names; what names no channel is left out. */
  named(): ReadonlySet<bigint> {
    const { pollChannels } = this.settings();
    if (pollChannels !== this.#list) {
      this.#list = pollChannels;
      this.#named = new Set(typeof pollChannels === 'boolean' ? [] : pollChannels.flatMap(bareId));
    }
    return this.#named;
  }
}

function bareId(marked: bigint | number): readonly bigint[] {
  try {
    const { type, id } = parseMarkedId(marked);
    return type === 'channel' ? [id] : [];
  } catch (error) {
    if (error instanceof PeerError) return [];
    throw error;
  }
}

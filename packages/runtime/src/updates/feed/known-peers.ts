import type { base } from '@tlgen/telegram';
import { chatMark, userMark } from '../../peers/peer-mark.js';
import type { Entities } from '../engine/index.js';
import { visitNeeded, visitNeededShort, type Need, type Visit } from './needed-peers.js';
import type { FeedPeers } from './types.js';

type Known = NonNullable<ReturnType<FeedPeers['known']>>;

const NOBODY: Entities = { users: [], chats: [] };

/** Whether the peers of updates are known: from what came along, from memory, or else from storage. */
export class KnownPeers {
  /** What storage told for the updates at hand. */
  #loaded = new Map<bigint, Known | null>();
  #entities: Entities = NOBODY;
  /** Who came along with the updates at hand, by marked id. */
  #along: ReadonlyMap<bigint, Need> = new Map();

  /** @param self - the account's own user id: who that is, is known. */
  constructor(
    private readonly peers: FeedPeers,
    private readonly self: bigint,
    private readonly fail: (error: unknown) => void,
  ) {}

  /** Gets what {@link KnownPeers.knows} will ask for updates from storage; null: memory tells all. Never rejects. */
  load(updates: base.TypeUpdates): Promise<void> | null {
    if (this.#loaded.size > 0) this.#loaded = new Map();
    const missing = new Set<bigint>();
    const note =
      (entities: Entities): Visit =>
      (marked, need) => {
        if (this.#isKnown(marked, need, entities) === undefined) missing.add(marked);
        return true;
      };
    switch (updates._) {
      case 'updates':
      case 'updatesCombined':
        for (const update of updates.updates) visitNeeded(update, note(updates));
        break;
      case 'updateShort':
        visitNeeded(updates.update, note(NOBODY));
        break;
      case 'updateShortMessage':
      case 'updateShortChatMessage':
        visitNeededShort(updates, note(NOBODY));
        break;
      default:
    }
    return missing.size === 0 ? null : this.#load([...missing]);
  }

  /** Whether all peers of an update are known as far as it needs them. */
  knows(update: base.TypeUpdate, entities: Entities): boolean {
    return visitNeeded(update, (marked, need) => this.#isKnown(marked, need, entities) === true);
  }

  /** undefined: only storage tells. */
  #isKnown(marked: bigint, need: Need, entities: Entities): boolean | undefined {
    if (marked === this.self) return true;
    const along = this.#of(entities).get(marked);
    if (along === 'full' || along === need) return true;
    const remembered = this.peers.known(marked);
    const known = remembered === undefined ? this.#loaded.get(marked) : remembered;
    if (known === undefined) return undefined;
    if (known === null) return false;
    return need === 'seen' || (!known.min && known.accessHash !== null);
  }

  #of(entities: Entities): ReadonlyMap<bigint, Need> {
    const { users, chats } = entities;
    if (users === this.#entities.users && chats === this.#entities.chats) return this.#along;
    const along = new Map<bigint, Need>();
    for (const one of users) {
      const marked = userMark(one.id);
      if (marked === null || one._ !== 'user') continue;
      along.set(marked, one.min || one.accessHash === undefined ? 'seen' : 'full');
    }
    for (const one of chats) {
      const marked = chatMark(one);
      if (marked !== null) along.set(marked, needMet(one));
    }
    this.#entities = { users, chats };
    this.#along = along;
    return along;
  }

  async #load(missing: readonly bigint[]): Promise<void> {
    const loaded = new Map<bigint, Known | null>();
    const one = async (marked: bigint): Promise<void> => {
      try {
        loaded.set(marked, await this.peers.load(marked));
      } catch (error) {
        this.fail(error);
        loaded.set(marked, null);
      }
    };
    await Promise.all(missing.map(one));
    this.#loaded = loaded;
  }
}

function needMet(chat: base.TypeChat): Need {
  const hashed = chat._ === 'channel' || chat._ === 'channelForbidden';
  if (!hashed) return 'full';
  const min = chat._ === 'channel' && chat.min;
  return min || chat.accessHash === undefined ? 'seen' : 'full';
}

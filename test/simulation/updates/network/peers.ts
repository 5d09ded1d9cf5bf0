import type { base } from '@tlgen/telegram';
import { PeerError } from '../../../../packages/runtime/src/peers/errors.js';
import type { FeedPeers } from '../../../../packages/runtime/src/updates/feed/types.js';
import * as make from '../model/make.js';

type Known = NonNullable<Awaited<ReturnType<FeedPeers['load']>>>;

const CHANNEL_MARK = -1_000_000_000_000n;

export const markedChannel = (id: bigint): bigint => CHANNEL_MARK - id;

/** The peers that a client has seen; they outlive its process. */
export class ModelPeers implements FeedPeers {
  readonly #known = new Map<bigint, Known>();
  /** What this life has not looked up yet: memory does not tell. */
  #cold = new Set<bigint>();

  /** A new life remembers nothing of what it stored. */
  forgetMemory(): void {
    this.#cold = new Set(this.#known.keys());
  }

  learn(users: readonly base.TypeUser[], chats: readonly base.TypeChat[]): void {
    for (const one of users) {
      if (one._ !== 'user') continue;
      if (one.min && this.#known.has(one.id)) continue;
      this.#note(one.id, { type: 'user', accessHash: one.accessHash ?? null, min: one.min });
    }
    for (const one of chats) {
      if (one._ === 'chat') this.#note(-one.id, { type: 'chat', accessHash: null, min: false });
      if (one._ === 'channel' || one._ === 'channelForbidden') {
        const accessHash = one.accessHash ?? null;
        this.#note(markedChannel(one.id), { type: 'channel', accessHash, min: false });
      }
    }
  }

  known(marked: bigint): Known | null | undefined {
    return this.#cold.has(marked) ? undefined : (this.#known.get(marked) ?? null);
  }

  load(marked: bigint): Promise<Known | null> {
    this.#cold.delete(marked);
    return Promise.resolve(this.#known.get(marked) ?? null);
  }

  inputChannel(channel: bigint): Promise<base.TypeInputChannel> {
    if (this.#known.has(markedChannel(channel))) return Promise.resolve(make.inputChannel(channel));
    return Promise.reject(new PeerError('UNKNOWN_PEER', String(channel), 'never seen'));
  }

  #note(marked: bigint, known: Known): void {
    this.#known.set(marked, known);
    this.#cold.delete(marked);
  }
}

import { channelOf } from '../world/channels/news.js';
import type { ActivePushFault, Push, PushCopies, PushHold, PushTrigger } from './types.js';

export type PushFaultKind = 'lose' | 'duplicate' | 'delay' | 'reorder';

/** What goes wrong with pushes, and how often it has. */
export class PushFault implements ActivePushFault {
  count = 0;
  #stopped = false;

  constructor(
    readonly kind: PushFaultKind,
    readonly options: PushTrigger & PushHold & PushCopies,
    private readonly onStop: (fault: PushFault) => void,
  ) {}

  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.onStop(this);
  }

  /** Whether it happens to this push; counts it if so. */
  happens(push: Push, random: () => number): boolean {
    const { user, channel, filter, probability, times } = this.options;
    if (this.#stopped || this.count >= (times ?? Infinity)) return false;
    if (user !== undefined && idOf(user) !== push.userId) return false;
    if (channel !== undefined && !push.about.some((one) => channelOf(one) === idOf(channel)))
      return false;
    if (filter && !push.about.some(filter)) return false;
    if (probability !== undefined && random() >= probability) return false;
    this.count++;
    return true;
  }
}

const idOf = (like: bigint | { readonly id: bigint }): bigint =>
  typeof like === 'bigint' ? like : like.id;

import type { Delivery, Lost } from '../../../../packages/runtime/src/updates/engine/index.js';

/** Who takes what a feed brings. */
export interface Taker {
  /** Updates that are not done. */
  readonly waiting: number;
  deliver(delivery: Delivery, done: () => void): void;
  lost(lost: Lost): void;
  /** Resolves when nobody is at work any more. */
  drain(): Promise<void>;
}

interface Waiting {
  readonly delivery: Delivery;
  readonly done: () => void;
}

/** Handlers as a hub calls them: one chat's updates one after the other, chats side by side. */
export class ModelHandlers implements Taker {
  readonly #lanes = new Map<string, Waiting[]>();
  waiting = 0;

  /**
   * @param take - carries an update out, and calls back when that is over.
   * @param pause - a while.
   */
  constructor(
    private readonly take: (delivery: Delivery, over: () => void) => void,
    private readonly pause: () => Promise<void>,
  ) {}

  deliver(delivery: Delivery, done: () => void): void {
    this.waiting++;
    const name = laneOf(delivery);
    const lane = this.#lanes.get(name) ?? [];
    this.#lanes.set(name, lane);
    lane.push({ delivery, done });
    if (lane.length === 1) this.#next(lane);
  }

  lost(): void {}

  async drain(): Promise<void> {
    while (this.waiting > 0) await this.pause();
  }

  #next(lane: Waiting[]): void {
    const first = lane[0];
    if (first === undefined) return;
    this.take(first.delivery, () => {
      lane.shift();
      this.waiting--;
      first.done();
      this.#next(lane);
    });
  }
}

function laneOf({ update, box }: Delivery): string {
  const message = 'message' in update ? update.message : undefined;
  if (typeof message !== 'object' || !('peerId' in message)) return String(box);
  const peer = message.peerId;
  if (peer?._ === 'peerUser') return `user ${peer.userId}`;
  return peer?._ === 'peerChat' ? `chat ${peer.chatId}` : String(box);
}

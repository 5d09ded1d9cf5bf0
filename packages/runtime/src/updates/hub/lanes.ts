import { ClosedError } from '../../network/errors.js';
import type { Clock } from '../../platform/types.js';
import type { UpdateEvent, WaitOptions } from '../event/index.js';
import type { Filter } from '../filters/filter.js';
import type { Consumers } from './consumers.js';
import type { Entry, Life } from './entry.js';
import type { Handlers } from './handlers.js';
import { Hold } from './hold.js';
import { Lane, type LaneContext } from './lane.js';
import type { HubContext } from './types.js';

/** The lanes in which something is; updates of no chat share one. */
export class Lanes implements LaneContext {
  readonly clock: Clock;
  closing: Error | null = null;
  awaited = 0;
  private readonly lanes = new Map<bigint | null, Lane>();
  /** Those who wait until there are none. */
  private readonly drains = new Set<(empty: boolean) => void>();

  constructor(
    private readonly context: Pick<HubContext, 'clock' | 'handlerFailed'>,
    readonly handlers: Handlers,
    readonly consumers: Consumers,
    readonly life: Life,
  ) {
    this.clock = context.clock;
  }

  /** How many chats have something to do. */
  get size(): number {
    return this.lanes.size;
  }

  /** Offers an update to the handlers, and to those who wait for updates of its chat. */
  offer(entry: Entry): void {
    const { chatId } = entry.event;
    const lane = this.lanes.get(chatId);
    if (lane) lane.offer(entry);
    else if (this.handlers.list.length > 0) this.lane(chatId).offer(entry);
  }

  /** Keeps what comes in a chat from the handlers, until the hold ends. */
  keep(chatId: bigint | null): Hold {
    const lane = this.lane(chatId);
    const hold = new Hold(lane, null);
    lane.keep(hold);
    return hold;
  }

  /** Waits for an update in the chat of an event. */
  waitFor<Adds extends object>(
    event: UpdateEvent,
    filter: Filter<Adds>,
    options: WaitOptions,
  ): Promise<UpdateEvent & Adds> {
    const { chatId, id } = event;
    const sender = options.from === 'anyone' ? null : event.senderId;
    const busy = this.lanes.get(chatId)?.holdOf(id);
    if (busy) return busy.wait(filter, sender, options).promise;
    const hold = this.keep(chatId);
    const { promise } = hold.wait(filter, sender, options);
    hold.end();
    return promise;
  }

  /**
   * What has come is handled, and nobody waits for more.
   *
   * @returns whether all was handled within that many milliseconds.
   */
  drain(milliseconds: number): Promise<boolean> {
    const reason = (this.closing ??= new ClosedError());
    for (const lane of this.lanes.values()) lane.hurry(reason);
    if (this.lanes.size === 0) return Promise.resolve(true);
    return new Promise((resolve) => {
      const settle = (empty: boolean): void => {
        timer.cancel();
        this.drains.delete(settle);
        resolve(empty);
      };
      const timer = this.clock.after(milliseconds, () => settle(false));
      this.drains.add(settle);
    });
  }

  /** What waits to be handled is given up. */
  clear(): void {
    for (const lane of this.lanes.values()) lane.clear();
  }

  /** Those who wait are told that nothing will come. */
  fail(reason: Error): void {
    for (const lane of this.lanes.values()) lane.fail(reason);
  }

  /** Nothing is handled any more. */
  close(): void {
    this.closing ??= new ClosedError();
    const lanes = [...this.lanes.values()];
    this.lanes.clear();
    for (const settle of this.drains) settle(lanes.length === 0);
    for (const lane of lanes) lane.close();
  }

  handlerFailed(error: unknown, event: UpdateEvent): void {
    this.context.handlerFailed(error, event);
  }

  idle(lane: Lane): void {
    if (this.lanes.get(lane.chatId) === lane) this.lanes.delete(lane.chatId);
    if (this.lanes.size === 0) for (const settle of this.drains) settle(true);
  }

  private lane(chatId: bigint | null): Lane {
    let lane = this.lanes.get(chatId);
    if (!lane) this.lanes.set(chatId, (lane = new Lane(chatId, this)));
    return lane;
  }
}

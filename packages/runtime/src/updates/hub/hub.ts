import type { Unsubscribe } from '../../core/emitter.js';
import { ClosedError } from '../../network/errors.js';
import type { Delivery, Lost } from '../engine/index.js';
import { UpdateEvent, type WaitFor } from '../event/index.js';
import type { FeedSink } from '../feed/types.js';
import type { Filter } from '../filters/filter.js';
import { checkGetUpdates, checkHandlerOptions, checkReadOptions } from './check-options.js';
import { Consumers } from './consumers.js';
import { Conversation } from './conversation.js';
import { Entry, type Life } from './entry.js';
import { Handlers } from './handlers.js';
import { Lanes } from './lanes.js';
import { Losses } from './losses.js';
import { Parking } from './parking.js';
import { UpdateQueue, type NumberedUpdate } from './queue.js';
import { OwnActions } from './own-actions.js';
import { Reader } from './reader.js';
import { tooLong } from './too-long.js';
import type { GetUpdatesOptions, HandlerOptions, HubContext, ReadOptions } from './types.js';
import { begun } from './wait.js';

/**
 * Brings each update to all who want updates: handlers (in lanes, one for each chat), readers, the queue of
 * `getUpdates`, conversations. It is done when all who took it are. While there is nobody, updates wait for the first
 * to come; those of interest only at the moment (typing) don't.
 */
export class UpdateHub implements FeedSink {
  private readonly life: Life = { ended: false };
  private readonly handlers = new Handlers();
  private readonly readers = new Set<Reader>();
  private readonly losses: Losses;
  private readonly parking: Parking;
  private readonly consumers: Consumers;
  private readonly lanes: Lanes;
  /** null until `getUpdates` is called. */
  private queue: UpdateQueue | null = null;
  private nextId = 0;
  /** How many are open. */
  private conversations = 0;
  private actions: OwnActions;

  constructor(private readonly context: HubContext) {
    this.actions = new OwnActions(context.actions);
    this.losses = new Losses(context);
    this.parking = new Parking(this.losses);
    this.consumers = new Consumers(() => this.wanted());
    this.lanes = new Lanes(context, this.handlers, this.consumers, this.life);
  }

  /** Whether somebody has asked for updates, and still does. */
  get isWanted(): boolean {
    return this.consumers.any;
  }

  /** Whether somebody waits for an update, so that others must not keep it from coming. */
  get isAwaiting(): boolean {
    return this.conversations > 0 || this.lanes.awaited > 0;
  }

  /**
   * Calls a handler for each update that the filter lets pass. Updates of one chat come one after the other, and
   * handlers in the order of subscription, each when the one before has ended; chats don't wait for each other.
   *
   * @throws CallOptionError
   */
  on<Adds extends object>(
    filter: Filter<Adds>,
    handler: (event: UpdateEvent & Adds) => unknown,
    options: HandlerOptions = {},
  ): Unsubscribe {
    checkHandlerOptions(options, 'on');
    const remove = this.handlers.add(filter, handler, options.own ?? false);
    this.consumers.come();
    let subscribed = true;
    return () => {
      if (!subscribed) return;
      subscribed = false;
      remove();
      this.consumers.go();
    };
  }

  /** Reads updates one by one, from now on. @throws CallOptionError. */
  updates(options: ReadOptions = {}): Reader {
    checkReadOptions(options, 'updates');
    const reader = new Reader(
      {
        clock: this.context.clock,
        losses: this.losses,
        ended: (one) => {
          if (this.readers.delete(one)) this.consumers.go();
        },
        unread: (entries) => {
          for (const entry of entries) {
            if (this.consumers.any || entry.ephemeral) entry.release();
            else this.parking.add(entry);
          }
        },
      },
      options,
    );
    if (this.life.ended) reader.fail(new ClosedError());
    else {
      this.readers.add(reader);
      this.consumers.come();
      reader.begin();
    }
    return reader;
  }

  /**
   * The updates that wait, oldest first. From the first call on they are collected; they are done with when a later
   * call's `offset` says so. Only one call waits at a time: another one ends its wait, without updates.
   *
   * @throws CallOptionError, AbortError, ClosedError
   */
  async getUpdates(options: GetUpdatesOptions = {}): Promise<NumberedUpdate[]> {
    checkGetUpdates(options, this.nextId);
    if (this.life.ended) throw new ClosedError();
    if (!this.queue) {
      this.queue = new UpdateQueue(this.context.clock, this.losses);
      this.consumers.come();
    }
    // What came while nobody wanted updates comes first.
    if (!this.parking.empty) await Promise.resolve();
    return this.queue.get(options);
  }

  /** Begins a conversation in a chat. Close it. @param chatId - marked id. */
  conversation(chatId: bigint): Conversation {
    this.consumers.come();
    this.conversations++;
    return new Conversation(chatId, {
      actions: this.actions,
      hold: this.lanes.keep(chatId),
      ended: () => {
        this.conversations--;
        this.consumers.go();
      },
    });
  }

  deliver(delivery: Delivery, done: () => void): void {
    if (this.life.ended) return;
    const { actions } = this;
    const event = new UpdateEvent({ id: this.nextId++, delivery, actions, wait: this.waitFor });
    const entry = new Entry(event, delivery.ephemeral, done, this.life);
    if (this.consumers.any && this.parking.empty) this.offer(entry);
    else if (this.consumers.any || !entry.ephemeral) this.parking.add(entry);
    else entry.release();
  }

  lost(lost: Lost): void {
    if (!this.life.ended) this.context.lost(tooLong(lost));
  }

  /**
   * Lets handlers come to an end: they are called for what has come, not for more. What they wait for fails with a
   * ClosedError.
   *
   * @returns whether all ended within that many milliseconds.
   */
  drain(milliseconds: number): Promise<boolean> {
    return this.lanes.drain(milliseconds);
  }

  /**
   * What waits is of an account that is signed in no more: nobody gets it, and what handlers still do with its updates
   * fails.
   *
   * @param reason - what those are told who wait.
   */
  forget(reason: Error): void {
    this.actions.end(reason);
    this.actions = new OwnActions(this.context.actions);
    this.lanes.fail(reason);
    this.renewed();
  }

  /** Updates begin anew: what has not begun to be handled will come again. */
  renewed(): void {
    this.parking.clear();
    this.lanes.clear();
    for (const reader of this.readers) reader.clear();
    this.queue?.clear();
  }

  /** Ends everything; what is not done now comes again at the next start. */
  close(): void {
    if (this.life.ended) return;
    this.life.ended = true;
    this.losses.flush();
    this.lanes.close();
    for (const reader of this.readers) reader.close();
    this.queue?.close();
  }

  private readonly waitFor: WaitFor = (event, filter, options) =>
    begun(options, () => this.lanes.waitFor(event, filter, options));

  private wanted(): void {
    this.parking.leave(
      (entry) => this.offer(entry),
      () => this.consumers.any && !this.life.ended,
    );
    this.context.wanted();
  }

  private offer(entry: Entry): void {
    // Handlers take no more: whatever they would have wanted comes again at the next start.
    if (this.lanes.closing && this.handlers.list.length > 0) return;
    this.lanes.offer(entry);
    for (const reader of this.readers) reader.offer(entry);
    this.queue?.offer(entry);
    entry.release();
  }
}

import type { BoxId, Delivery, Lost } from '../engine/index.js';
import { Deliveries } from './deliveries.js';
import type { DoneKey } from './done-keys.js';
import type { Driver } from './driver.js';
import { InHand, type Hands } from './in-hand.js';
import { JournalQueue } from './journal-queue.js';
import { SlowWatch } from './slow-watch.js';
import type { FeedContext } from './types.js';

type Context = Pick<FeedContext, 'clock' | 'log' | 'sink' | 'journal' | 'fail'>;

/** Brings updates to whoever wants them, secret messages to the journal first, and tells the engine what is done. */
export class Delivering {
  readonly #deliveries: Deliveries;
  readonly #journal: JournalQueue;
  readonly #slow: SlowWatch;
  readonly #hands: InHand;
  /** Secret messages that the journal holds and that are not done. */
  readonly #stored = new Set<number>();
  #closed = false;

  /**
   * @param before - keys of what was done before the start.
   * @param hands - what lives before have given.
   */
  constructor(
    private readonly context: Context,
    private readonly driver: Driver,
    before: readonly DoneKey[],
    hands: Hands,
  ) {
    const { clock, log } = context;
    this.#hands = new InHand(hands);
    this.#deliveries = new Deliveries(before, (one) => driver.engine.covers(one));
    this.#slow = new SlowWatch(clock, log, this.#deliveries);
    this.#journal = new JournalQueue({
      clock,
      log,
      journal: () => context.journal(),
      stored: (delivery) => this.#keep(delivery),
      fail: (error) => context.fail(error),
    });
  }

  /** Keys of what is done and lies ahead of what may be saved. */
  keys(): DoneKey[] {
    return this.#deliveries.keys();
  }

  deliver(delivery: Delivery): void {
    const { update, key } = delivery;
    if (this.#deliveries.wasDone(key)) this.#settle(delivery);
    else if (update._ !== 'updateNewEncryptedMessage' || key === null) this.#give(delivery);
    else if (this.context.journal() === null) this.#give(delivery);
    else this.#journal.add({ delivery, update, key });
  }

  lost(lost: Lost): void {
    try {
      this.context.sink.lost(lost);
    } catch (error) {
      this.context.fail(error);
    }
    this.driver.call((engine, now) => engine.delivered(lost.id, now));
  }

  /** Where a box was is not known any more: what was missed in it is lost. */
  lostTrack(box: BoxId): void {
    const entities = { users: [], chats: [] };
    this.lost({ type: 'lost', id: 0, box, from: null, to: null, messages: [], entities });
  }

  /** What is given, for the next life. @param renew - lets the sink drop what nobody has begun with. */
  leave(renew: () => void): Hands {
    return this.#hands.leave(renew);
  }

  /** Gives nothing more; what is given can still be done. */
  close(): void {
    this.#closed = true;
    this.#journal.close();
    this.#slow.stop();
  }

  /** The journal holds a secret message. */
  #keep(delivery: Delivery): void {
    this.#stored.add(delivery.id);
    this.driver.call((engine, now) => engine.stored(delivery.id, now));
    this.#give(delivery);
  }

  #give(delivery: Delivery): void {
    if (this.#closed) return;
    this.#deliveries.given(delivery.id, this.context.clock.now().steady);
    this.#slow.given();
    const ended = (): void => this.#done(delivery);
    if (this.#hands.join(delivery.key, ended)) return;
    const done = this.#hands.give(delivery.key, ended);
    try {
      this.context.sink.deliver(delivery, done);
    } catch (error) {
      // nobody can say what became of it; it must not hold up the others
      this.context.fail(error);
      done();
    }
  }

  #done(delivery: Delivery): void {
    this.#deliveries.ended(delivery.id);
    if (!delivery.durable || this.#stored.delete(delivery.id)) this.#settle(delivery);
  }

  /** It need not come again. */
  #settle(delivery: Delivery): void {
    const { id, durable } = delivery;
    this.driver.call((engine, now) => {
      if (durable) engine.stored(id, now);
      else engine.delivered(id, now);
      this.#deliveries.settled(delivery);
    });
  }
}

import type { base } from '@tlgen/telegram';
import { keyOf } from './classify.js';
import { NO_ENTITIES } from './container.js';
import type {
  BoxId,
  Entities,
  Lost,
  UpdateSource,
  UpdatesOutput,
  UpdatesRequest,
} from './types.js';

/** What takes note of deliveries: see `Ledger`. */
interface Book {
  delivered(id: number): void;
  pin(): void;
  acknowledge(id: number): void;
}

/** An update with what came along. */
export interface Item {
  readonly update: base.TypeUpdate;
  readonly entities: Entities;
  readonly from: UpdateSource;
}

/** What the engine tells, and which deliveries are not acknowledged yet. */
export class Outbox {
  #outputs: UpdatesOutput[] = [];
  #lastId = 0;
  readonly #open = new Map<number, { readonly book: Book; readonly durable: boolean }>();
  /** How many of them are durable. */
  #durable = 0;
  #delivered = 0;

  /** @param durableLimit - durable deliveries that are kept track of. */
  constructor(private readonly durableLimit: number) {}

  /** Deliveries nobody acknowledged; durable ones, which may wait for a journal for ever, do not count. */
  get outstanding(): number {
    return this.#open.size - this.#durable;
  }

  /** How many updates went out so far. */
  get delivered(): number {
    return this.#delivered;
  }

  take(): UpdatesOutput[] {
    const outputs = this.#outputs;
    this.#outputs = [];
    return outputs;
  }

  /** @param book - whose position waits for the acknowledgement; null: nobody's. */
  deliver(item: Item, box: BoxId, book: Book | null): void {
    const id = ++this.#lastId;
    this.#delivered++;
    const { update, entities, from } = item;
    const durable = update._ === 'updateNewEncryptedMessage';
    if (book !== null) this.#note(id, book, durable);
    this.#outputs.push({
      type: 'deliver',
      id,
      box,
      update,
      entities,
      from,
      key: keyOf(update),
      durable,
      ephemeral: book === null,
    });
  }

  lost(book: Book, what: Pick<Lost, 'box' | 'from' | 'to'> & Partial<Lost>): void {
    const id = ++this.#lastId;
    book.delivered(id);
    this.#open.set(id, { book, durable: false });
    this.#outputs.push({ messages: [], entities: NO_ENTITIES, ...what, type: 'lost', id });
  }

  /** @param silent - nothing but silence is the reason. */
  request(request: UpdatesRequest, silent: boolean): number {
    const id = ++this.#lastId;
    this.#outputs.push({ type: 'request', id, request, silent });
    return id;
  }

  forgotten(channel: bigint, reason: string): void {
    this.#outputs.push({ type: 'forgotten', channel, reason });
  }

  log(level: 'info' | 'warn', text: string): void {
    this.#outputs.push({ type: 'log', level, text });
  }

  /** @param stored - whether a journal holds it, not only a handler saw it. */
  acknowledge(id: number, stored: boolean): void {
    const one = this.#open.get(id);
    if (one === undefined || (one.durable && !stored)) return;
    this.#open.delete(id);
    if (one.durable) this.#durable--;
    one.book.acknowledge(id);
  }

  #note(id: number, book: Book, durable: boolean): void {
    if (durable && this.#durable >= this.durableLimit) {
      // no journal is there, or none that works: the next start brings them again
      book.pin();
      return;
    }
    if (durable) this.#durable++;
    book.delivered(id);
    this.#open.set(id, { book, durable });
  }
}

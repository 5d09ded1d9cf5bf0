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

  /** Deliveries nobody acknowledged. */
  get outstanding(): number {
    return this.#open.size;
  }

  take(): UpdatesOutput[] {
    const outputs = this.#outputs;
    this.#outputs = [];
    return outputs;
  }

  /** @param book - whose position waits for the acknowledgement; null: nobody's. */
  deliver(item: Item, box: BoxId, book: Book | null): void {
    const id = ++this.#lastId;
    const { update, entities, from } = item;
    const durable = update._ === 'updateNewEncryptedMessage';
    if (book !== null) {
      book.delivered(id);
      this.#open.set(id, { book, durable });
    }
    this.#outputs.push({
      type: 'deliver',
      id,
      box,
      update,
      entities,
      from,
      key: keyOf(update),
      durable,
    });
  }

  lost(book: Book, what: Pick<Lost, 'box' | 'from' | 'to'> & Partial<Lost>): void {
    const id = ++this.#lastId;
    book.delivered(id);
    this.#open.set(id, { book, durable: false });
    this.#outputs.push({ messages: [], entities: NO_ENTITIES, ...what, type: 'lost', id });
  }

  request(request: UpdatesRequest): number {
    const id = ++this.#lastId;
    this.#outputs.push({ type: 'request', id, request });
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
    one.book.acknowledge(id);
  }
}

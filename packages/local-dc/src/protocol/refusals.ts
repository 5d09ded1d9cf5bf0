/** What a client did that the server did not accept. */
export type RefusalKind =
  /** Answered with bad_msg_notification; `code` is its error code (16 … 20, 32 … 35, 64). */
  | 'bad-msg'
  /** Answered with bad_server_salt (code 48). */
  | 'bad-salt'
  /** A packet that is no encrypted message of its key: length, msg_key, padding. The connection was dropped. */
  | 'packet'
  /** A session id that cannot be: 0. The connection was dropped. */
  | 'session'
  /** A message id used a second time for something else. The connection was dropped. */
  | 'reused-id'
  /** A key that this data center does not know (-404): never made here, destroyed. */
  | 'unknown-key'
  /** A temporary key past its time (-404). */
  | 'expired-key'
  /** A connection or key exchange meant for another data center (-444). */
  | 'wrong-dc'
  /** A service message that cannot be read; it was left out. */
  | 'malformed'
  /** Bytes that are no frame of the announced framing, or none that any framing announces. */
  | 'frame'
  /** A message of the key exchange that was refused. */
  | 'handshake';

/** One refusal, as `dc.refusals` lists it. */
export interface Refusal {
  readonly kind: RefusalKind;
  /** Error code that the client was told: of bad_msg_notification, or of the transport; null: none. */
  readonly code: number | null;
  /** Server time, milliseconds. */
  readonly at: number;
  readonly dcId: number;
  /** Number of the connection; 0 before there is one. */
  readonly connection: number;
  readonly sessionId: bigint | null;
  readonly msgId: bigint | null;
  /** What was wrong, for people. Never holds secret bytes. */
  readonly detail: string;
}

/** Refusals kept for inspection; later ones are only counted. */
const KEPT = 10_000;

/** Everything that clients did wrong. A test of a well-behaved client asserts that it stayed empty. */
export class RefusalLog implements Iterable<Refusal> {
  readonly #list: Refusal[] = [];
  #count = 0;

  /** All refusals, also those beyond the first 10,000, which are not kept. */
  get count(): number {
    return this.#count;
  }

  /** The first 10,000 refusals, in order. */
  get list(): readonly Refusal[] {
    return this.#list;
  }

  add(refusal: Refusal): void {
    this.#count++;
    if (this.#list.length < KEPT) this.#list.push(refusal);
  }

  clear(): void {
    this.#count = 0;
    this.#list.length = 0;
  }

  [Symbol.iterator](): IterableIterator<Refusal> {
    return this.#list[Symbol.iterator]();
  }
}

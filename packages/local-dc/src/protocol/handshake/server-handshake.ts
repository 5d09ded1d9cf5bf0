import { encode, type TlObject } from '@tlgen/codec';
import { MsgsAck, ReqDHParamsRequest, SetClientDHParamsRequest } from '@tlgen/mtproto';
import { equalBytes } from '@tlgen/runtime/crypto';
import { answerParams } from './answer-params.js';
import { answerPq } from './answer-pq.js';
import { answerShare } from './answer-share.js';
import { openQuery, sealAnswer } from './envelope.js';
import { ExchangeStore, type Exchange } from './exchange-store.js';
import { readQuery } from './read.js';
import { Refused, refuse } from './refused.js';
import type { HandshakeOutcome, MadeKey, ServerHandshakeOptions } from './types.js';

/**
 * The server's side of the creation of authorization keys, sans-IO: one per connection (MTProto, "Creating an
 * Authorization Key"). It is strict: whatever a real server would not take is refused, with the reason.
 *
 * A refused packet changes nothing: the exchange can go on with a right one. A query that comes again gets the answer
 * it got before.
 */
export class ServerHandshake {
  readonly #options: ServerHandshakeOptions;
  readonly #store: ExchangeStore;
  #lastId = 0n;

  constructor(options: ServerHandshakeOptions) {
    this.#options = options;
    this.#store = options.store ?? new ExchangeStore();
  }

  /** Takes an unencrypted packet of a client. Never throws for what is in the packet. */
  receive(packet: Uint8Array): HandshakeOutcome {
    try {
      return this.#answer(openQuery(packet));
    } catch (thrown) {
      if (!(thrown instanceof Refused)) throw thrown;
      return { reply: null, refusal: { code: thrown.code, reason: thrown.reason } };
    }
  }

  #answer(body: Uint8Array): HandshakeOutcome {
    const query = readQuery(body);
    if (query instanceof MsgsAck) return { reply: null };
    const exchange = this.#store.get(query.nonce);
    if (exchange !== undefined && equalBytes(exchange.query, body)) {
      return { reply: this.#seal(exchange.answer) };
    }
    if (query instanceof ReqDHParamsRequest) return this.#params(exchange, query, body);
    if (query instanceof SetClientDHParamsRequest) return this.#share(exchange, query, body);
    const { nonce } = query;
    const { answer, serverNonce, puzzle } = answerPq(this.#options, nonce);
    return this.#keep({ nonce, serverNonce, puzzle, secrets: null, done: false }, body, answer);
  }

  #params(
    found: Exchange | undefined,
    query: ReqDHParamsRequest,
    body: Uint8Array,
  ): HandshakeOutcome {
    const exchange = known(found, query.serverNonce, 'req_DH_params');
    if (exchange.secrets !== null) throw refuse('req_DH_params: it has been answered before');
    const { answer, secrets } = answerParams(this.#options, exchange, query);
    return this.#keep({ ...exchange, secrets }, body, answer);
  }

  #share(
    found: Exchange | undefined,
    query: SetClientDHParamsRequest,
    body: Uint8Array,
  ): HandshakeOutcome {
    const exchange = known(found, query.serverNonce, 'set_client_DH_params');
    const { secrets } = exchange;
    if (secrets === null) throw refuse('set_client_DH_params: req_DH_params comes first');
    if (exchange.done) throw refuse('set_client_DH_params: this exchange has ended');
    const verdict = answerShare(this.#options, exchange, secrets, query);
    if ('next' in verdict) {
      return this.#keep({ ...exchange, secrets: verdict.next }, body, verdict.answer);
    }
    const made = 'made' in verdict ? verdict.made : undefined;
    return this.#keep({ ...exchange, done: true }, body, verdict.answer, made);
  }

  /** Remembers the exchange as it stands now, and answers. */
  #keep(
    exchange: Omit<Exchange, 'query' | 'answer'>,
    query: Uint8Array,
    message: TlObject,
    done?: MadeKey,
  ): HandshakeOutcome {
    const answer = encode(this.#options.hooks?.message?.(message) ?? message);
    this.#store.set({ ...exchange, query: query.slice(), answer });
    const reply = this.#seal(answer);
    return done === undefined ? { reply } : { reply, done };
  }

  #seal(answer: Uint8Array): Uint8Array | null {
    const packet = sealAnswer(this.#nextId(), answer);
    const change = this.#options.hooks?.packet;
    return change === undefined ? packet : change(packet);
  }

  /** Ids of answers are 1 modulo 4. */
  #nextId(): bigint {
    const time = this.#options.now();
    const seconds = BigInt(Math.floor(time));
    const fraction = BigInt(Math.floor((time - Math.floor(time)) * 0x1_0000_0000));
    const fresh = (seconds << 32n) | (fraction & ~3n) | 1n;
    this.#lastId = fresh > this.#lastId ? fresh : this.#lastId + 4n;
    return this.#lastId;
  }
}

function known(exchange: Exchange | undefined, serverNonce: Uint8Array, step: string): Exchange {
  if (exchange === undefined) throw refuse(`${step}: no exchange has this nonce`);
  if (!equalBytes(exchange.serverNonce, serverNonce)) throw refuse(`${step}: wrong server_nonce`);
  return exchange;
}

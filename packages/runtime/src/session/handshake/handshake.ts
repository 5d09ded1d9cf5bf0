import { SecurityError } from '../../crypto/errors.js';
import type { Now } from '../../platform/types.js';
import { HandshakeError } from '../errors.js';
import type { MessageIds } from '../message-ids.js';
import { isPlain, openPlain, sealPlain } from '../plain-message.js';
import type { KeyMade, Waiting } from './states.js';
import { takeParams } from './step-params.js';
import { askPq, takePq } from './step-pq.js';
import { takeVerdict } from './step-share.js';
import type { HandshakeOptions, HandshakeStep, Settings } from './types.js';

const STEP_TIMEOUT = 10_000;

/** An offset that differs by less is known better than the seconds of the exchange can tell. */
const FINE_OFFSET = 5_000;

/** Each state is made by the step before it and used up by the next: no step can be repeated or left out. */
type State =
  { readonly step: 'new' } | Waiting | { readonly step: 'done' } | { readonly step: 'failed' };

/**
 * The client's side of the creation of an authorization key, sans-IO (MTProto, "Creating an Authorization Key").
 *
 * Give packets to {@link Handshake.receive} and send what comes back. Everything that is thrown ends the exchange:
 * `SecurityError` when the other side broke a rule, `HandshakeError` when it came to nothing.
 */
export class Handshake {
  readonly #settings: Settings;
  readonly #messageIds: MessageIds;
  readonly #stepTimeout: number;
  #state: State = { step: 'new' };
  #deadline: number | null = null;

  constructor(options: HandshakeOptions) {
    const { crypto, rsaKeys, dcId } = options;
    this.#settings = { crypto, rsaKeys, dcId, expiresIn: options.temporary?.expiresIn ?? null };
    this.#messageIds = options.messageIds;
    this.#stepTimeout = options.stepTimeout ?? STEP_TIMEOUT;
  }

  /** When {@link Handshake.tick} is to be called: a reading of the steady clock; null while nothing is awaited. */
  get deadline(): number | null {
    return this.#deadline;
  }

  /**
   * The first packet.
   *
   * @throws RangeError when the exchange has begun already: each one starts once.
   */
  start(now: Now): Uint8Array {
    if (this.#state.step !== 'new') throw new RangeError('this key exchange has begun already');
    return this.#send(askPq(this.#settings), now);
  }

  /**
   * Takes a packet of the server.
   *
   * @throws SecurityError, HandshakeError: the exchange is over.
   */
  receive(packet: Uint8Array, now: Now): HandshakeStep {
    const state = this.#state;
    if (state.step === 'new' || state.step === 'done' || state.step === 'failed') {
      return { type: 'ignored' };
    }
    if (packet.length >= 8 && !isPlain(packet)) return { type: 'ignored' };
    try {
      return this.#advance(state, packet, now);
    } catch (thrown) {
      this.#end('failed');
      throw thrown;
    }
  }

  /**
   * Goes on over a new connection.
   *
   * @returns the last packet again, with a message id of its own; null when nothing is awaited.
   */
  resume(now: Now): Uint8Array | null {
    const state = this.#state;
    if (state.step === 'new' || state.step === 'done' || state.step === 'failed') return null;
    return this.#send(state, now);
  }

  /** @throws HandshakeError `timeout` when the deadline has passed: the exchange is over. */
  tick(now: Now): void {
    if (this.#deadline === null || now.steady < this.#deadline) return;
    const { step } = this.#state;
    this.#end('failed');
    throw new HandshakeError('timeout', `${step}: no answer within ${this.#stepTimeout} ms`);
  }

  #advance(state: Waiting, packet: Uint8Array, now: Now): HandshakeStep {
    const { msgId, body } = openPlain(packet);
    if ((msgId & 1n) === 0n) {
      throw new SecurityError('message-id-parity', `${state.step}: an even msg_id is a client's`);
    }
    switch (state.step) {
      case 'resPQ':
        return this.#next(takePq(this.#settings, state, body), now);
      case 'server_DH_params': {
        const next = takeParams(this.#settings, state, body);
        this.#setTime(next.group.serverTime, now);
        return this.#next(next, now);
      }
      case 'set_client_DH_params': {
        const next = takeVerdict(this.#settings, state, body);
        return next.step === 'done' ? this.#finish(next) : this.#next(next, now);
      }
    }
  }

  #next(state: Waiting, now: Now): HandshakeStep {
    return { type: 'send', bytes: this.#send(state, now) };
  }

  #send(state: Waiting, now: Now): Uint8Array {
    this.#state = state;
    this.#deadline = now.steady + this.#stepTimeout;
    return sealPlain(this.#messageIds.next(now), state.query);
  }

  #finish({ key, salt, expiresAt }: KeyMade): HandshakeStep {
    this.#end('done');
    return { type: 'done', key, salt, timeOffset: this.#messageIds.timeOffset, expiresAt };
  }

  #end(step: 'done' | 'failed'): void {
    this.#state = { step };
    this.#deadline = null;
  }

  #setTime(serverTime: number, now: Now): void {
    const offset = serverTime * 1000 - now.wall;
    const ids = this.#messageIds;
    if (ids.known && Math.abs(offset - ids.timeOffset) < FINE_OFFSET) ids.learn(offset);
    else ids.resetTo(offset);
  }
}

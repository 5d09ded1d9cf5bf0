import { encode } from '@tlgen/codec';
import {
  DestroySessionRequest,
  GetFutureSaltsRequest,
  PingDelayDisconnectRequest,
  RpcDropAnswerRequest,
} from '@tlgen/mtproto';
import type { AuthKey } from '../crypto/auth-key.js';
import { SecurityError } from '../crypto/errors.js';
import { openMessage, sealMessage, sealMessageWithToken } from '../crypto/message.js';
import { withOpened } from '../crypto/workers/opened.js';
import type { Now } from '../platform/types.js';
import { Inbox } from './inbox/inbox.js';
import { ReplayWindow } from './inbox/replay-window.js';
import { MAX_REFUSALS } from './limits.js';
import { earliest } from './earliest.js';
import { Outbox, type Packed } from './outbox/outbox.js';
import { Recent } from './outbox/recent.js';
import { randomLong } from './random-long.js';
import { StateQuestions } from './service/state-questions.js';
import type { SessionContext } from './session-context.js';
import type { BindOutcome, SessionParts } from './session-parts.js';
import { Acks } from './timing/acks.js';
import { Pinger } from './timing/ping.js';
import { Poller } from './timing/poller.js';
import { Salts, SALTS_ASKED } from './timing/salts.js';
import type { OutgoingPacket } from './types.js';

/** Quick acknowledgements that are waited for. */
const TOKENS = 256;

/** What a session may send. */
export type SessionState =
  /** Only `auth.bindTempAuthKey`: the server knows the temporary key, but not whose it is. */
  | 'binding'
  | 'ready'
  /** No new calls: those under way are waited for. */
  | 'draining';

export interface SessionOptions {
  readonly context: SessionContext;
  readonly key: AuthKey;
  readonly salt: bigint;
  /** Given: the key is temporary and not bound yet. */
  readonly bind?: ((msgId: bigint, sessionId: bigint) => Uint8Array) | undefined;
}

/**
 * One encrypted session: an auth key and a session id, over one connection after the other (MTProto description).
 * Sans-IO. It knows nothing of where keys come from.
 */
export class Session implements SessionParts {
  readonly id: bigint;
  readonly key: AuthKey;
  readonly context: SessionContext;
  readonly acks = new Acks();
  readonly replay: ReplayWindow;
  readonly salts: Salts;
  readonly outbox: Outbox;
  readonly questions: StateQuestions;
  readonly pinger: Pinger;
  created: bigint | null = null;
  state: SessionState;
  /** Why the session cannot go on. */
  failure: string | null = null;
  /** How the bind request ended, once. */
  bindOutcome: BindOutcome | null = null;
  /** The server showed on this connection that it knows the key. */
  heard = false;
  readonly #inbox: Inbox;
  readonly #poller = new Poller();
  readonly #tokens = new Recent<number, readonly bigint[]>(TOKENS);
  readonly #bind: ((msgId: bigint) => Uint8Array) | null;
  #bindRefusals = 0;
  #connected = false;
  /** Of the message ids. */
  #era: number | null = null;

  constructor(options: SessionOptions) {
    const { context, key, bind } = options;
    this.context = context;
    this.key = key;
    this.id = randomLong(context.crypto);
    this.replay = new ReplayWindow(context.settings.incoming);
    this.salts = new Salts(options.salt);
    this.outbox = new Outbox(context, this.id, this.acks);
    this.questions = new StateQuestions(this.outbox, (message) => {
      this.outbox.sent.delete(message.msgId);
      this.bindAgain('no answer');
    });
    this.pinger = new Pinger(context.settings.disconnectDelay);
    this.#inbox = new Inbox(this);
    this.#bind = bind ? (msgId) => bind(msgId, this.id) : null;
    this.outbox.bind = this.#bind;
    this.state = bind ? 'binding' : 'ready';
  }

  get failed(): boolean {
    return this.failure !== null;
  }

  /** Whether a call or an acknowledgement is still on its way. */
  get busy(): boolean {
    if (this.acks.size > 0) return true;
    for (const { item } of this.outbox.sent.all()) if (item.type === 'call') return true;
    return false;
  }

  connected(now: Now, polling: boolean): void {
    this.#connected = true;
    this.heard = false;
    this.outbox.connection++;
    if (!polling && this.state !== 'draining') this.pinger.start(now.steady);
    // Nothing may be waiting to be sent, and the server has to be let speak all the same.
    if (polling && this.state === 'ready') this.#poller.idle(now.steady);
    this.questions.askAll(now);
  }

  disconnected(): void {
    this.#connected = false;
    this.heard = false;
    this.outbox.disconnected();
    this.pinger.stop();
    this.#poller.stop();
    this.#tokens.clear();
  }

  /** The server has spoken and can only speak again when asked. */
  idle(now: Now): void {
    if (this.#connected) this.#poller.idle(now.steady);
  }

  /** From now on only what is under way is finished. */
  drain(): void {
    this.state = 'draining';
    this.pinger.stop();
    this.#poller.stop();
  }

  /**
   * Takes an encrypted packet of this session's key.
   *
   * @param opened - what `open2` made of it, if that is done already; whether it was done with this key is known by the
   * key's id in the packet.
   * @throws SecurityError when it is refused as a whole.
   */
  receive(packet: Uint8Array, now: Now, opened?: Uint8Array | null): void {
    const provider = this.context.crypto;
    const crypto = opened === undefined ? provider : withOpened(provider, opened);
    const message = openMessage(crypto, this.key, 'server', packet);
    if (message.sessionId !== this.id) {
      throw new SecurityError('session-id', 'the packet belongs to another session');
    }
    this.heard = true;
    this.pinger.heard(now.steady);
    this.#poller.heard();
    this.#inbox.receive(message, now);
  }

  /** The server has the packet with this token. @returns whether it was a packet of this session. */
  quickAck(token: number): boolean {
    const messages = this.#tokens.take(token);
    for (const id of messages ?? []) {
      const message = this.outbox.sent.get(id);
      if (message?.item.type === 'call') this.context.calls.acknowledged(message.item.call);
    }
    return messages !== undefined;
  }

  /** Tells the server that the answer of a message is not wanted any more. */
  dropAnswer(msgId: bigint): void {
    if (this.outbox.sent.delete(msgId) === undefined) return;
    this.outbox.request('drop', encode(new RpcDropAnswerRequest({ reqMsgId: msgId })));
  }

  /** Tells the server to forget a session that was left behind. */
  destroy(sessionId: bigint): void {
    this.outbox.request('destroy', encode(new DestroySessionRequest({ sessionId })), [sessionId]);
  }

  /** @returns `dead` when the connection does not live any more. */
  tick(now: Now): 'dead' | null {
    const era = this.context.ids.era(now);
    this.#era ??= era;
    if (era !== this.#era) this.fail('the clock was set back: message ids begin anew');
    if (this.salts.advance(now.steady)) this.#tellSalt();
    if (!this.#connected) return null;
    this.questions.tick(now);
    if (this.#poller.step(now.steady)) this.outbox.poll = true;
    const step = this.pinger.step(now.steady);
    if (step === 'dead') return 'dead';
    if (step === 'ping') this.#ping(now);
    if (this.#mayAskSalts && this.salts.wanted(now.steady)) {
      this.salts.asked(now.steady);
      this.outbox.request('salts', encode(new GetFutureSaltsRequest({ num: SALTS_ASKED })));
    }
    return null;
  }

  /** Everything there is to send now. */
  packets(now: Now): OutgoingPacket[] {
    const packets: OutgoingPacket[] = [];
    if (!this.#connected || this.failed) return packets;
    const open = this.state === 'ready';
    for (let one = this.outbox.pack(now, open); one; one = this.outbox.pack(now, open)) {
      packets.push(this.#seal(one));
      if (one.awaited) this.questions.sent(now.steady);
    }
    return packets;
  }

  deadline(): number | null {
    if (!this.#connected) return null;
    return earliest(
      this.acks.deadline(),
      this.questions.deadline(),
      this.pinger.deadline(),
      this.salts.deadline(this.#mayAskSalts),
      this.#poller.deadline(),
    );
  }

  fail(reason: string): void {
    this.failure ??= reason;
  }

  /**
   * The session is given up; its calls leave it.
   *
   * @param certain - the server never saw what was sent over this connection.
   */
  abandon(reason: string, certain: boolean): void {
    for (const { msgId, connection, item } of this.outbox.sent.all()) {
      this.outbox.sent.delete(msgId);
      if (item.type !== 'call') continue;
      const unseen = certain && connection === this.outbox.connection;
      if (unseen) this.context.calls.requeue(item.call);
      else this.context.calls.abandoned(item.call, reason);
    }
  }

  bindAgain(reason: string): void {
    if (++this.#bindRefusals <= MAX_REFUSALS) this.outbox.bind = this.#bind;
    else this.bound({ ok: false, code: 0, message: `no answer to the bind request: ${reason}` });
  }

  bound(outcome: BindOutcome): void {
    this.bindOutcome = outcome;
  }

  useSalt(salt: bigint): void {
    this.salts.use(salt);
    this.#tellSalt();
  }

  get #mayAskSalts(): boolean {
    return this.heard && this.state === 'ready';
  }

  #tellSalt(): void {
    this.context.emit({ type: 'salt', salt: this.salts.current });
  }

  #ping(now: Now): void {
    const pingId = randomLong(this.context.crypto);
    const { disconnectDelay } = this.context.settings;
    this.outbox.request(
      'ping',
      encode(new PingDelayDisconnectRequest({ pingId, disconnectDelay })),
    );
    this.pinger.sent(pingId, now.steady);
  }

  #seal({ message, quickAck }: Packed): OutgoingPacket {
    const { crypto } = this.context;
    const { msgId, seqNo, body } = message;
    const plain = { salt: this.salts.current, sessionId: this.id, msgId, seqNo, body };
    if (quickAck.length === 0) {
      return { bytes: sealMessage(crypto, this.key, 'client', plain) };
    }
    const { packet, token } = sealMessageWithToken(crypto, this.key, 'client', plain);
    this.#tokens.set(token, quickAck);
    return { bytes: packet, quickAck: true };
  }
}

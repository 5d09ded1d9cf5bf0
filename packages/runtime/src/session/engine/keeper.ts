import { SecurityError } from '../../crypto/errors.js';
import type { AuthKey } from '../../crypto/auth-key.js';
import type { Now } from '../../platform/types.js';
import { bindMessage } from '../bind/index.js';
import { earliest } from '../earliest.js';
import { Session } from '../session.js';
import type { SessionContext } from '../session-context.js';
import type { BindOutcome } from '../session-parts.js';
import type { EngineEvent, EngineOptions, OutgoingPacket } from '../types.js';
import { DEFAULT_TTL, KeyExchange, type ExchangeEnd, type MadeKey } from './key-exchange.js';
import { Lifetime } from './lifetime.js';
import { PermanentKey } from './permanent-key.js';
import { Retries } from './retries.js';
import { SessionSet, type Held } from './session-set.js';

/** A new session after a failed one, without a new connection: so often within a minute. */
const FAILURES = { most: 3, within: 60_000 };

/** Temporary keys that could not be bound, one after the other. */
const BIND_TRIES = 5;

/** Pause before a key is made again, milliseconds; longer with each try. */
const BIND_PAUSE = 1_000;

/** Sessions remembered to be destroyed; the server forgets the others by itself. */
const LEFT_BEHIND = 16;

/** Pause after a renewal that failed while the old key still serves. */
const RENEWAL_PAUSE = 30_000;

/**
 * Keeps an engine supplied with a session: makes the permanent key, temporary keys bound to it (Perfect Forward
 * Secrecy), replaces them in time, and finds out what an error of the transport means.
 */
export class Keeper {
  readonly #sessions = new SessionSet();
  readonly #exchange: KeyExchange;
  readonly #permanent: PermanentKey;
  readonly #failures = new Retries(FAILURES.most, FAILURES.within);
  readonly #pfs: boolean;
  readonly #ttl: number;
  #connected = false;
  #polling = false;
  /** No key is made before this reading of the steady clock. */
  #pauseUntil: number | null = null;
  #bindTries = 0;
  /** Sessions that the server may forget. */
  #leftBehind: bigint[] = [];

  constructor(
    options: EngineOptions,
    private readonly context: SessionContext,
    private readonly emit: (event: EngineEvent) => void,
  ) {
    this.#exchange = new KeyExchange(options, context.ids);
    this.#permanent = new PermanentKey(options.authKey ?? null, options.salt ?? 0n);
    this.#pfs = options.pfs ?? true;
    this.#ttl = options.tempKeyTtl ?? DEFAULT_TTL;
  }

  connected(now: Now, polling: boolean): void {
    this.#connected = true;
    this.#polling = polling;
    this.#dropExpired(now);
    this.#sessions.connected(now, polling);
    this.#exchange.resume(now);
    const { main } = this.#sessions;
    if (main !== null) this.#ready(main.session);
    this.#advance(now);
  }

  disconnected(): void {
    this.#connected = false;
    this.#sessions.disconnected();
  }

  idle(now: Now): void {
    (this.#sessions.main ?? this.#sessions.binding)?.session.idle(now);
  }

  /** The key with that id, if a session uses it. */
  keyOf(keyId: bigint): AuthKey | null {
    return this.#sessions.byKey(keyId)?.key ?? null;
  }

  /**
   * @param opened - what `open2` made of the packet, if that is done already.
   * @throws SecurityError for a packet that is refused as a whole.
   */
  receive(
    keyId: bigint,
    packet: Uint8Array,
    now: Now,
    opened: Uint8Array | null | undefined,
  ): void {
    if (keyId === 0n) return this.#plain(packet, now);
    const session = this.#sessions.byKey(keyId);
    if (session === undefined) {
      if (this.#sessions.isOver(keyId)) return;
      throw new SecurityError('auth-key-id', 'the packet is encrypted with a key not in use');
    }
    session.receive(packet, now, opened);
    if (session.key === this.#permanent.key) this.#permanent.suspected = false;
  }

  quickAck(token: number): void {
    for (const { session } of this.#sessions.all()) if (session.quickAck(token)) return;
  }

  dropAnswer(sessionId: bigint, msgId: bigint): void {
    this.#sessions.byId(sessionId)?.dropAnswer(msgId);
  }

  takePackets(now: Now): OutgoingPacket[] {
    if (!this.#connected) return [];
    return [...this.#exchange.takePackets(), ...this.#sessions.packets(now)];
  }

  deadline(): number | null {
    const { main, binding } = this.#sessions;
    const idle = this.#connected && !this.#exchange.running && binding === null;
    const renewal = idle ? (main?.lifetime?.renewalDeadline() ?? null) : null;
    return earliest(
      this.#sessions.deadline(),
      this.#connected ? this.#exchange.deadline() : null,
      this.#connected ? this.#pauseUntil : null,
      renewal === null ? null : Math.max(renewal, this.#pauseUntil ?? renewal),
    );
  }

  tick(now: Now): void {
    this.#dropExpired(now);
    if (!this.#connected) return;
    const end = this.#exchange.tick(now);
    if (end !== null) this.#exchangeEnded(end, now);
    for (const { session } of this.#sessions.all()) {
      if (session.tick(now) === 'dead') return this.reconnect('the server does not answer');
    }
    this.settle(now);
  }

  /** Acts upon what the sessions went through. */
  settle(now: Now): void {
    for (const held of this.#sessions.all()) {
      if (held.session.failure !== null) this.#replace(held, held.session.failure, now);
    }
    const outcome = this.#sessions.binding?.session.bindOutcome ?? null;
    if (outcome !== null) this.#bindEnded(outcome, now);
    for (const held of this.#sessions.draining) {
      if (!held.session.busy) this.#leave(held);
    }
    this.#advance(now);
  }

  transportError(code: number, now: Now): void {
    if (code === -404) return this.#keyUnknown(now);
    if (code === -444) {
      const error = new Error('transport error -444: this is another data center');
      this.emit({ type: 'handshake-failed', error, fatal: true });
      return this.disconnected();
    }
    this.reconnect(`transport error ${code}`);
  }

  /** Begins what is missing: a key, a session, the renewal of a key. */
  #advance(now: Now): void {
    if (!this.#connected || this.#exchange.running || this.#sessions.binding !== null) return;
    if (this.#pauseUntil !== null && now.steady < this.#pauseUntil) return;
    this.#pauseUntil = null;
    const { main } = this.#sessions;
    if (this.#permanent.key === null) this.#exchange.begin('permanent', now);
    else if (!this.#pfs) {
      if (main === null) this.#open(this.#permanent.key, now);
    } else if (main === null || main.lifetime?.renewalDue(now) === true) {
      this.#exchange.begin('temporary', now);
    }
  }

  #plain(packet: Uint8Array, now: Now): void {
    if (!this.#exchange.running) {
      throw new SecurityError('auth-key-id', 'an unencrypted packet outside of a key exchange');
    }
    const end = this.#exchange.receive(packet, now);
    if (end !== null) this.#exchangeEnded(end, now);
  }

  #exchangeEnded(end: ExchangeEnd, now: Now): void {
    if (end.type === 'made') return this.#keyMade(end.made, now);
    const { error, fatal } = end;
    this.emit({ type: 'handshake-failed', error, fatal });
    if (fatal) this.disconnected();
    else if (this.#sessions.main !== null) this.#pauseUntil = now.steady + RENEWAL_PAUSE;
    else this.reconnect('the key exchange failed');
  }

  #keyMade({ kind, key, salt, expiresAt }: MadeKey, now: Now): void {
    if (kind === 'permanent') {
      this.#permanent.made(key, salt, now);
      this.emit({ type: 'auth-key', key, salt });
      return;
    }
    const permKey = this.#permanent.key;
    if (permKey === null || expiresAt === null) return;
    const { crypto } = this.context;
    const bind = (msgId: bigint, tempSessionId: bigint): Uint8Array =>
      bindMessage(crypto, { permKey, tempKey: key, tempSessionId, msgId, expiresAt }).request;
    const session = new Session({ context: this.context, key, salt, bind });
    session.connected(now, this.#polling);
    const lifetime = new Lifetime(expiresAt, this.#ttl, this.context.ids, now);
    this.#sessions.binding = { session, lifetime };
  }

  #bindEnded(outcome: BindOutcome, now: Now): void {
    const { binding } = this.#sessions;
    if (binding === null) return;
    // Nobody else has this temporary key: it is bound by a request whose answer was lost.
    if (outcome.ok || outcome.message === 'TEMP_AUTH_KEY_ALREADY_BOUND')
      return this.#bound(binding);
    this.#sessions.remove(binding);
    this.#bindTries++;
    const refused = outcome.message === 'ENCRYPTED_MESSAGE_INVALID';
    if (refused && !this.#permanent.young(now)) return this.#permanentRefused();
    if (this.#bindTries >= BIND_TRIES) {
      this.#bindTries = 0;
      const error = new Error(`the temporary key cannot be bound: ${outcome.message}`);
      this.emit({ type: 'handshake-failed', error, fatal: false });
      if (this.#sessions.main === null) return this.reconnect('the temporary key cannot be bound');
    }
    this.#pauseUntil = now.steady + BIND_PAUSE * (this.#bindTries + 1);
  }

  #bound(held: Held): void {
    this.#bindTries = 0;
    this.#permanent.suspected = false;
    this.#sessions.promote();
    const { session, lifetime } = held;
    this.emit({ type: 'temp-key', key: session.key, expiresAt: lifetime?.expiresAt ?? 0 });
    this.#ready(session);
  }

  /** Opens a session without binding: with the permanent key, or with a temporary one that is bound. */
  #open(
    key: AuthKey,
    now: Now,
    lifetime: Lifetime | null = null,
    salt = this.#permanent.salt,
  ): void {
    const session = new Session({ context: this.context, key, salt });
    if (this.#connected) session.connected(now, this.#polling);
    this.#sessions.main = { session, lifetime };
    this.#ready(session);
  }

  #ready(session: Session): void {
    for (const id of this.#leftBehind.splice(0)) session.destroy(id);
    this.emit({ type: 'ready', sessionId: session.id });
  }

  /** A session that cannot go on gives way to one with the same key. */
  #replace(held: Held, reason: string, now: Now): void {
    const { session, lifetime } = held;
    const { main, binding } = this.#sessions;
    this.emit({ type: 'session-failed', reason });
    const behind = session.outbox.leftBehind();
    session.abandon(reason, false);
    this.#leave(held, behind);
    // Not at once for ever: a server that refuses every session gets a new connection, after a pause.
    if (this.#failures.tooMany(now.steady)) this.reconnect('session after session fails');
    if (held === main) this.#open(session.key, now, lifetime, session.salts.current);
    if (held === binding) this.#pauseUntil = now.steady + BIND_PAUSE;
  }

  /** @param behind - what it had yet to have destroyed. */
  #leave(held: Held, behind = held.session.outbox.leftBehind()): void {
    this.#sessions.remove(held);
    this.#leftBehind = [...this.#leftBehind, ...behind, held.session.id].slice(-LEFT_BEHIND);
    const { main } = this.#sessions;
    if (main !== null) for (const id of this.#leftBehind.splice(0)) main.session.destroy(id);
  }

  #dropExpired(now: Now): void {
    for (const held of this.#sessions.all()) {
      if (held.lifetime?.over(now) !== true) continue;
      this.#drop(held, 'its temporary key expired', false);
    }
  }

  #drop(held: Held, reason: string, certain: boolean): void {
    this.#sessions.remove(held);
    held.session.abandon(reason, certain);
  }

  /** -404: the server does not know the key of a packet, or there is no such data center. */
  #keyUnknown(now: Now): void {
    if (this.#sessions.all().length === 0) {
      const error = new Error('transport error -404 during the key exchange');
      this.#exchange.cancel();
      return this.#exchangeEnded({ type: 'failed', error, fatal: false }, now);
    }
    if (!this.#pfs) return this.#permanentRefused();
    const all = this.#sessions.all();
    const silent = all.filter(({ session }) => !session.heard);
    for (const held of silent.length > 0 ? silent : all) {
      this.#drop(held, 'the server forgot the temporary key', !held.session.heard);
    }
    this.reconnect('transport error -404: a temporary key is unknown');
  }

  /** Believed when it happens twice, over two connections: sign-in depends on this key. */
  #permanentRefused(): void {
    if (!this.#permanent.suspected) {
      this.#permanent.suspected = true;
      return this.reconnect('the permanent key was refused; to be verified');
    }
    const keyId = this.#permanent.forget();
    for (const held of this.#sessions.all()) {
      this.#drop(held, 'the server forgot the permanent key', !held.session.heard);
    }
    this.#exchange.cancel();
    this.emit({ type: 'auth-key-lost', keyId });
    this.reconnect('a new permanent key is needed');
  }

  /** Asks for another connection: this one is of no more use. */
  reconnect(reason: string): void {
    if (!this.#connected) return;
    this.disconnected();
    this.emit({ type: 'reconnect', reason });
  }
}

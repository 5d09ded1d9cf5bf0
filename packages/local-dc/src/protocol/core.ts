import type { CryptoProvider } from '@tlgen/runtime/crypto';
import { FaultBoard } from '../faults/board.js';
import { checkBind } from './bind.js';
import { ServerConnection } from './connection.js';
import type { CoreHost } from './host.js';
import { KeyExchanges } from './key-exchanges.js';
import { KeyStore, type KeyRecord, type NewKey } from './keys.js';
import { settingsOf, type ServerCoreOptions, type ServerSettings } from './options.js';
import { RefusalLog, type Refusal } from './refusals.js';
import { Scheduler } from './scheduler.js';
import { ServerSession } from './session.js';
import { SessionStore } from './sessions.js';
import type { ConnectionSink, OpenOptions } from './sink.js';
import type { ProtocolCore, RpcCall, RpcFailure, ServerKey, ServerSessionInfo } from './types.js';

type BindRequest = Parameters<ProtocolCore['bindTempKey']>[1];

/**
 * The server half of MTProto for a cluster of data centers, sans-IO: packets come in through the connections that
 * `open` makes and leave through their sinks; time passes when `tick` is called.
 *
 * Whoever drives it calls `tick` when `deadline` has come, and asks for `deadline` again when `onWake` is called.
 */
export class ServerCore implements ProtocolCore {
  /** Everything that clients did wrong. */
  readonly refusals = new RefusalLog();
  /** What goes wrong on purpose. */
  readonly faults: FaultBoard;
  readonly #settings: ServerSettings;
  readonly #scheduler = new Scheduler();
  readonly #keys: KeyStore;
  readonly #sessions: SessionStore;
  readonly #exchanges: KeyExchanges;
  readonly #told: Pick<ServerCoreOptions, 'onRefusal' | 'onKeyDestroyed'>;
  readonly #connections = new Set<ServerConnection>();
  readonly #dirty = new Set<ServerSession>();
  readonly #wakers = new Set<() => void>();
  readonly #host: CoreHost;
  #opened = 0;
  #settling = false;

  constructor(options: ServerCoreOptions) {
    const settings = settingsOf(options);
    this.#settings = settings;
    this.#told = options;
    this.faults = options.faults ?? new FaultBoard(() => randomFraction(settings.crypto));
    this.#keys = new KeyStore(settings.crypto, settings.saltLifetime);
    const now = (): number => this.now();
    this.#exchanges = new KeyExchanges(settings, this.#keys, now, options.handshake);
    this.#host = this.#makeHost();
    this.#sessions = new SessionStore(this.#host);
  }

  /** As given: listeners use the same. */
  get crypto(): CryptoProvider {
    return this.#settings.crypto;
  }

  /** As given: what `deadline` is a reading of. */
  get clock(): () => number {
    return this.#settings.clock;
  }

  /** Server time in seconds. */
  now(): number {
    return this.#host.time() / 1000;
  }

  /** Begins a connection; its packets go to `sink`. */
  open(options: OpenOptions, sink: ConnectionSink): ServerConnection {
    const connection = new ServerConnection(this.#host, ++this.#opened, options, sink);
    this.#connections.add(connection);
    return connection;
  }

  /** Notes something that a client did wrong below the level of packets. */
  refuse(refusal: Omit<Refusal, 'at'>): void {
    this.#host.refuse(refusal);
  }

  /** Does what is due. */
  tick(): void {
    const now = this.#settings.clock();
    // What runs makes new appointments: those that are due now run, too, but without end.
    for (let i = 0; i < 100_000 && this.#scheduler.runNext(now); i++) this.#flush();
    this.#flush();
  }

  /** Does something when `tick` is called that much later. @param milliseconds - by `clock`. */
  later(milliseconds: number, run: () => void): { cancel(): void } {
    const appointment = this.#scheduler.schedule(this.#settings.clock() + milliseconds, run);
    this.#host.settle();
    return appointment;
  }

  /** Reading of `clock` at which `tick` wants to be called; null: not by itself. */
  deadline(): number | null {
    return this.#scheduler.next();
  }

  /** Calls back when `deadline` may have changed. @returns undoes it. */
  onWake(wake: () => void): () => void {
    this.#wakers.add(wake);
    return () => void this.#wakers.delete(wake);
  }

  push(permKeyId: bigint, write: (session: ServerSessionInfo) => Uint8Array | null): number {
    let count = 0;
    for (const session of this.#sessions.all()) {
      if (!session.wantsUpdates) continue;
      if (this.permanentKeyOf(session.key)?.key.id !== permKeyId) continue;
      const body = write(session);
      if (body === null) continue;
      session.notify(body);
      count++;
    }
    this.#host.settle();
    return count;
  }

  permanentKeyOf(key: ServerKey): ServerKey | null {
    const permanent = key.expiresAt === null ? key : key.boundTo;
    if (permanent === null) return null;
    return this.#keys.get(permanent.key.id) === permanent ? permanent : null;
  }

  bindTempKey(call: RpcCall, request: BindRequest): string | null {
    const { session } = call;
    const named = this.#keys.get(request.permAuthKeyId);
    const sameDc = named?.expiresAt === null && named.dcId === session.key.dcId;
    const permanent = sameDc ? named : null;
    const { key, expiresAt, boundTo } = session.key;
    const refusal = checkBind(this.#settings.crypto, {
      permKey: permanent?.key ?? null,
      tempKey: { key, expiresAt, boundTo: boundTo?.key ?? null },
      sessionId: session.id,
      msgId: call.msgId,
      request,
      now: this.now(),
    });
    if (refusal === null && permanent) session.key.boundTo = permanent;
    return refusal;
  }

  after(call: RpcCall, msgIds: readonly bigint[]): Promise<RpcFailure | null> {
    const session = this.#sessions.get(call.session.key.key.id, call.session.id);
    if (session === undefined) return Promise.resolve({ code: 400, message: 'MSG_WAIT_FAILED' });
    return session.calls.after(call.msgId, msgIds);
  }

  destroyKey(keyId: bigint): void {
    const gone = this.#keys.get(keyId);
    this.#keys.delete(keyId);
    this.#sessions.endAllOf(keyId);
    if (gone?.expiresAt === null) this.#told.onKeyDestroyed?.(gone);
    for (const key of this.#keys.values()) {
      if (key.boundTo?.key.id === keyId) this.destroyKey(key.key.id);
    }
  }

  /** Adds a key that no exchange made: one that was exported, or a test's own. */
  addKey(key: NewKey): ServerKey {
    return this.#keys.add(key, this.now());
  }

  keys(): Iterable<ServerKey> {
    return this.#keys.values();
  }

  /** Sessions that are remembered. */
  sessions(): Iterable<ServerSessionInfo> {
    return this.#sessions.all();
  }

  /**
   * Forgets a session as a restarted server does: its next message makes it anew.
   *
   * @returns false when there is none.
   */
  forgetSession(keyId: bigint, sessionId: bigint): boolean {
    return this.#sessions.end(keyId, sessionId);
  }

  /** Open connections. */
  get connections(): Iterable<ServerConnection> {
    return this.#connections;
  }

  /** Ends everything: sessions, what runs, connections. */
  close(): void {
    this.#sessions.endAll();
    for (const connection of this.#connections) connection.close();
    this.#scheduler.clear();
    this.#wakers.clear();
  }

  #makeHost(): CoreHost {
    const settings = this.#settings;
    return {
      settings,
      faults: this.faults,
      scheduler: this.#scheduler,
      clock: settings.clock,
      time: () => settings.clock() + this.faults.skew,
      refuse: (refusal) => this.#refused({ ...refusal, at: this.#host.time() }),
      permanentKeyOf: (key) => this.permanentKeyOf(key) as KeyRecord | null,
      endSession: (key, sessionId) => this.#sessions.end(key.key.id, sessionId),
      destroySession: (key, sessionId) => this.#destroySession(key, sessionId),
      destroyKey: (keyId) => this.destroyKey(keyId),
      dirty: (session) => void this.#dirty.add(session),
      settle: () => this.#settle(),
      exchange: (connection, packet) => this.#exchanges.receive(connection, packet),
      key: (id) => this.#keys.get(id),
      session: (key, id, media) => this.#sessions.take(key, id, media),
      forget: (connection) => void this.#connections.delete(connection),
    };
  }

  #refused(refusal: Refusal): void {
    this.refusals.add(refusal);
    this.#told.onRefusal?.(refusal);
  }

  #destroySession(key: KeyRecord, sessionId: bigint): boolean {
    if (this.#sessions.destroy(key.key.id, sessionId)) return true;
    const permanent = this.permanentKeyOf(key);
    if (permanent === null) return false;
    for (const { id, key: other } of this.#sessions.all()) {
      if (id !== sessionId || this.permanentKeyOf(other) !== permanent) continue;
      return this.#sessions.destroy(other.key.id, id);
    }
    return false;
  }

  #settle(): void {
    this.#flush();
    for (const wake of this.#wakers) wake();
  }

  #flush(): void {
    if (this.#settling) return;
    this.#settling = true;
    try {
      // Sessions that become dirty meanwhile come at the end of the set.
      for (const session of this.#dirty) {
        this.#dirty.delete(session);
        session.flush();
      }
    } finally {
      this.#settling = false;
    }
  }
}

/** A number from 0 up to 1. */
function randomFraction(crypto: ServerSettings['crypto']): number {
  const bytes = crypto.randomBytes(4);
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0) / 0x1_0000_0000;
}

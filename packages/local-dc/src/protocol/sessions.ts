import type { CoreHost } from './host.js';
import type { KeyRecord } from './keys.js';
import { ServerSession } from './session.js';

/** Most sessions of one key; those without a connection give way first. */
const MOST = 256;

/** Most ids of destroyed sessions that are remembered. */
const DESTROYED = 4096;

/** The sessions of a cluster, by key and session id. */
export class SessionStore {
  /** Ids that clients have given up. */
  readonly #destroyed = new Set<bigint>();
  readonly #byKey = new Map<bigint, Map<bigint, ServerSession>>();
  #sweeping = false;

  constructor(private readonly host: CoreHost) {}

  get(keyId: bigint, id: bigint): ServerSession | undefined {
    return this.#byKey.get(keyId)?.get(id);
  }

  /**
   * Finds a session, or makes it.
   *
   * @returns null for one that the client has destroyed: a packet that comes late must not make it anew.
   */
  take(key: KeyRecord, id: bigint, media: boolean): ServerSession | null {
    const keyId = key.key.id;
    const found = this.get(keyId, id);
    if (found) return found;
    if (this.#destroyed.has(id)) return null;
    const session = new ServerSession(this.host, key, id, media);
    const sessions = this.#byKey.get(keyId) ?? new Map<bigint, ServerSession>();
    this.#byKey.set(keyId, sessions.set(id, session));
    if (sessions.size > MOST) this.#evict(sessions, session);
    this.#sweepLater();
    return session;
  }

  *all(): Generator<ServerSession> {
    for (const sessions of this.#byKey.values()) yield* sessions.values();
  }

  end(keyId: bigint, id: bigint): boolean {
    const session = this.get(keyId, id);
    if (session === undefined) return false;
    this.#byKey.get(keyId)?.delete(id);
    session.end();
    return true;
  }

  /** Ends a session for good. @returns whether there was one. */
  destroy(keyId: bigint, id: bigint): boolean {
    if (!this.end(keyId, id)) return false;
    this.#destroyed.add(id);
    if (this.#destroyed.size > DESTROYED) {
      for (const oldest of this.#destroyed) {
        this.#destroyed.delete(oldest);
        break;
      }
    }
    return true;
  }

  endAllOf(keyId: bigint): void {
    for (const id of this.#byKey.get(keyId)?.keys() ?? []) this.end(keyId, id);
    this.#byKey.delete(keyId);
  }

  endAll(): void {
    for (const keyId of this.#byKey.keys()) this.endAllOf(keyId);
  }

  #evict(sessions: Map<bigint, ServerSession>, fresh: ServerSession): void {
    const others = [...sessions.values()].filter((one) => one !== fresh);
    const victim = others.find((one) => !one.delivery.connected) ?? others[0];
    if (victim) this.end(victim.key.key.id, victim.id);
  }

  /** Forgets, now and then, the sessions that nobody has used for long. */
  #sweepLater(): void {
    if (this.#sweeping) return;
    this.#sweeping = true;
    const lifetime = this.host.settings.sessionLifetime * 1000;
    this.host.scheduler.schedule(this.host.clock() + lifetime, () => {
      this.#sweeping = false;
      const oldest = this.host.clock() - lifetime;
      for (const session of this.all()) {
        if (session.delivery.connected || session.lastReceived > oldest) continue;
        this.end(session.key.key.id, session.id);
      }
      if (!this.all().next().done) this.#sweepLater();
    });
  }
}

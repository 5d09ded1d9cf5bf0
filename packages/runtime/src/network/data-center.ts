import { AuthKey } from '../crypto/auth-key.js';
import type { RsaKey } from '../crypto/rsa-key.js';
import type { Platform } from '../platform/types.js';
import type { EngineOptions } from '../session/types.js';
import { Connection, type ConnectionNews } from './connection.js';
import { signedDcId } from './addresses.js';
import { ClosedError } from './errors.js';
import { Pool } from './pool.js';
import type { SessionStore } from './session-store.js';
import type {
  ConnectionKind,
  ConnectionSettings,
  ConnectionState,
  Dial,
  EngineFactory,
} from './types.js';

/** Server time minus wall clock in milliseconds, as any connection last learned it; shared by all. */
export interface SharedTime {
  offset: number | undefined;
}

/** Settings of the sessions, the same for all data centers. */
export interface SessionSettings {
  readonly rsaKeys: readonly RsaKey[];
  readonly pfs: boolean;
  /** Seconds. */
  readonly tempKeyTtl: number;
  readonly gzipAbove: number;
  /** How many ids of incoming messages a session remembers. */
  readonly incoming: number;
  /** How many calls may wait for their answers at one time. */
  readonly outgoing: number;
  /** How often a repeatable call is sent in all that the server forgets each time. */
  readonly repetitions: number;
}

/** Media connections that nobody used for so long are closed. Milliseconds. */
const IDLE = 120_000;

/** What a data center needs of the network around it. */
export interface DataCenterContext {
  readonly platform: Platform;
  readonly engine: EngineFactory;
  readonly store: SessionStore;
  readonly time: SharedTime;
  /** Read when a connection is opened. */
  session(): SessionSettings;
  readonly connection: ConnectionSettings;
  /** How many media connections there may be. */
  mediaConnections(): number;
  dial(dc: number, kind: ConnectionKind): Dial;
  /** `invokeWithLayer(initConnection(…` for that connection. */
  prefix(dc: number, kind: ConnectionKind): Uint8Array;
  /** @param signedOut - with this news the sign-in has ended. */
  onNews(dc: number, kind: ConnectionKind, news: ConnectionNews, signedOut: boolean): void;
  onState(dc: number, kind: ConnectionKind, state: ConnectionState): void;
}

/**
 * One data center: its permanent key and its connections. The main connection makes the key; media connections use
 * it, and are made when first asked for, and others when those are busy.
 */
export class DataCenter {
  private readonly pools: Readonly<Record<ConnectionKind, Pool>>;
  /** Those that only wait for the calls they have. */
  private readonly retired = new Set<Connection>();
  /** Those who wait for a key that is being made. */
  private readonly keyWaiters = new Set<() => void>();
  private closed = false;

  constructor(
    readonly id: number,
    private readonly context: DataCenterContext,
  ) {
    const { clock } = context.platform;
    this.pools = {
      main: new Pool({ clock, most: () => 1, idle: null }),
      media: new Pool({ clock, most: () => context.mediaConnections(), idle: IDLE }),
    };
  }

  /** A connection of that kind; one that failed for good is replaced. */
  async connection(kind: ConnectionKind = 'main'): Promise<Connection> {
    // The key is made once, on the main connection, and stored before `ready`.
    if (kind === 'media') await this.keyMade();
    return this.start(kind);
  }

  /** Waits for the main connection to make the key, and for one that takes its place meanwhile. */
  private async keyMade(): Promise<void> {
    while (!this.closed && !this.hasKey) {
      const main = this.start('main');
      try {
        await main.ready();
      } catch (error) {
        if (error instanceof ClosedError) throw error;
        continue;
      }
      // One that lost its key is ready until it has said so: what comes next is the new key, or its end.
      if (!this.hasKey && main.state.type !== 'closed')
        await new Promise<void>((resolve) => this.keyWaiters.add(resolve));
    }
  }

  private get hasKey(): boolean {
    return this.context.store.key(this.id) !== undefined;
  }

  private wakeKeyWaiters(): void {
    for (const wake of this.keyWaiters) wake();
    this.keyWaiters.clear();
  }

  /** The least busy connection of that kind; undefined: there is none of any use, or room for another one. */
  existing(kind: ConnectionKind): Connection | undefined {
    return this.pools[kind].pick();
  }

  /** As {@link connection}, for kinds that need not wait. */
  private start(kind: ConnectionKind): Connection {
    const pool = this.pools[kind];
    const existing = pool.pick();
    if (existing) return existing;
    if (this.closed && pool.any) return pool.any;
    const { platform, engine } = this.context;
    const connection: Connection = new Connection({
      clock: platform.clock,
      crypto: platform.crypto,
      // Answers with parts of files are what is large.
      workers: kind === 'media' ? platform.workers : undefined,
      engine: engine(this.engineOptions(kind)),
      dial: this.context.dial(this.id, kind),
      onNews: (news) => this.onNews(connection, kind, news),
      onState: (state) => {
        if (state.type === 'closed') {
          this.retired.delete(connection);
          this.wakeKeyWaiters();
        }
        this.context.onState(this.id, kind, state);
      },
    });
    if (this.closed) connection.close();
    pool.add(connection);
    if (this.closed) pool.stop();
    else connection.open();
    return connection;
  }

  /** Calls under way are carried to their end; those that come later get new connections. */
  retire(): void {
    // Without a key nothing has been sent: calls are told so and come again. Two connections would make two keys.
    if (!this.context.store.key(this.id)) return this.close(false);
    for (const connection of this.all()) {
      this.retired.add(connection);
      connection.retire();
    }
    for (const pool of Object.values(this.pools)) pool.clear();
  }

  /** Closes the connections; those that are asked for later are new ones, unless `forGood`. */
  close(forGood: boolean): void {
    this.closed ||= forGood;
    for (const connection of [...this.all(), ...this.retired]) connection.close();
    for (const pool of Object.values(this.pools)) {
      if (forGood) pool.stop();
      else pool.clear();
    }
  }

  private all(): Connection[] {
    return Object.values(this.pools).flatMap((pool) => pool.all);
  }

  private engineOptions(kind: ConnectionKind): EngineOptions {
    const { platform, store, time, connection } = this.context;
    const session = this.context.session();
    const stored = store.key(this.id);
    const authKey = this.storedKey();
    return {
      crypto: platform.crypto,
      rsaKeys: session.rsaKeys,
      dcId: signedDcId(this.id, kind, connection.testMode),
      ...(stored && { authKey, salt: stored.salt }),
      pfs: session.pfs,
      tempKeyTtl: session.tempKeyTtl,
      timeOffset: time.offset,
      prefix: () => this.context.prefix(this.id, kind),
      gzipAbove: session.gzipAbove,
      incoming: session.incoming,
      outgoing: session.outgoing,
      repetitions: session.repetitions,
      gzip: platform.gzip,
    };
  }

  private storedKey(): AuthKey | undefined {
    const { platform, store } = this.context;
    const stored = store.key(this.id);
    return stored && new AuthKey(platform.crypto, stored.key);
  }

  private onNews(
    connection: Connection,
    kind: ConnectionKind,
    news: ConnectionNews,
  ): Promise<void> | undefined {
    const { store } = this.context;
    const wasSignedIn = store.account.userId !== null;
    const pending = this.keep(connection, news);
    this.context.onNews(this.id, kind, news, wasSignedIn && store.account.userId === null);
    return pending;
  }

  /** Stores what has to outlive the process. */
  private keep(connection: Connection, news: ConnectionNews): Promise<void> | undefined {
    const { store, time, platform } = this.context;
    switch (news.type) {
      case 'auth-key': {
        const createdAt = platform.clock.now().wall;
        const stored = store.newKey(this.id, news.key.bytes, news.salt, createdAt);
        void stored.catch(() => undefined).then(() => this.wakeKeyWaiters());
        return stored;
      }
      case 'auth-key-lost':
        return this.lostKey(connection, news.keyId);
      case 'salt':
        // With temporary keys the salt belongs to the temporary key.
        if (!this.context.session().pfs) void store.salt(this.id, news.salt).catch(() => undefined);
        return undefined;
      case 'time':
        time.offset = news.offset;
        return undefined;
      default:
        return undefined;
    }
  }

  private lostKey(connection: Connection, keyId: bigint): Promise<void> | undefined {
    const { main } = this.pools;
    // One that hears late that the old key is gone says nothing about the present one.
    const isPresent = this.storedKey()?.id === keyId;
    if (!main.has(connection)) {
      // Only the main connection makes keys: two of them would make two. The one there is still has the old one.
      connection.close();
      if (isPresent) for (const one of main.all) one.close();
    }
    return isPresent ? this.context.store.lostKey(this.id) : undefined;
  }
}

import type { Platform } from '../platform/types.js';
import { Store } from '../storage/store.js';
import type { StorageDriver } from '../storage/types.js';
import type { Endpoint, Proxy, Transport } from '../transport/types.js';
import { chooseEndpoints, isCdn, knowsDataCenter, type AddressBook } from './addresses.js';
import type { RsaKey } from '../crypto/rsa-key.js';
import type { Connection, ConnectionNews } from './connection.js';
import { DataCenter, type SessionSettings, type SharedTime } from './data-center.js';
import { ClosedError } from './errors.js';
import { SessionStore } from './session-store.js';
import type {
  ConnectionEvent,
  ConnectionKind,
  ConnectionSettings,
  DataCenterAddress,
  Dial,
  EngineFactory,
} from './types.js';

/** Opens a connection to the first of the endpoints that answers. */
export type OpenTransport = (
  endpoints: readonly Endpoint[],
  options: {
    readonly proxy?: Proxy | undefined;
    readonly signal: AbortSignal;
    readonly timeout: number;
  },
) => Promise<Transport>;

/** News of a connection, and what they mean for the whole. */
export interface NetworkNews {
  readonly dc: number;
  /** From the connection that updates come over. */
  readonly home: boolean;
  readonly news: ConnectionNews;
  /** The key of the home data center is gone, and the sign-in with it. */
  readonly signedOut: boolean;
}

export interface NetworkOptions {
  readonly platform: Platform;
  readonly engine: EngineFactory;
  readonly open: OpenTransport;
  readonly storage: StorageDriver;
  /** Addresses of the settings; they go before all others. */
  readonly dataCenters: readonly DataCenterAddress[];
  /** Where to begin when the storage knows of no sign-in. */
  readonly homeDc: number;
  readonly testMode: boolean;
  /** Read when a connection is opened. */
  session(): SessionSettings;
  /** Settings for one data center. */
  connection(dc: number): ConnectionSettings;
  /** Bytes to put before calls until the server knows who calls. @param cdn - one that is not trusted. */
  prefix(withoutUpdates: boolean, cdn: boolean): Uint8Array;
  /** How many media connections a data center may have. */
  mediaConnections(): number;
  /** Seconds between two writes of what may be learnt again; 0: each at once. */
  saveInterval(): number;
  /** Something that nobody waits for could not be stored. */
  onError(error: unknown): void;
  /** News of any connection. */
  onNews(event: NetworkNews): void;
  onState(event: ConnectionEvent): void;
}

/** All data centers: which one is home, how to reach each, and what is stored about them. */
export class Network {
  /** All that is stored; other parts of the client share it. Open from {@link open} to {@link close}. */
  readonly state: Store;
  readonly store: SessionStore;
  private readonly dataCenters = new Map<number, DataCenter>();
  private readonly cdnKeys = new Map<number, readonly RsaKey[]>();
  private readonly time: SharedTime = { offset: undefined };
  private closed = false;

  constructor(private readonly options: NetworkOptions) {
    const world = options.testMode ? 'test' : 'main';
    const { clock } = options.platform;
    this.state = new Store(options.storage, {
      after: (milliseconds, callback) => clock.after(milliseconds, callback),
      saveInterval: () => options.saveInterval(),
      onError: (error) => options.onError(error),
    });
    this.store = new SessionStore(this.state, world, options.homeDc);
  }

  /** The data center of the user who is, or will be, signed in. */
  get homeDc(): number {
    return this.store.account.homeDc;
  }

  /** Where to begin when nothing else is known. */
  get firstDc(): number {
    return this.options.homeDc;
  }

  get isClosed(): boolean {
    return this.closed;
  }

  /** Server time in milliseconds, as good as it is known. */
  get serverTime(): number {
    return this.options.platform.clock.now().wall + (this.time.offset ?? 0);
  }

  /** Reads what is stored. */
  open(): Promise<void> {
    return this.store.open();
  }

  /** Whether an address of that data center is known. */
  knows(dc: number): boolean {
    return this.dataCenters.has(dc) || knowsDataCenter(this.book(), dc, this.options.testMode);
  }

  /** Whether it is a data center of the CDN: there, nobody is signed in. */
  isCdn(dc: number): boolean {
    return isCdn(this.book(), dc, this.options.testMode);
  }

  /** Public keys of a data center of the CDN; undefined: nobody has told. */
  cdnKeysOf(dc: number): readonly RsaKey[] | undefined {
    return this.cdnKeys.get(dc);
  }

  /** What `help.getCdnConfig` told. */
  learnedCdnKeys(keys: ReadonlyMap<number, readonly RsaKey[]>): void {
    this.cdnKeys.clear();
    for (const [dc, ofDc] of keys) this.cdnKeys.set(dc, ofDc);
  }

  /**
   * A connection to a data center; it need not be open yet.
   *
   * @throws DataCenterError when no address is known; ClosedError after `close()`.
   */
  connection(dc: number, kind: ConnectionKind = 'main'): Promise<Connection> {
    if (this.closed) return Promise.reject(new ClosedError());
    const existing = this.dataCenters.get(dc)?.existing(kind);
    if (existing) return Promise.resolve(existing);
    // Checked here once more than when dialling: a call should fail, not wait for an address that never comes.
    try {
      chooseEndpoints(this.book(), dc, kind, this.options.connection(dc));
    } catch (error) {
      return Promise.reject(error as Error);
    }
    return this.dataCenter(dc).connection(kind);
  }

  /**
   * Resolves when a connection to the home data center carries calls. Where another takes its place meanwhile, since
   * home has moved or settings have changed, that one is waited for.
   *
   * @throws DataCenterError; ClosedError.
   */
  async ready(): Promise<void> {
    for (;;) {
      const connection = await this.connection(this.homeDc);
      try {
        return await connection.ready();
      } catch (error) {
        if (error instanceof ClosedError) throw error;
      }
    }
  }

  /** From now on that data center is home: updates come from there. */
  async setHome(dc: number): Promise<void> {
    const before = this.homeDc;
    if (dc === before) return;
    const stored = this.store.setHome(dc);
    // At once, for calls may come before it is stored: a session that was announced as one without updates never gets
    // any, and the one of the old home gets them in vain.
    this.dataCenters.get(dc)?.retire();
    this.dataCenters.get(before)?.retire();
    await stored;
  }

  /** Opens the home connection anew: it says again what it wants of the server. Calls under way go on. */
  renewHome(): void {
    const home = this.dataCenters.get(this.homeDc);
    if (!home || this.closed) return;
    home.retire();
    void home.connection().catch(() => undefined);
  }

  /** The user is signed out; `dropKey`: and the key of the home data center must not be used again. */
  async signedOut(dropKey: boolean): Promise<void> {
    const home = this.dataCenters.get(this.homeDc);
    const stored = this.store.signedOut(dropKey);
    if (dropKey) home?.close(false);
    await stored;
  }

  /**
   * The user is signed out, and all keys are given up, in one commit: those of other data centers were the user's as
   * well. What is asked for later is asked for with new keys.
   */
  async forgetKeys(): Promise<void> {
    const stored = this.store.forgetKeys();
    for (const dataCenter of this.dataCenters.values()) dataCenter.close(false);
    await stored;
  }

  /** Closes all connections: calls under way are told. No others are opened. */
  disconnect(): void {
    if (this.closed) return;
    this.closed = true;
    for (const dataCenter of this.dataCenters.values()) dataCenter.close(true);
  }

  /** Closes all connections, then the storage. */
  async close(): Promise<void> {
    this.disconnect();
    await this.store.close();
  }

  /** Where that data center was told to be; undefined: nobody has. */
  addressOf(dc: number): { readonly host: string; readonly port: number } | undefined {
    const { listed, fetched } = this.book();
    const plain = ({ id, mediaOnly, cdn, ipv6 }: DataCenterAddress): boolean =>
      id === dc && !mediaOnly && !cdn && !ipv6;
    const found = listed.find(plain) ?? fetched.find(plain);
    return found && { host: found.host, port: found.port };
  }

  private book(): AddressBook {
    return { listed: this.options.dataCenters, fetched: this.store.addresses };
  }

  private dataCenter(dc: number): DataCenter {
    const existing = this.dataCenters.get(dc);
    if (existing) return existing;
    const { options } = this;
    const made = new DataCenter(dc, {
      platform: options.platform,
      engine: options.engine,
      session: () => this.sessionOf(dc),
      mediaConnections: () => options.mediaConnections(),
      store: this.store,
      // What the CDN says of the time counts for itself alone: it is not trusted.
      time: this.isCdn(dc) ? { ...this.time } : this.time,
      connection: options.connection(dc),
      dial: (id, kind) => this.dial(id, kind),
      prefix: (id, kind) => options.prefix(kind === 'media' || id !== this.homeDc, this.isCdn(id)),
      onNews: (id, kind, news, signedOut) => {
        const home = id === this.homeDc && kind === 'main';
        options.onNews({ dc: id, home, news, signedOut });
      },
      onState: (id, kind, state) => options.onState({ dc: id, kind, state }),
    });
    this.dataCenters.set(dc, made);
    return made;
  }

  /** The CDN has keys of its own, and no use for temporary ones: nobody is signed in with its keys. */
  private sessionOf(dc: number): SessionSettings {
    const session = this.options.session();
    const rsaKeys = this.isCdn(dc) ? this.cdnKeysOf(dc) : undefined;
    return rsaKeys ? { ...session, rsaKeys, pfs: false } : session;
  }

  private dial(dc: number, kind: ConnectionKind): Dial {
    return async (signal) => {
      // Chosen anew each time: `help.getConfig` may have told better ones.
      const settings = this.options.connection(dc);
      const endpoints = chooseEndpoints(this.book(), dc, kind, settings);
      const { proxy, timeout } = settings;
      return this.options.open(endpoints, { proxy, timeout, signal });
    };
  }
}

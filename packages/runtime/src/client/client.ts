import { decode, type ApiSchema, type Invoker, type TlMethod } from '@tlgen/codec';
import { Caller } from '../core/caller.js';
import { connectionPrefix } from '../core/connection-prefix.js';
import { Emitter, type Unsubscribe } from '../core/emitter.js';
import { Logger } from '../core/logger.js';
import { orAbort } from '../core/sleep.js';
import type { InvokeOptions } from '../core/types.js';
import { ClosedError } from '../network/errors.js';
import { Network, type NetworkNews } from '../network/network.js';
import type { ConnectionEvent } from '../network/types.js';
import type { StorageDriver } from '../storage/types.js';
import type { ClientEvents } from './events.js';
import { appInfo, connectionSettings, sessionSettings } from './from-settings.js';
import { checkIdentity } from './identity.js';
import { logSink } from './log-sink.js';
import { mergeSettings } from './merge-settings.js';
import type { ClientOptions } from './options.js';
import { withDefaults, type Parts } from './parts.js';
import { defaultSettings, type PartialSettings, type Settings } from './settings.js';
import { signIn, type SignedIn, type SignInOptions } from './sign-in.js';

/**
 * A client of Telegram's API.
 *
 * ```ts
 * await using client = new Client({ schema, apiId, apiHash, storage: new MemoryStorage() });
 * await client.connect();
 * await client.signIn({ botToken });
 * const config = await client.invoke(new help.GetConfigRequest());
 * ```
 */
export class Client implements Invoker<InvokeOptions> {
  private readonly schema: ApiSchema;
  private readonly parts: Parts;
  private readonly options: ClientOptions;
  private readonly events: Emitter<ClientEvents>;
  private readonly network: Network;
  private readonly caller: Caller;
  private current: Settings;
  private logger: Logger;
  private opening: Promise<void> | null = null;
  private isOpen = false;
  private closing: Promise<void> | null = null;

  /**
   * @param parts - other parts than the host's, for tests.
   * @throws SettingsError that names the setting at fault; SchemaError when the schema lacks `initConnection` or
   * `invokeWithLayer`.
   */
  constructor(options: ClientOptions, parts: Partial<Parts> = {}) {
    checkIdentity(options);
    const { schema, apiId: _id, apiHash: _hash, storage, middleware = [], ...settings } = options;
    this.options = options;
    this.schema = schema;
    this.parts = withDefaults(parts);
    const { clock, crypto, device, sockets } = this.parts.platform;
    this.current = mergeSettings(defaultSettings(device, sockets !== undefined), settings);
    this.logger = new Logger(logSink(this.current), this.current.logger.level);
    // A schema without what every connection begins with is told here, not by calls that wait for ever.
    connectionPrefix(schema, appInfo(this.current, options.apiId), false);
    this.events = new Emitter((error, type) => this.handlerFailed(error, type));
    this.network = this.makeNetwork(storage);
    this.caller = new Caller({
      schema,
      network: this.network,
      clock,
      crypto,
      logger: { log: (level, message) => this.logger.log(level, message) },
      middleware,
      open: () => this.open(),
      maxTries: () => this.current.maxTries.query,
      maxResponses: () => this.current.maxTries.response,
      floodWaitBelow: () => this.current.floodWait.below,
      onSignedOut: (reason) => this.tellSignedOut(reason),
      onError: (error) => this.fail(error),
    });
  }

  /** All settings, with the defaults for what was not given. */
  get settings(): Settings {
    return this.current;
  }

  /** The user who is signed in; null: nobody. Known once the client is connected. */
  get self(): { readonly id: bigint; readonly bot: boolean } | null {
    const { userId, bot } = this.network.store.account;
    return userId === null ? null : { id: userId, bot };
  }

  /**
   * Changes settings. Those of calls and logs count at once, those of connections when one is opened next; `auth`,
   * `rsaKeys`, `dataCenters`, `homeDc` and `connection.testMode` only when a client is made.
   *
   * @throws SettingsError that names the setting at fault.
   */
  configure(changes: PartialSettings): void {
    this.current = mergeSettings(this.current, changes);
    this.logger = new Logger(logSink(this.current), this.current.logger.level);
  }

  /**
   * Opens the storage and the connection to the home data center, and learns the addresses of the others. It tries
   * for as long as it takes; `signal` ends that, and so does an error that trying again cannot mend.
   *
   * @throws StorageError, ClosedError, DataCenterError, RpcError, AbortError, TimeoutError.
   */
  connect(options: Pick<InvokeOptions, 'signal' | 'timeout'> = {}): Promise<void> {
    const { caller, network, schema } = this;
    return caller.cancellable(options, 'connecting', (signal) => {
      const fresh = network.serverTime / 1000 < network.store.addressesExpire;
      const enough = fresh || !schema.method('help.getConfig');
      return orAbort(enough ? caller.ready({ signal }) : caller.fetchConfig({ signal }), signal);
    });
  }

  /** Carries out a method: resolves with its result, typed by the request. Connects first if need be. */
  invoke<Result, Errors extends string>(
    request: TlMethod<Result, Errors>,
    options: InvokeOptions = {},
  ): Promise<Result> {
    return this.caller.invoke(request, options);
  }

  /**
   * Signs in a bot by its token, or a user by phone number and code.
   *
   * @throws RpcError when the server refuses; SignInError when something is missing.
   */
  signIn(options: SignInOptions): Promise<SignedIn> {
    const { schema, apiId, apiHash } = this.options;
    return this.caller.cancellable({ signal: options.signal }, 'signing in', async (signal) => {
      const self = await signIn(
        {
          schema,
          apiId,
          apiHash,
          crypto: this.parts.platform.crypto,
          maxTries: () => this.current.maxTries.authorization,
          answered: (answer) => orAbort(answer, signal),
          invoke: (request, how) => this.caller.invoke(request, how),
        },
        options,
      );
      await this.network.store.signedIn(self.id, self.bot);
      return self;
    });
  }

  /** Calls `handler` at each event of that name. @returns what ends that. */
  on<K extends keyof ClientEvents>(
    type: K,
    handler: (event: ClientEvents[K]) => unknown,
  ): Unsubscribe {
    return this.events.on(type, handler);
  }

  /** Closes connections, timers and storage. Calls under way reject with CallLostError or ClosedError. */
  close(): Promise<void> {
    this.closing ??= this.shutDown();
    return this.closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  private async shutDown(): Promise<void> {
    const closed = this.network.close();
    this.caller.close();
    try {
      await closed;
    } finally {
      this.events.clear();
    }
  }

  private open(): Promise<void> | undefined {
    if (this.closing) return Promise.reject(new ClosedError());
    if (this.isOpen) return undefined;
    this.opening ??= this.network.open().then(
      () => {
        this.isOpen = true;
      },
      (error: unknown) => {
        this.opening = null;
        throw error;
      },
    );
    return this.opening;
  }

  private makeNetwork(storage: StorageDriver): Network {
    const { platform, engine, open } = this.parts;
    // Keys of the one world mean nothing in the other: this never changes.
    const { testMode } = this.current.connection;
    return new Network({
      platform,
      engine,
      open,
      storage,
      dataCenters: this.current.dataCenters,
      homeDc: this.current.homeDc,
      testMode,
      session: sessionSettings(this.current, platform.crypto),
      connection: (dc) => ({ ...connectionSettings(this.current, dc), testMode }),
      prefix: (withoutUpdates) =>
        connectionPrefix(this.schema, appInfo(this.current, this.options.apiId), withoutUpdates),
      onNews: (event) => this.onNews(event),
      onState: (event) => this.onState(event),
    });
  }

  private onState(event: ConnectionEvent): void {
    const { dc, kind, state } = event;
    this.logger.log('verbose', `data center ${dc}, ${kind}: ${state.type}`);
    this.events.emit('connection', event);
  }

  private onNews({ dc, home, news, signedOut }: NetworkNews): void {
    if (signedOut) this.tellSignedOut('AUTH_KEY_LOST');
    switch (news.type) {
      case 'update':
        if (home) this.onUpdate(news.body);
        return;
      case 'refused':
        this.logger.log('warning', `data center ${dc}: ${news.error.message}`);
        return;
      case 'handshake-failed':
        this.logger.log('warning', `key exchange with data center ${dc}: ${news.error.message}`);
        if (news.fatal) this.fail(news.error);
        return;
      default:
        this.logger.log('ultra-verbose', `data center ${dc}: ${news.type}`);
    }
  }

  private onUpdate(body: Uint8Array): void {
    let update;
    try {
      update = decode(body, this.schema.registry);
    } catch (error) {
      this.fail(error);
      return;
    }
    this.events.emit('update', update);
  }

  private tellSignedOut(reason: string): void {
    this.logger.log('notice', `Signed out: ${reason}`);
    this.events.emit('signed-out', { reason });
  }

  private fail(thrown: unknown): void {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    this.logger.log('error', error.message);
    this.events.emit('error', error);
  }

  private handlerFailed(error: unknown, type: keyof ClientEvents): void {
    // A handler of `error` that fails has nobody left to tell.
    if (type === 'error') this.logger.log('error', `A handler of error failed: ${String(error)}`);
    else this.fail(error);
  }
}

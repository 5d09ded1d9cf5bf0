import { decode, type ApiSchema, type TlMethod } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { Caller } from '../core/caller.js';
import { connectionPrefix } from '../core/connection-prefix.js';
import { Emitter } from '../core/emitter.js';
import { Logger, type Log } from '../core/logger.js';
import type { InvokeOptions } from '../core/types.js';
import { asError } from '../network/as-error.js';
import { ClosedError } from '../network/errors.js';
import { Network, type NetworkNews } from '../network/network.js';
import type { ConnectionEvent } from '../network/types.js';
import type { StorageDriver } from '../storage/types.js';
import type { ClientEvents } from './events.js';
import { appInfo, connectionSettings, sessionSettings, strangerInfo } from './from-settings.js';
import { LogOutput } from './log-output.js';
import { mergeSettings } from './merge-settings.js';
import { storageOf, type ClientOptions } from './options.js';
import { withDefaults, type Parts } from './parts.js';
import { defaultSettings, type PartialSettings, type Settings } from './settings.js';

/** What the backbone tells the rest of the client. */
export interface BackboneListener {
  /** Something was learnt: an answer, or what the server pushed. What it returns is waited for. */
  learn(value: unknown): Promise<void> | undefined;
  /** A request of ours was answered; it is learnt too. */
  answered(answer: unknown, request: TlMethod): void;
  /** The server pushed updates; they are learnt too. */
  pushed(updates: base.TypeUpdates): void;
  /** The server pushed something that could not be read. */
  unreadable(): void;
  /** The server has made the session of the home connection anew. */
  sessionCreated(): void;
  /** Settings have changed. */
  configured(): void;
  /** Somebody else is signed in than before, or nobody. */
  userChanged(): void;
  /** The storage is open, and nothing has been asked or learnt yet. */
  opening(): Promise<void>;
  /** Calls can be made. */
  opened(): void;
  /** The client closes: the last moment to store something. */
  closing(): Promise<void>;
}

/** What every part of a client stands on: settings, log, events, network, and calls. */
export class Backbone {
  readonly schema: ApiSchema;
  readonly options: ClientOptions;
  readonly parts: Parts;
  readonly network: Network;
  readonly caller: Caller;
  readonly events: Emitter<ClientEvents>;
  /** Keys and people of the one world mean nothing in the other: a client stays in one. */
  readonly world: 'main' | 'test';
  readonly log: Log = { log: (level, message) => this.logger.log(level, message) };
  private current: Settings;
  private readonly output: LogOutput;
  private logger: Logger;
  private opening: Promise<void> | null = null;
  private isOpen = false;
  private closed: Promise<void> | null = null;

  /** @throws SettingsError, SchemaError. */
  constructor(
    options: ClientOptions,
    parts: Partial<Parts>,
    private readonly listener: BackboneListener,
  ) {
    const { schema, apiId: _id, apiHash: _hash, storage, middleware = [], ...settings } = options;
    this.options = options;
    this.schema = schema;
    this.parts = withDefaults(parts);
    const { platform } = this.parts;
    this.current = mergeSettings(
      defaultSettings(platform.device, platform.sockets !== undefined),
      settings,
    );
    this.world = this.current.connection.testMode ? 'test' : 'main';
    this.output = new LogOutput(platform);
    this.logger = this.makeLogger(this.current);
    // A schema without what every connection begins with is told here, not by calls that wait for ever.
    connectionPrefix(schema, appInfo(this.current, options.apiId), false);
    this.events = new Emitter((error, type) => this.handlerFailed(error, type));
    this.network = this.makeNetwork(storageOf(storage));
    this.caller = new Caller({
      schema,
      network: this.network,
      clock: platform.clock,
      crypto: platform.crypto,
      logger: this.log,
      middleware,
      open: () => this.open(),
      maxTries: () => this.current.maxTries.query,
      maxResponses: () => this.current.maxTries.response,
      floodWaitBelow: () => this.current.floodWait.below,
      queueLimit: () => this.current.messageLimit.callQueue,
      onAnswer: (answer, request) => {
        const learnt = this.listener.learn(answer);
        this.listener.answered(answer, request);
        return learnt;
      },
      onUser: () => this.listener.userChanged(),
      onSignedOut: (reason) => this.tellSignedOut(reason),
      onError: (error) => this.fail(error),
    });
  }

  get settings(): Settings {
    return this.current;
  }

  /** Who is signed in; null: nobody, or the storage is not open yet. */
  get self(): { readonly id: bigint; readonly bot: boolean } | null {
    const { userId, bot } = this.network.store.account;
    return userId === null ? null : { id: userId, bot };
  }

  /** @throws SettingsError that names the setting at fault; then nothing has changed. */
  configure(changes: PartialSettings): void {
    const before = this.current;
    const after = mergeSettings(before, changes);
    this.logger = this.makeLogger(after);
    this.current = after;
    this.network.state.hasten();
    // The server is told with the connection whether to send updates.
    if (before.updates.enabled !== after.updates.enabled) this.network.renewHome();
    this.listener.configured();
  }

  invoke<Result>(request: TlMethod<Result>, options?: InvokeOptions): Promise<Result> {
    return this.caller.invoke(request, options);
  }

  /** May be called again. */
  close(): Promise<void> {
    this.closed ??= this.shutDown();
    return this.closed;
  }

  private async shutDown(): Promise<void> {
    const opened = this.isOpen;
    // First, so that calls under way learn what became of them.
    this.network.disconnect();
    this.caller.close();
    try {
      if (opened) await this.listener.closing();
    } finally {
      try {
        await this.network.close();
      } finally {
        this.events.clear();
        await this.output.close();
      }
    }
  }

  /** Opens the storage; undefined: it is open. @throws StorageError, ClosedError. */
  open(): Promise<void> | undefined {
    if (this.closed) return Promise.reject(new ClosedError());
    if (this.isOpen) return undefined;
    this.opening ??= this.openOnce().catch((error: unknown) => {
      this.opening = null;
      throw error;
    });
    return this.opening;
  }

  private async openOnce(): Promise<void> {
    await this.network.open();
    await this.listener.opening();
    this.isOpen = true;
    this.listener.opened();
  }

  private makeLogger(settings: Settings): Logger {
    return new Logger(this.output.sink(settings), settings.logger.level);
  }

  private makeNetwork(storage: StorageDriver): Network {
    const { platform, engine, open } = this.parts;
    const { schema, options } = this;
    // What never changes, whatever is configured later: the world, keys and temporary keys.
    const testMode = this.world === 'test';
    const fixed = sessionSettings(this.current, platform.crypto);
    return new Network({
      platform,
      engine,
      open,
      storage,
      dataCenters: this.current.dataCenters,
      homeDc: this.current.homeDc,
      testMode,
      mediaConnections: () => this.current.files.connections,
      saveInterval: () => this.current.saveInterval,
      session: () => ({ ...fixed, ...limitsOf(this.current) }),
      connection: (dc) => ({ ...connectionSettings(this.current, dc), testMode }),
      prefix: (withoutUpdates, cdn) => {
        const app = appInfo(this.current, options.apiId);
        if (cdn) return connectionPrefix(schema, strangerInfo(app), false);
        return connectionPrefix(schema, app, withoutUpdates || !this.current.updates.enabled);
      },
      onNews: (event) => this.onNews(event),
      onState: (event) => this.onState(event),
      onError: (error) => this.fail(error),
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
        if (home && this.current.updates.enabled) this.onUpdate(news.body);
        return;
      case 'session-created':
        if (home) this.listener.sessionCreated();
        return;
      case 'refused':
        this.logger.log('warning', `data center ${dc}: ${news.error.message}`);
        return;
      case 'handshake-failed':
        this.logger.log('warning', `key exchange with data center ${dc}: ${news.error.message}`);
        // The CDN's keys change: they are asked for again by the call that found out.
        if (news.fatal && !this.network.isCdn(dc)) this.fail(news.error);
        return;
      default:
        this.logger.log('ultra-verbose', `data center ${dc}: ${news.type}`);
    }
  }

  private onUpdate(body: Uint8Array): void {
    let pushed;
    try {
      pushed = decode(body, this.schema.registry);
    } catch (error) {
      this.fail(error);
      this.listener.unreadable();
      return;
    }
    void this.listener.learn(pushed)?.catch((error: unknown) => this.fail(error));
    this.events.emit('raw-update', pushed);
    this.listener.pushed(pushed as base.TypeUpdates);
  }

  /** Tells that the sign-in has ended. */
  tellSignedOut(reason: string): void {
    this.logger.log('notice', `Signed out: ${reason}`);
    this.events.emit('signed-out', { reason });
  }

  /** Tells of an error that no call is there to tell about. */
  fail(thrown: unknown): void {
    const error = asError(thrown);
    this.logger.log('error', error.message);
    this.events.emit('error', error);
  }

  private handlerFailed(error: unknown, type: keyof ClientEvents): void {
    // A handler of `error` that fails has nobody left to tell.
    if (type === 'error')
      this.logger.log('error', `A handler of error failed: ${asError(error).message}`);
    else this.fail(error);
  }
}

/** What counts for the next connection, also when it is changed later. */
function limitsOf({ requests, messageLimit, maxTries }: Settings): {
  gzipAbove: number;
  incoming: number;
  outgoing: number;
  repetitions: number;
} {
  const { incoming, outgoing } = messageLimit;
  return {
    gzipAbove: requests.gzipAbove,
    incoming,
    outgoing,
    repetitions: maxTries.response,
  };
}

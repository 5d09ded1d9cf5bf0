import type { ApiOf, ApiTypes, CallOptions, FileLike, PeerLike, TlMethod } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { checkCallOptions } from '../core/check-options.js';
import type { Unsubscribe } from '../core/emitter.js';
import { PRINTED } from '../core/printed.js';
import { orAbort } from '../core/sleep.js';
import { isThenable } from '../core/thenable.js';
import type { InvokeOptions } from '../core/types.js';
import { asError } from '../network/as-error.js';
import type { Peers } from '../peers/peers.js';
import type { SessionAddress, SessionFormat } from '../storage/formats/types.js';
import type { Files } from '../files/files.js';
import type { SendableMedia } from '../files/media/index.js';
import type { SendTextOptions, SentText } from '../text/sending.js';
import type { FormattedText } from '../text/types.js';
import type { UpdateEvent } from '../updates/event/index.js';
import { filters, isFilter, type Filter } from '../updates/filters/index.js';
import type {
  Conversation,
  GetUpdatesOptions,
  HandlerOptions,
  NumberedUpdate,
  ReadOptions,
  UpdateStream,
} from '../updates/hub/index.js';
import { Assembly } from './assembly.js';
import type { ClientEvents } from './events.js';
import { exportedSession } from './export-session.js';
import { checkIdentity } from './identity.js';
import { checkHandler, checkPlugin } from './check-on.js';
import { CLOSE_TIMEOUT, closing } from './closing.js';
import type { MeOptions } from './me.js';
import type { ClientOptions } from './options.js';
import type { Parts } from './parts.js';
import type { Plugin, PluginEnd } from './plugin.js';
import { sendText } from './send-text.js';
import { sendAlbum, type AlbumItem } from './send-album.js';
import { sendFile, type SendFileOptions } from './send-file.js';
import { sendMedia } from './send-media.js';
import type { SendAlbumOptions, SendMediaOptions, SentFile } from './send-options.js';
import type { PartialSettings, Settings } from './settings.js';
import {
  logOut,
  signIn,
  SignInSteps,
  type SignedIn,
  type SignInOptions,
  type SignInStepsOptions,
} from './sign-in/index.js';

/**
 * A client of Telegram's API.
 *
 * ```ts
 * await using client = new Client({ schema, apiId, apiHash, storage: 'my.session' });
 * await client.connect();
 * await client.signIn({ botToken });
 * await client.api.messages.sendMessage({ peer: '@somebody', message: 'Hello' });
 * ```
 *
 * @typeParam Types - of the schema it is made with.
 */
export class Client<Types extends ApiTypes = ApiTypes> implements AsyncDisposable {
  /**
   * Every method of the schema as a function: `client.api.messages.sendMessage({ peer: '@name', message })`. Peers are
   * given as {@link PeerLike}, and what can be filled in may be left out. It rejects as {@link invoke} does, and with
   * ParameterError, PeerError, TextError and KeyboardError before anything is sent.
   */
  readonly api: ApiOf<Types, InvokeOptions>;
  /** Users, groups and channels: who is known, and lists of dialogs, members and messages. */
  readonly peers: Peers;
  /** Uploads, downloads and Bot API file ids. */
  readonly files: Files;
  private readonly assembly: Assembly;
  /** What plugins left to be done, the first one's first. */
  private readonly ends: PluginEnd[] = [];
  private closed: Promise<void> | null = null;

  /**
   * @param parts - other parts than the host's, for tests.
   * @throws SettingsError that names the setting at fault; SchemaError when the schema lacks `initConnection` or
   * `invokeWithLayer`.
   */
  constructor(options: ClientOptions<Types>, parts: Partial<Parts> = {}) {
    checkIdentity(options);
    this.assembly = new Assembly(options, parts);
    this.api = this.assembly.api as ApiOf<Types, InvokeOptions>;
    this.peers = this.assembly.peers;
    this.files = this.assembly.files;
  }

  /** All settings, with the defaults for what was not given. */
  get settings(): Settings {
    return this.assembly.backbone.settings;
  }

  /** The user who is signed in; null: nobody. Known once the client is connected. */
  get self(): { readonly id: bigint; readonly bot: boolean } | null {
    return this.assembly.backbone.self;
  }

  /**
   * Changes settings. Those of calls, logs, peers and updates count at once, those of connections when one is opened
   * next; `requests.gzipAbove`, `messageLimit.incoming` and `.outgoing` for data centers that are connected to later;
   * `auth`, `rsaKeys`, `dataCenters`, `homeDc` and `connection.testMode` only when a client is made.
   *
   * @throws SettingsError that names the setting at fault; then nothing has changed.
   */
  configure(changes: PartialSettings): void {
    this.assembly.backbone.configure(changes);
  }

  /**
   * Opens the storage and the connection to the home data center, and learns the addresses of the others. Of an
   * imported session it also learns whose it is; that it is nobody's any more is told by the event `signed-out`. It
   * tries for as long as it takes; `signal` ends that, and so does an error that trying again cannot mend.
   *
   * @throws StorageError, ClosedError, DataCenterError, RpcError, CallLostError, AbortError, TimeoutError.
   */
  connect(options: CallOptions = {}): Promise<void> {
    const { caller, network, schema } = this.assembly.backbone;
    return caller.cancellable(options, 'connecting', async (signal) => {
      const fresh = network.serverTime / 1000 < network.store.addressesExpire;
      const enough = fresh || !schema.method('help.getConfig');
      await orAbort(enough ? caller.ready({ signal }) : caller.fetchConfig({ signal }), signal);
      // What ended it all is told, not what that ended.
      await orAbort(this.assembly.connected(signal), signal);
    });
  }

  /** Carries out a method, and resolves as soon as the server has the request. */
  invoke(request: TlMethod, options: InvokeOptions & { readonly noResponse: true }): Promise<void>;
  /** Carries out a method: resolves with its result, typed by the request. Connects first if need be. */
  invoke<Result, Errors extends string>(
    request: TlMethod<Result, Errors>,
    options?: InvokeOptions,
  ): Promise<Result>;
  invoke<Result>(request: TlMethod<Result>, options: InvokeOptions = {}): Promise<Result> {
    return this.assembly.backbone.invoke(request, options);
  }

  /**
   * Sends a text, marked up if `parseMode` says so, in as many messages as its length demands. It is cut at ends of
   * lines or words, after the markup was read; a mention, link or piece of code is kept whole where it fits.
   *
   * @returns the messages, in order.
   * @throws TextError, KeyboardError, PeerError, SchemaError before anything is sent; what {@link invoke} throws, or
   * PartlySentError when some were sent and one could not be.
   */
  sendText(
    peer: PeerLike,
    text: string | FormattedText,
    options: SendTextOptions = {},
  ): Promise<SentText[]> {
    return sendText(this.assembly.sending, peer, text, options);
  }

  /**
   * Sends a file: a path or URL, bytes, a Blob or stream to upload; or what is at the server already (a message, its
   * media, a photo, a document, a Bot API file id). What it is sent as follows from its MIME type, unless `as` says it.
   *
   * @returns the message.
   * @throws FileError, TextError, KeyboardError, PeerError, CallOptionError, SchemaError before anything is sent; what
   * {@link invoke} throws.
   */
  sendFile(peer: PeerLike, file: FileLike, options: SendFileOptions = {}): Promise<SentFile> {
    return sendFile(this.assembly.sendingFiles, peer, file, options);
  }

  /**
   * Sends media: a photo, video, voice message … with what belongs to it, or an object of type `InputMedia`.
   *
   * @returns the message.
   * @throws as {@link sendFile}.
   */
  sendMedia(
    peer: PeerLike,
    media: SendableMedia,
    options: SendMediaOptions = {},
  ): Promise<SentFile> {
    return sendMedia(this.assembly.sendingFiles, peer, media, options);
  }

  /**
   * Sends two to ten media as one album.
   *
   * @returns the messages, in order.
   * @throws as {@link sendFile}; AlbumError for media that cannot be in one album.
   */
  sendAlbum(
    peer: PeerLike,
    items: readonly AlbumItem[],
    options: SendAlbumOptions = {},
  ): Promise<SentFile[]> {
    return sendAlbum(this.assembly.sendingFiles, peer, items, options);
  }

  /**
   * Signs in a bot by its token, or a user by phone number and code, or by QR. Where somebody is signed in already, it
   * resolves with them if they are the ones.
   *
   * @throws RpcError when the server refuses; SignInError when something is missing.
   */
  signIn(options: SignInOptions): Promise<SignedIn> {
    return signIn(this.assembly.signIn, options);
  }

  /** A sign-in of which each step is yours: see {@link SignInSteps}. */
  signInSteps(options: SignInStepsOptions = {}): SignInSteps {
    return new SignInSteps(this.assembly.signIn, options);
  }

  /**
   * Ends the sign-in, at the server and here: keys, authorizations and peers are forgotten. Another user may sign in
   * then. Nobody signed in: nothing happens.
   *
   * @throws RpcError, CallLostError, AbortError, TimeoutError, ClosedError when the server could not be told; then
   * nothing is forgotten; StorageError.
   */
  logOut(options: CallOptions = {}): Promise<void> {
    return logOut(this.assembly.signIn, options);
  }

  /**
   * The user who is signed in, as the server describes them; asked for once.
   *
   * @param options - `refresh`: asks again.
   * @throws what {@link invoke} throws; SignInError `UNSUPPORTED` when the server does not tell.
   */
  me(options: MeOptions = {}): Promise<base.User> {
    return this.assembly.getMe(options);
  }

  /**
   * The session as text: data center, keys and user. Whoever has it has the account, so keep it as a password; two
   * programs must not use it at one time. `StringSession` and `readSession` read it.
   *
   * @param options - an address, for formats that hold one; where the client was told one is the default.
   * @throws SessionFormatError `CANNOT_EXPORT` when there is no session, or the format cannot hold it; StorageError;
   * ClosedError.
   */
  exportSession(
    format: SessionFormat = 'tlgen',
    options: { readonly address?: SessionAddress | undefined } = {},
  ): Promise<string> {
    return exportedSession(this.assembly.backbone, format, options.address);
  }

  /** Calls `handler` at each event of that name. @returns what ends that. */
  on<K extends keyof ClientEvents>(
    type: K,
    handler: (event: ClientEvents[K]) => unknown,
  ): Unsubscribe;
  /**
   * Calls `handler` with each update that the filter lets pass: each once, those of one chat in order and one after the
   * other, those of different chats at the same time. An update is done when all its handlers are; what was not done
   * when the process ended comes again ({@link UpdateEvent.key} tells it). What a handler throws is told as the event
   * `error`, and the others are called all the same.
   *
   * @returns what ends that.
   * @throws CallOptionError for an event that does not exist, or what is no function.
   */
  on<Adds extends object>(
    filter: Filter<Adds>,
    handler: (event: UpdateEvent & Adds) => unknown,
    options?: HandlerOptions,
  ): Unsubscribe;
  on(
    what: Filter | keyof ClientEvents,
    handler: (event: never) => unknown,
    options?: HandlerOptions,
  ): Unsubscribe {
    const { backbone, updates } = this.assembly;
    const heed = handler as (event: unknown) => unknown;
    checkHandler(what, handler);
    if (isFilter(what)) return updates.hub.on(what, heed, options);
    if (what === 'update') return updates.hub.on(filters.all, heed, { own: true, ...options });
    return backbone.events.on(what, heed);
  }

  /**
   * All updates, one by one: `for await (const event of client.updates()) …`. An update is done when the next one is
   * asked for. While nobody asks, none are taken from the server, but for as many as `updates.queueLimit` says.
   */
  updates(options: ReadOptions = {}): UpdateStream {
    const { updates } = this.assembly;
    const stream = updates.hub.updates(options);
    updates.reading().catch((error: unknown) => stream.fail(asError(error)));
    return stream;
  }

  /**
   * The updates that wait, each with a number; they are collected from the first call on. With the next call, those
   * before its `offset` are done.
   *
   * @throws what {@link connect} throws; CallOptionError for options that cannot be.
   */
  async getUpdates(options: GetUpdatesOptions = {}): Promise<NumberedUpdate[]> {
    const { updates } = this.assembly;
    await updates.reading({ signal: options.signal });
    return updates.hub.getUpdates(options);
  }

  /**
   * A conversation with a peer: until it is closed, what is written in that chat waits for its `waitFor`, and goes to
   * handlers only when nobody took it. Within a handler, `event.waitFor` does the same.
   *
   * @throws PeerError, what {@link connect} throws.
   */
  async conversation(peer: PeerLike, options: CallOptions = {}): Promise<Conversation> {
    const { updates } = this.assembly;
    await updates.reading(options);
    return updates.conversation(peer, options);
  }

  /**
   * Adds a plugin. What it returns is called when the client closes, before the connection ends.
   *
   * @throws CallOptionError for what is no function.
   */
  use(plugin: Plugin<this>): this {
    checkPlugin(plugin);
    const end: unknown = plugin(this);
    if (typeof end === 'function') this.ends.push(end as PluginEnd);
    else if (isThenable(end)) this.useLater(end);
    return this;
  }

  /** A plugin that takes time: what it leaves counts from then on, and so does what it fails with. */
  private useLater(plugin: PromiseLike<unknown>): void {
    plugin.then(
      (end) => {
        if (typeof end === 'function') this.ends.push(end as PluginEnd);
      },
      (error: unknown) => this.assembly.backbone.fail(error),
    );
  }

  /**
   * Ends in order: no more updates are taken; handlers that run, or whose updates have come, are waited for; then what
   * is to be stored is stored, and connections, timers and storage are closed. Calls still under way reject with
   * CallLostError or ClosedError.
   *
   * A handler that awaits it waits for itself, until the timeout: there, say `void client.close()`. A loop over
   * {@link updates} ends by itself.
   *
   * @param options - `timeout`: milliseconds that handlers and plugins get, 5000 unless given. What was not done by
   * then comes again at the next start.
   * @throws StorageError when something could not be stored; everything is closed all the same. CallOptionError.
   */
  close({ timeout = CLOSE_TIMEOUT }: { readonly timeout?: number } = {}): Promise<void> {
    checkCallOptions({ timeout }, 'close');
    this.closed ??= closing(this.assembly, this.ends, timeout);
    return this.closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** What a log shows of a client: no keys, and nothing of its settings. */
  toJSON(): object {
    const { self } = this;
    return { self: self && { id: String(self.id), bot: self.bot } };
  }

  [PRINTED](): string {
    return `Client ${JSON.stringify(this)}`;
  }
}

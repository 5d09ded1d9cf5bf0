import type { TlObject } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { endsKey } from '../core/middleware/signed-out.js';
import { PeerStore } from '../peers/memory/store.js';
import { PeerResolution } from '../peers/lookup/resolve.js';
import { Peers } from '../peers/peers.js';
import type { PeersContext } from '../peers/types.js';
import { Files } from '../files/files.js';
import type { FileReferences } from '../files/location/index.js';
import { makeFileConverter } from '../files/like/index.js';
import { forgetUploads, sweepUploads } from '../files/upload/index.js';
import { makeApi } from './api/index.js';
import { apiText } from './api/text.js';
import { askSelf } from './ask-self.js';
import { Backbone } from './backbone.js';
import { ImportedSession } from './imported-session.js';
import { Me, type MeOptions } from './me.js';
import type { ClientOptions } from './options.js';
import { PeerOwner } from './peer-owner.js';
import type { Parts } from './parts.js';
import { sendText, type SendTextContext } from './send-text.js';
import { ClientUpdates } from './updates.js';
import { filesContext, type ClientFilesContext } from './files-context.js';
import {
  signInContext,
  storedTokens,
  type LogOutContext,
  type SignInContext,
} from './sign-in/index.js';

/** The rooms of a client, put together: what `Client` shows is built of these. */
export class Assembly {
  readonly backbone: Backbone;
  readonly peers: Peers;
  readonly api: object;
  readonly signIn: SignInContext & LogOutContext;
  readonly sending: SendTextContext;
  readonly sendingFiles: ClientFilesContext;
  readonly files: Files;
  readonly updates: ClientUpdates;
  private readonly store: PeerStore;
  private readonly references: FileReferences;
  private readonly owner: PeerOwner;
  private readonly me: Me;
  private readonly imported: ImportedSession;

  /** @throws SettingsError, SchemaError. */
  constructor(options: ClientOptions, parts: Partial<Parts>) {
    this.backbone = new Backbone(options, parts, {
      learn: (value) => this.learn(value),
      answered: (answer, request) => this.updates.answered(answer, request),
      pushed: (updates) => this.updates.pushed(updates),
      unreadable: () => this.updates.unreadable(),
      sessionCreated: () => this.updates.sessionCreated(),
      configured: () => this.updates.configured(),
      userChanged: () => this.updates.userChanged(),
      opening: () => this.opening(),
      opened: () => this.updates.opened(),
      closing: () => this.store.flush(),
    });
    const { backbone } = this;
    const { schema, network, caller, log, world } = backbone;
    const { platform } = backbone.parts;
    const now = (): number => platform.clock.now().wall;
    this.owner = new PeerOwner(network.state, world, async () => {
      await this.forgetOwn();
    });
    this.me = new Me({ schema, invoke: (request, how) => caller.invoke(request, how) }, caller);
    this.store = new PeerStore(network.state, { registry: schema.registry, world, log, now });
    const context: PeersContext = {
      schema,
      log,
      now,
      invoke: (request, how) => caller.invoke(request, how),
      open: () => backbone.open(),
      self: () => backbone.self,
      // Read at each use: settings may change.
      get settings() {
        return backbone.settings.peers;
      },
    };
    this.peers = new Peers(context, this.store, new PeerResolution(context, this.store));
    const text = apiText(schema, this.peers);
    const random = (length: number): Uint8Array => platform.crypto.randomBytes(length);
    const files = filesContext(backbone, { peers: this.peers, text, random });
    this.references = files.references;
    this.sendingFiles = files;
    this.files = new Files(files);
    this.api = makeApi({
      schema,
      log,
      random,
      text,
      peers: this.peers,
      settings: { apiId: options.apiId, apiHash: options.apiHash },
      now: () => network.serverTime,
      invoke: (request, how) => caller.invoke(request, how),
      cancellable: (how, what, work) => caller.cancellable(how, what, work),
      converters: { file: makeFileConverter(files) },
    });
    this.sending = {
      schema,
      text,
      random,
      peers: this.peers,
      invoke: (request, how) => caller.invoke(request, how),
    };
    this.updates = new ClientUpdates({
      backbone,
      store: this.store,
      peers: this.peers,
      sendText: (peer, message, how) => sendText(this.sending, peer, message, how),
      me: () => this.me.get({}),
    });
    this.signIn = this.makeSignIn(options);
    this.imported = this.makeImported();
    backbone.events.on('signed-out', () => this.me.forget());
  }

  private makeSignIn({ apiId, apiHash }: ClientOptions): SignInContext & LogOutContext {
    const { schema, parts, network, caller, events, world } = this.backbone;
    return signInContext({
      schema,
      apiId,
      apiHash,
      platform: parts.platform,
      network,
      caller,
      tokens: storedTokens(network.state, world),
      maxTries: () => this.backbone.settings.maxTries.authorization,
      onUpdate: (handler) => events.on('raw-update', handler),
      cancellable: (how, what, work) =>
        caller.cancellable(how, what, async (signal) => {
          await this.imported.identify(signal);
          return work(signal);
        }),
      claimed: async (id) => {
        this.me.forget();
        await this.owner.claim(id);
      },
      forgetPeers: async () => {
        this.me.forget();
        await this.forgetOwn();
      },
    });
  }

  private makeImported(): ImportedSession {
    const { backbone } = this;
    const { schema, caller, network, world } = backbone;
    return new ImportedSession({
      world,
      state: network.state,
      self: () => backbone.self,
      askSelf: () => askSelf({ schema, invoke: (request, how) => caller.invoke(request, how) }),
      signedIn: (id, bot) => this.signIn.signedIn(id, bot),
      ended: async (error) => {
        await network.signedOut(endsKey(error));
        backbone.tellSignedOut(error.code);
      },
    });
  }

  /** What is stored of users and chats may be another's: a session can be put into a storage that was in use. */
  private async opening(): Promise<void> {
    const { self, network, parts } = this.backbone;
    const { wall } = parts.platform.clock.now();
    await sweepUploads(network.state, wall, () => false);
    if (self) await this.owner.claim(self.id);
    else if (await this.imported.isOfUnknown()) await this.owner.claim(null);
  }

  /** What is known is the user's own: nobody else may come by it. */
  private async forgetOwn(): Promise<void> {
    await this.updates.forget();
    await this.peers.forgetAll();
    await forgetUploads(this.backbone.network.state);
  }

  /** What a client does when it has connected: whose an imported session is, and who there is to talk to. */
  async connected(signal: AbortSignal): Promise<void> {
    await this.imported.identify(signal);
    const { self, settings } = this.backbone;
    if (!settings.peers.loadAllAtStart || !self || self.bot) return;
    // Reading them is enough: whatever is answered is learnt.
    for await (const _ of this.peers.dialogs({ signal })) signal.throwIfAborted();
  }

  /** The user who is signed in. */
  getMe(options: MeOptions): Promise<base.User> {
    return this.me.get(options);
  }

  /** An answer counts although what it taught could not be stored: that is told by itself. */
  private learn(value: unknown): Promise<void> | undefined {
    const { backbone } = this;
    this.references.learn(value);
    const learnt = this.store.learn(value as TlObject);
    const stored = learnt?.catch((error: unknown) => {
      // What comes last, when the storage is closed already, is lost, and that is no news.
      if (!backbone.network.isClosed) backbone.fail(error);
    });
    return backbone.settings.saveInterval === 0 ? stored : undefined;
  }
}

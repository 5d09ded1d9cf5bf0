import type { TlObject } from '@tlgen/codec';
import type { CallOptions } from '@tlgen/codec';
import type { base, users } from '@tlgen/telegram';
import { orAbort } from '../core/sleep.js';
import { construct, constructObject } from '../network/construct.js';
import { PeerStore } from '../peers/memory/store.js';
import { PeerResolution } from '../peers/lookup/resolve.js';
import { Peers } from '../peers/peers.js';
import type { PeersContext } from '../peers/types.js';
import { IMPORTED } from '../storage/formats/stored-session.js';
import { makeApi } from './api/index.js';
import { apiText } from './api/text.js';
import { Backbone } from './backbone.js';
import type { ClientOptions } from './options.js';
import { PeerOwner } from './peer-owner.js';
import type { Parts } from './parts.js';
import type { SendTextContext } from './send-text.js';
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
  private readonly store: PeerStore;
  private readonly owner: PeerOwner;
  private me: Promise<base.User> | null = null;

  /** @throws SettingsError, SchemaError. */
  constructor(options: ClientOptions, parts: Partial<Parts>) {
    this.backbone = new Backbone(options, parts, {
      learn: (value) => this.learn(value),
      closing: () => this.store.flush(),
    });
    const { backbone } = this;
    const { schema, network, caller, log } = backbone;
    const { platform } = backbone.parts;
    const world = backbone.settings.connection.testMode ? 'test' : 'main';
    const now = (): number => platform.clock.now().wall;
    this.owner = new PeerOwner(network.state, world);
    this.store = new PeerStore(network.state, { registry: schema.registry, world, log, now });
    const context: PeersContext = {
      schema,
      log,
      now,
      invoke: (request, how) => caller.invoke(request, how),
      self: () => backbone.self,
      // Read at each use: settings may change.
      get settings() {
        return backbone.settings.peers;
      },
    };
    this.peers = new Peers(context, this.store, new PeerResolution(context, this.store));
    const text = apiText(schema, this.peers);
    const random = (length: number): Uint8Array => platform.crypto.randomBytes(length);
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
    });
    this.sending = {
      schema,
      text,
      random,
      peers: this.peers,
      invoke: (request, how) => caller.invoke(request, how),
    };
    this.signIn = this.makeSignIn(options, world);
    backbone.events.on('signed-out', () => {
      this.me = null;
    });
  }

  private makeSignIn(
    { apiId, apiHash }: ClientOptions,
    world: 'main' | 'test',
  ): SignInContext & LogOutContext {
    const { schema, parts, network, caller, events } = this.backbone;
    const made = signInContext({
      schema,
      apiId,
      apiHash,
      platform: parts.platform,
      network,
      caller,
      tokens: storedTokens(network.state, world),
      maxTries: () => this.backbone.settings.maxTries.authorization,
      onUpdate: (handler) => events.on('update', handler),
      forgetPeers: () => this.forgetPeers(),
    });
    return {
      ...made,
      signedIn: async (id, bot) => {
        if (await this.owner.isAnother(id)) await this.peers.forgetAll();
        await this.owner.set(id);
        this.me = null;
        await made.signedIn(id, bot);
      },
    };
  }

  /** What a client does when it has connected: whose an imported session is, and who there is to talk to. */
  async connected(signal: AbortSignal): Promise<void> {
    await this.identify(signal);
    const { self, settings } = this.backbone;
    if (!settings.peers.loadAllAtStart || !self || self.bot) return;
    // Reading them is enough: whatever is answered is learnt.
    for await (const _ of this.peers.dialogs({ signal })) signal.throwIfAborted();
  }

  /** The user who is signed in. */
  getMe(options: CallOptions & { readonly refresh?: boolean | undefined }): Promise<base.User> {
    if (options.refresh) this.me = null;
    this.me ??= this.fetchMe().catch((error: unknown) => {
      this.me = null;
      throw error;
    });
    const { me } = this;
    return this.backbone.caller.cancellable(options, 'users.getUsers', (signal) =>
      orAbort(me, signal),
    );
  }

  private async fetchMe(options: CallOptions = {}): Promise<base.User> {
    const { schema, caller } = this.backbone;
    const self = constructObject<base.InputUserSelf>(schema, 'inputUserSelf', {});
    const request = construct<users.GetUsersRequest>(schema, 'users.getUsers', { id: [self] });
    const [user] = await caller.invoke(request, options);
    if (user?._ !== 'user') throw new Error(`users.getUsers answered with ${user?._ ?? 'nobody'}`);
    return user;
  }

  /** The key of an imported session is known, but not always its user. */
  private async identify(signal: AbortSignal): Promise<void> {
    const { network, settings } = this.backbone;
    const key = settings.connection.testMode ? 'test' : 'main';
    if (!(await network.state.get(IMPORTED, key))) return;
    if (!this.backbone.self) {
      const user = await this.fetchMe({ signal });
      await this.signIn.signedIn(BigInt(user.id), user.bot);
    }
    await network.state.commit([{ space: IMPORTED, key, value: null }]);
  }

  private learn(value: unknown): Promise<void> | undefined {
    const learnt = this.store.learn(value as TlObject);
    if (!learnt) return undefined;
    if (this.backbone.settings.saveInterval === 0) return learnt;
    void learnt.catch((error: unknown) => this.backbone.fail(error));
    return undefined;
  }

  private async forgetPeers(): Promise<void> {
    this.me = null;
    await this.peers.forgetAll();
  }
}

import type { CallOptions, PeerLike, TlMethod } from '@tlgen/codec';
import type { base, messages } from '@tlgen/telegram';
import { AbortError } from '../core/errors.js';
import { construct } from '../network/construct.js';
import type { ConnectionEvent } from '../network/types.js';
import { markedId } from '../peers/marked-id.js';
import type { PeerStore } from '../peers/memory/store.js';
import type { Peers } from '../peers/peers.js';
import type { EventActions } from '../updates/event/index.js';
import { UpdateFeed } from '../updates/feed/index.js';
import { filters } from '../updates/filters/index.js';
import { UpdateHub, type Conversation } from '../updates/hub/index.js';
import type { SecretJournal } from '../updates/journal.js';
import type { Unsubscribe } from '../core/emitter.js';
import type { Backbone } from './backbone.js';
import type { Settings } from './settings.js';

/** Updates that may be under way where the limit of those who read does not hold. */
const OUTSTANDING = 10_000;

/** What updates need of the other rooms of a client. */
export interface ClientUpdatesParts {
  readonly backbone: Backbone;
  readonly store: PeerStore;
  readonly peers: Peers;
  readonly sendText: EventActions['sendText'];
  /** The user who is signed in, asked for if need be. */
  me(): Promise<base.User>;
}

/** Updates of a client: when the feed runs, and what it and the hub are told. */
export class ClientUpdates {
  readonly hub: UpdateHub;
  private readonly feed: UpdateFeed;
  private journal: SecretJournal | null = null;
  /** The setting `updates.handler`, while it is subscribed. */
  private handler: { readonly of: Settings['updates']['handler']; end: Unsubscribe } | null = null;
  /** The account's own, which memory of others may crowd out. */
  private username: string | null = null;
  private isOpen = false;
  private ended = false;

  constructor(private readonly parts: ClientUpdatesParts) {
    const { backbone, store, peers } = parts;
    const { clock } = backbone.parts.platform;
    const { schema, caller, network, world, log } = backbone;
    this.hub = new UpdateHub({
      clock,
      log,
      actions: this.actions(),
      settings: () => backbone.settings.updates,
      wanted: () => this.run(),
      handlerFailed: (error) => backbone.fail(error),
      lost: (lost) => backbone.events.emit('updates-lost', lost),
    });
    this.feed = new UpdateFeed({
      schema,
      clock,
      world,
      log,
      store: network.state,
      sink: this.hub,
      peers: {
        known: (marked) => store.peek(marked),
        load: (marked) => store.get(marked),
        inputChannel: (channel) => peers.inputChannel(markedId('channel', channel)),
      },
      settings: () => this.feedSettings(),
      self: () => backbone.self,
      invoke: (request, options) => caller.invoke(request, options),
      journal: () => this.journal,
      fail: (error) => backbone.fail(error),
      silent: (silence) => {
        backbone.events.emit('updates-silent', silence);
        network.renewHome();
      },
    });
    backbone.events.on('connection', (event) => this.onConnection(event));
    this.configured();
  }

  /** Secret messages are confirmed when this holds them. */
  keepSecretsIn(journal: SecretJournal): void {
    this.journal = journal;
  }

  /** The settings have changed. */
  configured(): void {
    const { handler, enabled } = this.parts.backbone.settings.updates;
    if (this.handler?.of !== handler) {
      this.handler?.end();
      this.handler = handler
        ? {
            of: handler,
            end: this.hub.on(filters.all, (event) => handler(event.update, event), { own: true }),
          }
        : null;
    }
    if (!enabled) void this.feed.stop();
    else this.run();
    this.feed.configured();
  }

  /** The storage is open. */
  opened(): void {
    this.isOpen = true;
    this.run();
  }

  /** Somebody else is signed in than before, or nobody. */
  userChanged(): void {
    void this.feed.stop().then(() => this.run());
  }

  /** What is stored is another's, or nobody's. */
  forget(): Promise<void> {
    this.username = null;
    this.hub.forget(new AbortError('The account it was for is signed in no more'));
    return this.feed.forget();
  }

  /** The server pushed something. */
  pushed(updates: base.TypeUpdates): void {
    if (this.feed.running) this.feed.pushed(updates);
  }

  /** The server pushed something that could not be read. */
  unreadable(): void {
    if (this.feed.running) this.feed.missed();
  }

  /** An answer to any request. */
  answered(answer: unknown, request: TlMethod): void {
    if (this.feed.running) this.feed.answered(answer, request);
  }

  /** The server has made a session anew: what it had to push with the old one is lost. */
  sessionCreated(): void {
    if (this.feed.running) this.feed.sessionCreated();
  }

  /** Whoever reads has to be connected. */
  reading(options: CallOptions = {}): Promise<void> {
    const { backbone } = this.parts;
    if (!backbone.settings.updates.enabled) {
      backbone.log.log(
        'warning',
        'Updates are read though updates.enabled is false: none will come',
      );
    }
    return backbone.caller.ready(options);
  }

  /** A conversation with a peer. */
  async conversation(peer: PeerLike, options: CallOptions): Promise<Conversation> {
    const info = await this.parts.peers.info(peer, options);
    return this.hub.conversation(info.markedId);
  }

  /** Handlers end; no more begin. @returns whether they did in time. */
  drain(milliseconds: number): Promise<boolean> {
    return this.hub.drain(milliseconds);
  }

  /** What is done is stored, and nothing more is taken. @throws StorageError. */
  async close(): Promise<void> {
    this.ended = true;
    this.hub.close();
    await this.feed.stop();
    if (this.isOpen) await this.feed.save();
  }

  /** The feed runs when somebody wants updates, and somebody is signed in. */
  private run(): void {
    const { backbone } = this.parts;
    const { self, settings } = backbone;
    if (this.ended || !this.isOpen || !self || !settings.updates.enabled) return;
    if (!this.hub.isWanted || this.feed.running) return;
    this.feed.start().catch((error: unknown) => backbone.fail(error));
    // Commands may name the bot; whom they name has to be known by then.
    if (self.bot) void this.learnOwnName(self.id);
  }

  /**
   * Where the oldest are given up, the feed need not stop at the limit of those who read. Nor may it while somebody
   * waits: what others write meanwhile would keep the answer from coming.
   */
  private feedSettings(): Settings['updates'] {
    const { updates } = this.parts.backbone.settings;
    const { overflow, queueLimit } = updates;
    if (overflow === 'pause' && !this.hub.isAwaiting) return updates;
    return { ...updates, queueLimit: Math.max(OUTSTANDING, 10 * queueLimit) };
  }

  private async learnOwnName(id: bigint): Promise<void> {
    const { store, me } = this.parts;
    try {
      const { usernames } = (await store.get(id)) ?? {};
      this.username = usernames ? (usernames[0] ?? null) : ((await me()).username ?? null);
    } catch {
      // Then only commands that name nobody count.
    }
  }

  private onConnection({ dc, kind, state }: ConnectionEvent): void {
    const { homeDc } = this.parts.backbone.network;
    if (state.type === 'ready' && kind === 'main' && dc === homeDc && this.feed.running)
      this.feed.connected();
  }

  private actions(): EventActions {
    const { backbone, store, sendText } = this.parts;
    const { schema, caller } = backbone;
    return {
      sendText,
      known: (marked) => store.peek(marked) ?? null,
      answerCallback: async (queryId, { text, alert, url, cacheTime = 0, ...options }) => {
        const request = construct<messages.SetBotCallbackAnswerRequest>(
          schema,
          'messages.setBotCallbackAnswer',
          { queryId, message: text, alert: alert ?? false, url, cacheTime },
        );
        await caller.invoke(request, options);
      },
      self: () => {
        const { self } = backbone;
        if (!self) return null;
        const known = store.peek(self.id);
        if (known) this.username = known.usernames[0] ?? null;
        return { ...self, username: this.username };
      },
    };
  }
}

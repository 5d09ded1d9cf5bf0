import type { CallOptions, PeerLike } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { badPeer } from '../parse/bad-peer.js';
import { toInputChannel, toInputPeer, toInputUser, type Located } from './located.js';
import { PeerLookups, type Found } from './lookups.js';
import { isPeerId, markedId } from '../marked-id.js';
import { NamedPeers } from './named-peers.js';
import { parsePeer } from '../parse/parse-peer.js';
import type { PeerRecord } from '../memory/records.js';
import type { IdReference, NameReference, PeerReference } from '../parse/reference.js';
import type { PeerStore } from '../memory/store.js';
import type { PeerInfo, PeerInputs, PeersContext } from '../types.js';
import { namePeer, unknownPeer } from './unknown-peer.js';

/** A min peer is named by a message of a chat, which may be a min peer itself: so often at most. */
const MAX_CHAIN = 4;

type ById = Extract<PeerReference, { readonly id: bigint }>;

/**
 * Turns what people write into what the API takes: from what is remembered, else by asking the server, else by the
 * user's own resolver.
 *
 * All methods throw PeerError, SchemaError, StorageError, what `invoke` throws, and what the user's resolver throws.
 */
export class PeerResolution implements PeerInputs {
  private readonly lookups: PeerLookups;
  private readonly names: NamedPeers;

  constructor(
    private readonly context: PeersContext,
    private readonly store: PeerStore,
  ) {
    this.lookups = new PeerLookups(context, store);
    this.names = new NamedPeers(context, store, this.lookups);
  }

  async inputPeer(
    peer: PeerLike | PeerInfo,
    options: CallOptions = {},
  ): Promise<base.TypeInputPeer> {
    return toInputPeer(this.context.schema, await this.given(peer, options));
  }

  async inputUser(
    peer: PeerLike | PeerInfo,
    options: CallOptions = {},
  ): Promise<base.TypeInputUser> {
    return toInputUser(this.context.schema, await this.given(peer, options));
  }

  async inputChannel(
    peer: PeerLike | PeerInfo,
    options: CallOptions = {},
  ): Promise<base.TypeInputChannel> {
    return toInputChannel(this.context.schema, await this.given(peer, options));
  }

  /** What is remembered of a peer; asks the server when that is nothing. */
  async known(peer: PeerLike | PeerInfo, options: CallOptions = {}): Promise<PeerRecord> {
    const reference = parsePeer(peer);
    await this.context.open?.();
    switch (reference.kind) {
      case 'empty':
        throw badPeer(peer, 'it stands for nobody');
      case 'self': {
        const own = this.context.self();
        const remembered = own && (await this.store.get(markedId('user', own.id)));
        if (remembered) return remembered;
        return this.described(reference, reference, options);
      }
      case 'username':
      case 'phone':
      case 'invite':
      case 'support':
        return this.find(reference, options);
      default:
        return this.knownById(reference, options);
    }
  }

  private async knownById(reference: ById, options: CallOptions): Promise<PeerRecord> {
    const { type, id } = reference;
    const remembered = await this.store.get(markedId(type, id));
    const at = remembered && (await this.reach(remembered));
    // One that cannot be reached by what is remembered, but by what was given, is worth asking for.
    if (remembered && (at || reference.kind === 'id')) return remembered;
    const located = await this.locate(reference, options);
    // Finding it may have told all there is.
    const told = remembered ? null : await this.store.get(markedId(type, id));
    return told ?? this.described(located, reference, options);
  }

  private async described(
    at: Located,
    reference: ById | { readonly kind: 'self' },
    options: CallOptions,
  ): Promise<PeerRecord> {
    const { peer, cause } = await this.lookups.described(at, options);
    if (peer) return peer;
    throw unknownPeer(reference, this.isBot, cause);
  }

  private async given(peer: PeerLike | PeerInfo, options: CallOptions): Promise<Located> {
    const reference = parsePeer(peer);
    await this.context.open?.();
    return this.locate(reference, options);
  }

  private async locate(reference: PeerReference, options: CallOptions): Promise<Located> {
    switch (reference.kind) {
      case 'self':
      case 'empty':
      case 'hash':
        return reference;
      case 'from-message':
        return { ...reference, peer: await this.locate(reference.peer, options) };
      case 'id':
        return this.locateId(reference, options);
      default: {
        const found = await this.find(reference, options);
        const at = (await this.reach(found)) ?? this.withoutHash(found);
        if (at) return at;
        throw unknownPeer({ kind: 'id', type: found.type, id: found.id }, this.isBot);
      }
    }
  }

  private async locateId(reference: IdReference, options: CallOptions): Promise<Located> {
    const { type, id } = reference;
    if (type === 'chat') return { kind: 'chat', type, id };
    if (type === 'user' && id === this.context.self()?.id) return { kind: 'self' };
    const marked = markedId(type, id);
    const remembered = await this.store.get(marked);
    const at = remembered && (await this.reach(remembered));
    if (at) return at;
    const { peer, cause } = await this.askForId(reference, remembered, options);
    // Whoever answers about somebody else has not answered.
    const asked = peer && isSame(peer, reference) ? peer : null;
    const found = asked && ((await this.reach(asked)) ?? this.withoutHash(asked));
    if (found) return found;
    const resolved = await this.byResolver(marked, options);
    return resolved && isSame(resolved, reference) ? resolved : this.unknownId(reference, cause);
  }

  /** By the username of one that was seen without a hash; bots may ask for an id alone. */
  private async askForId(
    reference: IdReference,
    remembered: PeerRecord | null,
    options: CallOptions,
  ): Promise<Found> {
    const { type, id } = reference;
    const username = remembered?.usernames[0];
    if (username !== undefined) {
      const found = await this.names.ask({ kind: 'username', username }, options);
      if (found.peer && isSame(found.peer, reference)) return found;
    }
    if (!this.isBot || type === 'chat') return { peer: null };
    return this.lookups.described({ kind: 'hash', type, id, accessHash: 0n }, options);
  }

  /** By a name; at last by the user's resolver. */
  private async find(reference: NameReference, options: CallOptions): Promise<PeerRecord> {
    const { peer, cause } = await this.names.find(reference, options);
    if (peer) return peer;
    const name =
      reference.kind === 'invite' ? `https://t.me/+${reference.hash}` : namePeer(reference);
    const at = await this.byResolver(name, options);
    if (!at) throw unknownPeer(reference, this.isBot, cause);
    if (!('id' in at)) return this.known('me', options);
    const known = await this.store.get(markedId(at.type, at.id));
    return known ?? this.described(at, { kind: 'id', type: at.type, id: at.id }, options);
  }

  /** By what is remembered alone. */
  private async reach(peer: PeerRecord, chain = MAX_CHAIN): Promise<Located | null> {
    const { type, id, accessHash, min, seenIn } = peer;
    if (type === 'chat') return { kind: 'chat', type, id };
    if (type === 'user' && id === this.context.self()?.id) return { kind: 'self' };
    if (accessHash !== null && !min) return { kind: 'hash', type, id, accessHash };
    if (!seenIn || chain === 0) return null;
    const where = await this.store.get(seenIn.peer);
    const at = where && (await this.reach(where, chain - 1));
    return at && { kind: 'from-message', type, id, peer: at, messageId: seenIn.messageId };
  }

  /** Bots may name what the server has told them of without its hash. */
  private withoutHash({ type, id }: PeerRecord): Located | null {
    return this.isBot && type !== 'chat' ? { kind: 'hash', type, id, accessHash: 0n } : null;
  }

  private async byResolver(peer: string | bigint, options: CallOptions): Promise<Located | null> {
    const { resolver } = this.context.settings;
    const answer = resolver && (await resolver(peer, options));
    if (!answer) return null;
    await this.store.learn(answer);
    const reference = parsePeer(answer);
    if (reference.kind === 'self' || reference.kind === 'hash') return reference;
    const known =
      'id' in reference ? await this.store.get(markedId(reference.type, reference.id)) : null;
    return known && this.reach(known);
  }

  private async unknownId(reference: IdReference, cause: unknown): Promise<never> {
    const { type, id } = reference;
    for (const other of type === 'user' ? (['chat', 'channel'] as const) : []) {
      const marked = isPeerId(other, id) ? markedId(other, id) : null;
      if (marked !== null && (await this.store.get(marked)))
        throw unknownPeer(reference, this.isBot, cause, marked);
    }
    throw unknownPeer(reference, this.isBot, cause);
  }

  private get isBot(): boolean {
    return this.context.self()?.bot === true;
  }
}

const isSame = (one: Located | PeerRecord, { type, id }: IdReference): boolean =>
  'id' in one && one.id === id && one.type === type;

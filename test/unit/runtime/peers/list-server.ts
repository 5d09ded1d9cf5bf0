import type { CallOptions, TlMethod } from '@tlgen/codec';
import * as tl from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { PeerError } from '../../../../packages/runtime/src/peers/errors.js';
import { markedId } from '../../../../packages/runtime/src/peers/marked-id.js';
import type {
  AnyPeer,
  PeerLookup,
  PeerMemory,
} from '../../../../packages/runtime/src/peers/needs.js';
import { Peers } from '../../../../packages/runtime/src/peers/peers.js';
import type { KnownPeer, PeersContext } from '../../../../packages/runtime/src/peers/types.js';

/** Answers a request, or throws. */
export type Serve = (request: TlMethod, options: CallOptions) => unknown;

/** Peers over a server that is a function; what is known is what the test says. */
export class ListServer {
  readonly requests: TlMethod[] = [];
  readonly known = new Map<bigint, KnownPeer>();
  readonly logged: string[] = [];
  readonly settings: { fullInfoTtl: number; fullFetch: boolean; resolver: undefined } = {
    fullInfoTtl: 3600,
    fullFetch: false,
    resolver: undefined,
  };
  flushes = 0;
  now = 1_700_000_000_000;

  constructor(public serve: Serve) {}

  readonly context: PeersContext = {
    schema,
    log: { log: (_, message) => void this.logged.push(message) },
    invoke: async <Result>(request: TlMethod<Result>, options: CallOptions = {}) => {
      this.requests.push(request);
      await Promise.resolve();
      return (await this.serve(request, options)) as Result;
    },
    self: () => ({ id: 1n, bot: false }),
    now: () => this.now,
    settings: this.settings,
  };

  readonly memory: PeerMemory = {
    get: (marked) => Promise.resolve(this.known.get(marked) ?? null),
    flush: () => {
      this.flushes++;
      return Promise.resolve();
    },
    forgetAll: () => {
      this.known.clear();
      return Promise.resolve();
    },
  };

  readonly lookup: PeerLookup = {
    known: async (peer) => this.find(peer),
    inputPeer: async (peer) => {
      const { type, id } = this.find(peer);
      if (type === 'user') return new tl.InputPeerUser({ userId: id, accessHash: id });
      if (type === 'chat') return new tl.InputPeerChat({ chatId: id });
      return new tl.InputPeerChannel({ channelId: id, accessHash: id });
    },
    inputUser: async (peer) => {
      const { id } = this.find(peer);
      return new tl.InputUser({ userId: id, accessHash: id });
    },
    inputChannel: async (peer) => {
      const { id } = this.find(peer);
      return new tl.InputChannel({ channelId: id, accessHash: id });
    },
  };

  readonly peers = new Peers(this.context, this.memory, this.lookup);

  add(type: KnownPeer['type'], id: bigint, more: Partial<KnownPeer> = {}): bigint {
    const marked = markedId(type, id);
    this.known.set(marked, {
      type,
      id,
      accessHash: type === 'chat' ? null : id,
      min: false,
      seenIn: null,
      usernames: [],
      phone: null,
      name: `${type} ${id}`,
      bot: false,
      megagroup: false,
      ...more,
    });
    return marked;
  }

  private find(peer: AnyPeer): KnownPeer {
    const found = typeof peer === 'bigint' ? this.known.get(peer) : undefined;
    if (!found) throw new PeerError('UNKNOWN_PEER', String(peer), `${String(peer)} is not known`);
    return found;
  }
}

/** A message of a conversation with user 7 unless another is named. */
export const message = (id: number, peer: tl.TypePeer = new tl.PeerUser({ userId: 7n })) =>
  new tl.Message({ id, peerId: peer, date: 1_000_000 + id * 10, message: `m${id}` });

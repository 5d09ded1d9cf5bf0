import type { CallOptions } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { PeerError } from '../errors.js';
import { FullCache } from './full-cache.js';
import { askFullChannel, askFullChat, askFullUser } from './full-requests.js';
import { infoOf } from './info.js';
import { markedId } from '../marked-id.js';
import type { AnyPeer, PeerLookup } from '../needs.js';
import type { KnownPeer, PeerInfo, PeersContext } from '../types.js';

/** What the server tells on request, beside what `info` tells. */
interface Full<T> {
  /** The answer's object: `userFull`, `chatFull` or `channelFull`. */
  readonly full: T;
  /** Users and chats that it mentions, and the peer itself. */
  readonly users: readonly base.TypeUser[];
  readonly chats: readonly base.TypeChat[];
  /** When the server was asked. */
  readonly lastUpdate: Date;
}

type InfoOf<T extends PeerInfo['type']> = Extract<PeerInfo, { readonly type: T }>;

/** All there is to know of a user, group or channel; `type` tells which. */
export type PeerFull =
  | (InfoOf<'user' | 'bot'> & Full<base.UserFull>)
  | (InfoOf<'group'> & Full<base.ChatFull>)
  | (InfoOf<'supergroup' | 'channel'> & Full<base.ChannelFull>);

/** How `full` is asked. */
export interface FullOptions extends CallOptions {
  /** Asks the server even if the last answer is still good. */
  readonly refresh?: boolean | undefined;
}

/** Full answers are large: so many are kept. */
const KEPT_MAX = 500;

/** Asks for everything there is to know, and keeps it for `settings.fullInfoTtl` seconds. */
export class FullInfo {
  private readonly cache: FullCache<PeerFull>;

  constructor(
    private readonly context: PeersContext,
    private readonly lookup: PeerLookup,
  ) {
    this.cache = new FullCache({
      size: KEPT_MAX,
      now: () => context.now(),
      lifetime: () => context.settings.fullInfoTtl * 1000,
    });
  }

  /** @throws PeerError, and what the call throws. */
  async get(peer: AnyPeer, options: FullOptions = {}): Promise<PeerFull> {
    const { refresh, signal, timeout } = options;
    const known = await this.lookup.known(peer, { signal, timeout });
    const marked = markedId(known.type, known.id);
    return this.cache.get(marked, `full info of ${marked}`, { refresh, signal, timeout }, (call) =>
      this.load(known, call),
    );
  }

  /** Forgets all answers: they are of an account that is gone. */
  forgetAll(): void {
    this.cache.clear();
  }

  private async load(known: KnownPeer, options: CallOptions): Promise<PeerFull> {
    const { context, lookup } = this;
    const marked = markedId(known.type, known.id);
    switch (known.type) {
      case 'user': {
        const id = await lookup.inputUser(marked, options);
        const { fullUser, users, chats } = await askFullUser(context, id, options);
        return this.done(known, { full: fullUser, users, chats }, options);
      }
      case 'chat': {
        const { fullChat, users, chats } = await askFullChat(context, known.id, options);
        return this.done(known, { full: fullChat, users, chats }, options);
      }
      case 'channel': {
        const id = await lookup.inputChannel(marked, options);
        const { fullChat, users, chats } = await askFullChannel(context, id, options);
        return this.done(known, { full: fullChat, users, chats }, options);
      }
    }
  }

  private async done(
    known: KnownPeer,
    answer: Omit<Full<base.TypeUserFull | base.TypeChatFull>, 'lastUpdate'>,
    options: CallOptions,
  ): Promise<PeerFull> {
    const marked = markedId(known.type, known.id);
    // The answer was learnt from, so this is how it is now.
    const now = await this.lookup.known(marked, options);
    const info = await infoOf(this.context, this.lookup, now, options);
    const { full } = answer;
    const rest = {
      users: answer.users,
      chats: answer.chats,
      lastUpdate: new Date(this.context.now()),
    };
    switch (info.type) {
      case 'user':
      case 'bot':
        if (full._ === 'userFull') return { ...info, ...rest, full };
        break;
      case 'group':
        if (full._ === 'chatFull') return { ...info, ...rest, full };
        break;
      default:
        if (full._ === 'channelFull') return { ...info, ...rest, full };
    }
    const what = `${marked} is a ${info.type}, but the server answered with ${full._}`;
    throw new PeerError('WRONG_PEER_TYPE', String(marked), what);
  }
}

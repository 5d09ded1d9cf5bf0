import { base } from '@tlgen/telegram';
import type { Random } from '../../../support/random.js';
import type { Box, Happened, Kept } from './history.js';
import * as make from './make.js';

export const USERS = [100n, 101n, 102n, 103n] as const;
export const GROUPS = [200n, 201n] as const;
const FIRST_CHANNEL = 501n;
/** Not 0, so that nobody gets away with assuming 0 or 1. */
const BEGIN = 40;

/** How a server of one run is. */
export interface ServerPlan {
  readonly channels: number;
  /** Updates it keeps of a box: who is further behind is told that it is too long. */
  readonly keeps: number;
  /** Most updates of one answer. */
  readonly slice: number;
}

/** What the truth is: the history of everything, and messages as they are. */
export class ModelServer {
  readonly histories = new Map<Box, Happened[]>([
    ['common', []],
    ['qts', []],
    ['seq', []],
  ]);
  readonly messages = new Map<number, Kept>();
  /** Channels the account is in. */
  readonly joined = new Set<bigint>();
  seq = BEGIN;
  date = 100;
  /** Secret messages up to there were confirmed, and are not kept. */
  confirmed = 0;
  #id = 0;
  readonly #groups = new Set<bigint>(GROUPS);

  constructor(
    readonly random: Random,
    readonly plan: ServerPlan,
  ) {
    for (let i = 0; i < plan.channels; i++) this.open();
  }

  get channels(): bigint[] {
    return [...this.histories.keys()].filter((box) => typeof box === 'bigint');
  }

  get groups(): bigint[] {
    return [...this.#groups];
  }

  history(box: Box): Happened[] {
    return this.histories.get(box) ?? [];
  }

  at(box: Box): number {
    if (box === 'seq') return this.seq;
    const begin = typeof box === 'bigint' && box > 600n ? 1 : BEGIN;
    return this.history(box).at(-1)?.pts ?? begin;
  }

  /** A channel that the account is in from now on. */
  open(migrated = false): bigint {
    const id = FIRST_CHANNEL + BigInt(this.channels.length) + (migrated ? 100n : 0n);
    this.histories.set(id, []);
    this.joined.add(id);
    return id;
  }

  /** A new message. @param out - the account's own. */
  say(peer: base.TypePeer, out = false): Happened {
    const box = peer._ === 'peerChannel' ? peer.channelId : 'common';
    const from = out ? make.SELF : peer._ === 'peerUser' ? peer.userId : this.random.pick(USERS);
    const id = ++this.#id;
    const kept: Kept = { id, box, peer, from, out, date: ++this.date, version: 0, deleted: false };
    this.messages.set(id, kept);
    const counted = { pts: this.at(box) + 1, ptsCount: 1, message: make.messageOf(kept) };
    const update =
      box === 'common'
        ? new base.UpdateNewMessage(counted)
        : new base.UpdateNewChannelMessage(counted);
    return this.#note(box, `new ${id}`, 1, update, { message: id, users: [from] });
  }

  /** A message is edited; null: there is none. */
  edit(box: Box, out = false): Happened | null {
    const kept = this.#some(box, out);
    if (kept === null) return null;
    kept.version = ++this.#id;
    const counted = { pts: this.at(box) + 1, ptsCount: 1, message: make.messageOf(kept) };
    const update =
      box === 'common'
        ? new base.UpdateEditMessage(counted)
        : new base.UpdateEditChannelMessage(counted);
    return this.#note(box, `edit ${kept.id} ${kept.version}`, 1, update, { users: [kept.from] });
  }

  /** Some messages are deleted, each of which takes a number; null: there are none. */
  remove(box: Box, which?: readonly number[]): Happened | null {
    const live = this.#live(box).map(({ id }) => id);
    const ids = which ?? live.filter(() => this.random.chance(30)).slice(0, 4);
    if (ids.length === 0) return null;
    for (const id of ids) (this.messages.get(id) as Kept).deleted = true;
    const counted = { messages: [...ids], pts: this.at(box) + ids.length, ptsCount: ids.length };
    const update =
      typeof box === 'bigint'
        ? new base.UpdateDeleteChannelMessages({ channelId: box, ...counted })
        : new base.UpdateDeleteMessages(counted);
    return this.#note(box, `delete ${ids.join(',')}`, ids.length, update);
  }

  read(): Happened {
    const id = ++this.#id;
    const update = new base.UpdateReadHistoryInbox({
      peer: new base.PeerUser({ userId: this.random.pick(USERS) }),
      maxId: id,
      stillUnreadCount: id,
      pts: this.at('common') + 1,
      ptsCount: 1,
    });
    return this.#note('common', `read ${id}`, 1, update);
  }

  pin(channelId: bigint): Happened {
    const id = ++this.#id;
    const counted = { pts: this.at(channelId) + 1, ptsCount: 1 };
    const update = new base.UpdatePinnedChannelMessages({
      pinned: true,
      channelId,
      messages: [1, id],
      ...counted,
    });
    return this.#note(channelId, `pin ${id}`, 1, update);
  }

  secret(): Happened {
    const id = ++this.#id;
    const message = new base.EncryptedMessageService({
      randomId: BigInt(id),
      chatId: 1,
      date: this.date,
      bytes: new Uint8Array(4),
    });
    const update = new base.UpdateNewEncryptedMessage({ message, qts: this.at('qts') + 1 });
    return this.#note('qts', `secret ${id}`, 1, update, { secret: message });
  }

  /** Something of a bot, which qts numbers too. */
  stopped(): Happened {
    const date = ++this.#id;
    const qts = this.at('qts') + 1;
    const userId = this.random.pick(USERS);
    const update = new base.UpdateBotStopped({ userId, date, stopped: true, qts });
    return this.#note('qts', `stopped ${date}`, 1, update, { users: [userId] });
  }

  /** Something without a number of its own: the container has it. */
  phone(): Happened {
    const phone = String(++this.#id);
    const update = new base.UpdateUserPhone({ userId: this.random.pick(USERS), phone });
    this.seq++;
    return this.#note('seq', `phone ${phone}`, 1, update);
  }

  /** Tells of a pts and takes none. Not kept: no difference brings it. */
  page(): { readonly update: base.UpdateWebPage; readonly pts: number } {
    const webpage = new base.WebPageEmpty({ id: BigInt(++this.#id) });
    const pts = this.at('common');
    return { update: new base.UpdateWebPage({ webpage, pts, ptsCount: 0 }), pts };
  }

  /** The account is in the channel no more, or again. */
  member(channel: bigint, joins: boolean): Happened {
    if (joins) this.joined.add(channel);
    else this.joined.delete(channel);
    this.seq++;
    const update = new base.UpdateChannel({ channelId: channel });
    return this.#note('seq', '', 1, update);
  }

  /** A basic group becomes a supergroup, which counts anew. */
  migrate(): { readonly last: Happened; readonly channel: bigint } | null {
    const chatId = this.groups[0];
    if (chatId === undefined) return null;
    this.#groups.delete(chatId);
    return { last: this.say(new base.PeerChat({ chatId })), channel: this.open(true) };
  }

  /** Live messages of a box. */
  #live(box: Box): Kept[] {
    return [...this.messages.values()].filter((one) => one.box === box && !one.deleted);
  }

  #some(box: Box, out: boolean): Kept | null {
    const live = this.#live(box).filter((one) => !out || one.out);
    return live.length === 0 ? null : this.random.pick(live);
  }

  #note(
    box: Box,
    name: string,
    count: number,
    update: base.TypeUpdate,
    more: Partial<Happened> = {},
  ): Happened {
    const pts = box === 'seq' ? this.seq : this.at(box) + count;
    const happened: Happened = {
      box,
      name,
      pts,
      count,
      date: ++this.date,
      update,
      users: [],
      ...more,
    };
    this.history(box).push(happened);
    return happened;
  }
}

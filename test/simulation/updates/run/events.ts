import { base, channels, messages } from '@tlgen/telegram';
import type { TlMethod } from '@tlgen/codec';
import type { Random } from '../../../support/random.js';
import type { Box, Happened } from '../model/history.js';
import * as make from '../model/make.js';
import { USERS, type ModelServer } from '../model/server.js';

/** An own request: carried out when it comes to the server, once. */
export interface Own {
  readonly request: TlMethod;
  /** null: it is refused. */
  perform(): unknown;
  /** Messages that the user deletes. */
  readonly deletes?: readonly number[];
}

/** What happens in a run, at random. */
export class Events {
  constructor(
    private readonly random: Random,
    private readonly server: ModelServer,
    private readonly unknown: number,
  ) {}

  /** Something of others happens. @returns the containers that tell of it. */
  happen(box: Box): base.TypeUpdates[] {
    const { random, server } = this;
    const burst = random.chance(15) ? 2 + random.below(10) : 1 + random.below(2);
    const list: Happened[] = [];
    for (let i = 0; i < burst; i++) {
      const one = this.#one(box);
      if (one !== null) list.push(one);
    }
    if (box === 'seq') return [this.#numbered(list)];
    if (box === 'common' && random.chance(10)) {
      const { update } = server.page();
      return [...this.#tell(list), this.#container([update], [])];
    }
    return this.#tell(list);
  }

  /** Tells of things, together or one by one. */
  #tell(list: readonly Happened[]): base.TypeUpdates[] {
    if (list.length === 0) return [];
    if (this.random.chance(15)) {
      const channel = list[0]?.box;
      if (typeof channel === 'bigint') {
        const pts = this.random.chance(50) ? this.server.at(channel) : undefined;
        const tooLong = new base.UpdateChannelTooLong({ channelId: channel, pts });
        return [this.#container([tooLong], [])];
      }
      return [new base.UpdatesTooLong()];
    }
    if (this.random.chance(15)) {
      this.server.seq++;
      return [this.#together(list, this.server.seq, this.server.seq)];
    }
    if (this.random.chance(40)) return [this.#together(list, 0, 0)];
    return list.map((one) => this.#alone(one));
  }

  #one(box: Box): Happened | null {
    const { random, server } = this;
    const roll = random.below(100);
    if (box === 'seq') return server.phone();
    if (box === 'qts') return roll < 70 ? server.secret() : server.stopped();
    if (box === 'common') {
      if (roll < 15) return server.edit(box);
      if (roll < 25) return server.remove(box);
      if (roll < 35) return server.read();
      const chatId = server.groups.at(-1);
      if (roll < 55 && chatId !== undefined) return server.say(new base.PeerChat({ chatId }));
      return server.say(new base.PeerUser({ userId: random.pick(USERS) }));
    }
    if (roll < 20) return server.edit(box);
    if (roll < 30) return server.remove(box);
    if (roll < 40) return server.pin(box);
    return server.say(new base.PeerChannel({ channelId: box }));
  }

  /** A container of what has only the container's number. */
  #numbered(list: readonly Happened[]): base.TypeUpdates {
    const seqStart = list[0]?.pts ?? 0;
    const container = this.#together(list, seqStart, this.server.seq);
    return container;
  }

  #together(list: readonly Happened[], seqStart: number, seq: number): base.TypeUpdates {
    const all = list.map(({ update }) => update);
    const init = {
      updates: all,
      date: list.at(-1)?.date ?? this.server.date,
      ...this.#entities(list),
    };
    return seqStart === seq && this.random.chance(50)
      ? new base.Updates({ ...init, seq })
      : new base.UpdatesCombined({ ...init, seqStart, seq });
  }

  #container(list: base.TypeUpdate[], of: readonly Happened[]): base.Updates {
    return new base.Updates({
      updates: list,
      date: this.server.date,
      seq: 0,
      ...this.#entities(of),
    });
  }

  #alone(one: Happened): base.TypeUpdates {
    const { update, date } = one;
    if (this.random.chance(10)) return new base.UpdateShort({ update, date });
    if (update._ !== 'updateNewMessage' || this.random.chance(50))
      return this.#together([one], 0, 0);
    const { message, pts, ptsCount } = update;
    if (message._ !== 'message') return this.#together([one], 0, 0);
    const short = { id: message.id, message: message.message, pts, ptsCount, date };
    if (message.peerId._ === 'peerUser') {
      return new base.UpdateShortMessage({ ...short, userId: message.peerId.userId });
    }
    const fromId = one.users[0] ?? 0n;
    if (message.peerId._ !== 'peerChat') return this.#together([one], 0, 0);
    return new base.UpdateShortChatMessage({ ...short, fromId, chatId: message.peerId.chatId });
  }

  #entities(list: readonly Happened[]): { users: base.TypeUser[]; chats: base.TypeChat[] } {
    const ids = new Set(list.flatMap(({ users }) => users));
    const users = [...ids].flatMap((id) => {
      if (!this.random.chance(this.unknown)) return make.user(id);
      return this.random.chance(50) ? make.user(id, true) : [];
    });
    const boxes = new Set(list.map(({ box }) => box));
    const chats: base.TypeChat[] = [];
    for (const box of boxes) {
      if (typeof box === 'bigint') chats.push(make.channel(box));
      if (box === 'common') chats.push(...this.server.groups.map((id) => make.group(id)));
    }
    return { users, chats };
  }

  /** The account is thrown out of a channel, or comes back. */
  member(channel: bigint, joins: boolean): base.TypeUpdates {
    const { update, date } = this.server.member(channel, joins);
    const chats = [joins ? make.channel(channel) : make.forbidden(channel)];
    return new base.Updates({ updates: [update], users: [], chats, date, seq: this.server.seq });
  }

  /** A group becomes a supergroup. @returns containers, none: there is no group. */
  migrate(): base.TypeUpdates[] {
    const migrated = this.server.migrate();
    if (migrated === null) return [];
    const first = this.server.say(new base.PeerChannel({ channelId: migrated.channel }));
    return [this.#together([migrated.last, first], 0, 0)];
  }

  /** Something the user does; null: there is nothing to do it to. */
  own(shown: ReadonlyMap<number, string>): Own | null {
    const roll = this.random.below(100);
    if (roll < 50) return this.#send();
    if (roll < 65) return this.#read();
    return roll < 85 ? this.#delete(shown) : this.#edit();
  }

  #send(): Own {
    const { server, random } = this;
    const joined = [...server.joined];
    const to = random.below(3);
    let peer: base.TypePeer = new base.PeerUser({ userId: random.pick(USERS) });
    const group = server.groups.at(-1);
    if (to === 1 && group !== undefined) peer = new base.PeerChat({ chatId: group });
    if (to === 2 && joined.length > 0) {
      peer = new base.PeerChannel({ channelId: random.pick(joined) });
    }
    const short = peer._ !== 'peerChannel' && random.chance(60);
    const randomId = BigInt(random.next());
    // nobody knows the id before the server gives it: the text is the model's affair
    const request = new messages.SendMessageRequest({
      peer: make.inputPeer(peer),
      message: '',
      randomId,
    });
    const perform = (): unknown => {
      if (peer._ === 'peerChannel' && !server.joined.has(peer.channelId)) return null;
      const happened = server.say(peer, true);
      const { update, date } = happened;
      if (update._ !== 'updateNewMessage' && update._ !== 'updateNewChannelMessage') return null;
      const { pts, ptsCount, message } = update;
      request.message = make.textOf(message.id, 0);
      if (short) {
        return new base.UpdateShortSentMessage({ out: true, id: message.id, pts, ptsCount, date });
      }
      const known = new base.UpdateMessageID({ id: message.id, randomId });
      return this.#container([known, update], [happened]);
    };
    return { request, perform };
  }

  #edit(): Own {
    const { server, random } = this;
    const box = random.pick<Box>(['common', ...server.joined]);
    const request = new messages.EditMessageRequest({ peer: new base.InputPeerSelf(), id: 1 });
    const perform = (): unknown => {
      const happened = server.edit(box, true);
      return happened && this.#container([happened.update], [happened]);
    };
    return { request, perform };
  }

  #read(): Own {
    const peer = new base.InputPeerUser({ userId: 100n, accessHash: 1100n });
    const request = new messages.ReadHistoryRequest({ peer, maxId: 1 });
    const perform = (): unknown => {
      const happened = this.server.read();
      happened.silent = true;
      return new messages.AffectedMessages({ pts: happened.pts, ptsCount: happened.count });
    };
    return { request, perform };
  }

  /** Deletes messages that the user sees. */
  #delete(shown: ReadonlyMap<number, string>): Own | null {
    const { server, random } = this;
    const live = [...shown.keys()].flatMap((id) => {
      const one = server.messages.get(id);
      return one === undefined || one.deleted ? [] : one;
    });
    if (live.length === 0) return null;
    const { box } = random.pick(live);
    if (typeof box === 'bigint' && !server.joined.has(box)) return null;
    const id = live
      .filter((one) => one.box === box)
      .slice(0, 1 + random.below(3))
      .map((one) => one.id);
    const request =
      typeof box === 'bigint'
        ? new channels.DeleteMessagesRequest({ channel: make.inputChannel(box), id })
        : new messages.DeleteMessagesRequest({ id });
    const perform = (): unknown => {
      const left = id.filter((one) => server.messages.get(one)?.deleted === false);
      const happened = server.remove(box, left);
      if (happened === null) return null;
      happened.silent = true;
      return new messages.AffectedMessages({ pts: happened.pts, ptsCount: happened.count });
    };
    return { request, perform, deletes: id };
  }
}

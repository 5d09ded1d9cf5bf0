import type { base } from '@tlgen/telegram';
import type { Delivery, Lost } from '../../../../packages/runtime/src/updates/engine/index.js';
import { nameOf, type Box, type Happened } from '../model/history.js';
import { textOf } from '../model/make.js';
import type { ModelServer } from '../model/server.js';

/** What the user of the client sees, over all its lives, and the rules that it is judged by. */
export class View {
  readonly problems: string[] = [];
  /** What handlers got, whenever. */
  readonly seen = new Set<string>();
  /** Events told as lost. */
  readonly lost = new Set<string>();
  /** Text of messages that are there. */
  readonly messages = new Map<number, string>();
  /** What was done with when a life ended in good order: it never comes again. */
  readonly #settled = new Set<string>();
  readonly #done = new Set<string>();
  readonly #shown = new Set<string>();
  readonly #keys = new Map<string, string>();
  readonly #deletedByUser = new Set<number>();
  /** Of channels: from where on each event has to come; absent: from nowhere. */
  #followed = new Map<bigint, number>();
  #durable = new Map<bigint, number>();
  /** Of this life. */
  #inLife = new Set<string>();
  #doneInLife = new Set<string>();
  #last = new Map<string, number>();
  /** Boxes that began anew in this life: what was pushed before may come again. */
  #anew = new Set<Box>();
  deliveries = 0;

  constructor(
    private readonly server: ModelServer,
    /** Whether lanes keep the order of chats only, and not that of boxes. */
    private readonly lanes: boolean,
  ) {}

  begins(): void {
    this.#inLife = new Set();
    this.#doneInLife = new Set();
    this.#last = new Map();
    this.#anew = new Set();
    this.#followed = new Map(this.#durable);
  }

  /** All that was done in this life is durable: it does not come again. @param secrets - nor do secret messages. */
  settled(secrets: boolean): void {
    for (const name of this.#doneInLife) {
      if (secrets || !name.startsWith('secret')) this.#settled.add(name);
    }
  }

  follows(channel: bigint, pts: number): void {
    if (!this.#followed.has(channel)) this.#followed.set(channel, pts);
  }

  /** The client hears that it cannot follow the channel. */
  unfollows(channel: bigint): void {
    this.#followed.delete(channel);
    this.#durable.delete(channel);
    this.#anew.add(channel);
  }

  /** What is followed is remembered. @returns to be called when that is durable. */
  saving(): () => void {
    const followed = new Map(this.#followed);
    return () => {
      // what cannot be followed any more meanwhile is not
      for (const [id, pts] of followed) if (this.#followed.has(id)) this.#durable.set(id, pts);
    };
  }

  /** The user deleted messages: whatever comes, they are gone. */
  deletes(ids: readonly number[]): void {
    for (const id of ids) {
      this.#deletedByUser.add(id);
      this.messages.delete(id);
    }
  }

  startsAnew(box: Box): void {
    this.#anew.add(box);
  }

  /** A delivery of the feed: judged, and shown unless handlers do. */
  delivered(delivery: Delivery): void {
    this.deliveries++;
    const event = this.#eventOf(delivery);
    if (event === null) return;
    const { name, box, pts } = event;
    if (typeof box === 'bigint' && this.server.joined.has(box))
      this.follows(box, pts - event.count);
    this.#checkKey(name, delivery.key);
    this.#checkTwice(event);
    this.#checkOrder(event, delivery);
    if (!this.lanes) this.shows(delivery.update);
    this.#inLife.add(name);
    this.seen.add(name);
  }

  /** An update is applied. Whoever goes by its key does so once. */
  shows(update: base.TypeUpdate): void {
    const name = nameOf(update)?.name;
    if (name === undefined || this.#shown.has(name)) return;
    this.#shown.add(name);
    switch (update._) {
      case 'updateNewMessage':
      case 'updateNewChannelMessage':
      case 'updateEditMessage':
      case 'updateEditChannelMessage': {
        const { message } = update;
        if (message._ !== 'message' || this.#deletedByUser.has(message.id)) return;
        this.messages.set(message.id, message.message);
        return;
      }
      case 'updateDeleteMessages':
      case 'updateDeleteChannelMessages':
        // across chats lanes keep no order: the model's user remembers what is gone
        if (this.lanes) this.deletes(update.messages);
        else for (const id of update.messages) this.messages.delete(id);
        return;
      default:
    }
  }

  /** Handlers are done with it. */
  isDone(update: base.TypeUpdate): void {
    const named = nameOf(update);
    if (named === null) return;
    this.#done.add(named.name);
    this.#doneInLife.add(named.name);
  }

  losing({ box, from, to }: Lost): void {
    if (from !== null && to !== null && to < from && typeof box === 'bigint') {
      this.problems.push(`lost backwards in ${box}: ${from} to ${to}`);
    }
    for (const { pts, name } of this.server.history(box)) {
      if (pts > (from ?? 0) && pts <= (to ?? Infinity)) this.lost.add(name);
    }
    if (typeof box !== 'bigint') return;
    if (to === null) this.unfollows(box);
    else this.follows(box, to);
  }

  /** What has to be true when all is quiet. */
  judge(): void {
    for (const [box, history] of this.server.histories) {
      for (const event of history) {
        if (!this.#owed(box, event)) continue;
        if (!this.seen.has(event.name)) this.problems.push(`${event.name} of ${box} never came`);
        // what a journal holds is handled from there
        else if (!this.#done.has(event.name) && !event.secret)
          this.problems.push(`${event.name} was never done`);
      }
    }
    this.#judgeMessages();
  }

  #judgeMessages(): void {
    const excused = new Set<number>();
    for (const [box, history] of this.server.histories) {
      for (const event of history) {
        if (this.#owed(box, event) || event.silent) continue;
        for (const id of idsOf(event.update)) excused.add(id);
      }
    }
    for (const { id, version, deleted } of this.server.messages.values()) {
      const shown = this.messages.get(id) ?? null;
      const truth = deleted ? null : textOf(id, version);
      if (shown !== truth && !excused.has(id)) {
        this.problems.push(`message ${id} is ${shown ?? 'not there'}, not ${truth ?? 'gone'}`);
      }
    }
  }

  #owed(box: Box, { name, pts, silent }: Happened): boolean {
    if (name === '' || silent === true || this.lost.has(name)) return false;
    if (typeof box !== 'bigint') return true;
    return this.server.joined.has(box) && pts > (this.#followed.get(box) ?? Infinity);
  }

  #eventOf({ update, box, from }: Delivery): Happened | null {
    const named = nameOf(update);
    if (named === null || named.name.startsWith('page')) return null;
    const event = this.server.history(box).find(({ name }) => name === named.name);
    if (event === undefined) {
      this.problems.push(`${named.name} did not happen in ${box}`);
      return null;
    }
    const bare = named.told === 0 && from === 'difference';
    if (!bare && box !== 'seq' && named.told !== event.pts) {
      this.problems.push(`${named.name} of ${event.pts} with pts ${named.told}`);
    }
    return event;
  }

  #checkKey(name: string, key: string | null): void {
    if (key === null) {
      if (!name.startsWith('phone')) this.problems.push(`${name} has no key`);
      return;
    }
    const known = this.#keys.get(key);
    if (known !== undefined && known !== name) {
      this.problems.push(`${name} has the key of ${known}: ${key}`);
    }
    this.#keys.set(key, name);
  }

  #checkTwice({ name, box }: Happened): void {
    if (this.#anew.has(box)) return;
    if (this.#inLife.has(name)) this.problems.push(`${name} of ${box} came twice in one life`);
    if (this.#settled.has(name)) this.problems.push(`${name} of ${box} came after it was settled`);
  }

  /**
   * A difference lists new messages apart from what happened to them: each kind has its order. Secret messages are on
   * their own at all times: a journal holds them up.
   */
  #checkOrder({ name, box, pts, secret }: Happened, { from }: Delivery): void {
    if (this.#anew.has(box)) return;
    const kind = secret ? 'secret' : name.startsWith('new') ? 'new' : 'other';
    const before = (of: string): number => this.#last.get(`${box} ${of}`) ?? 0;
    let after = before(kind);
    if (!secret) {
      const apart = from === 'difference' ? ['pushed'] : ['new', 'other'];
      after = Math.max(after, ...apart.map(before));
    }
    if (pts <= after) this.problems.push(`${name} at ${pts} came after ${after} in ${box}`);
    this.#last.set(`${box} ${kind}`, Math.max(pts, before(kind)));
    if (from !== 'difference' && !secret) this.#last.set(`${box} pushed`, pts);
  }
}

/** Messages that an update changes. */
function idsOf(update: base.TypeUpdate): readonly number[] {
  switch (update._) {
    case 'updateNewMessage':
    case 'updateNewChannelMessage':
    case 'updateEditMessage':
    case 'updateEditChannelMessage':
      return [update.message.id];
    case 'updateDeleteMessages':
    case 'updateDeleteChannelMessages':
      return update.messages;
    default:
      return [];
  }
}

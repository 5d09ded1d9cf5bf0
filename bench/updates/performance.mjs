import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { updates } from '@tlgen/telegram';
import { person, supergroup } from './mixture.mjs';
import { RoundsOfBytes } from './rounds-of-bytes.mjs';
import { isMessage, UpdateSum } from './sum.mjs';

const FRIENDS = 30;
const GROUPS = 10;
/** Updates under way at most: with more, GramJS answers pings too late and connects anew, and what was under way is lost. */
const WINDOW = 400;
/** Containers between two looks at the socket. */
const BATCH = 50;
/** Milliseconds without a call after which a client is where it wants to be. */
const QUIET = 500;
/** First pts of a supergroup, and its first message, so that no two supergroups ever have the same. */
const APART = 20_000_000;

const DIFFERENCES = [updates.GetDifferenceRequest, updates.GetChannelDifferenceRequest];

/** What one reader is shown: people and supergroups of its own, and then updates of theirs. */
export class Performance {
  /** Differences that the reader asked for. */
  differences = 0;
  /** What was seen, and what is to be seen so far, by the call of `pour` that runs and those before. */
  #received = 0;
  #due = 0;
  #heardAt = performance.now();
  #pushed = 0;
  #containers = 0;
  /** @type {RoundsOfBytes | null} */
  #rounds = null;
  /** @type {(() => void)[]} */
  #handlers = [];
  /** @type {() => void} */
  #wake = () => {};

  /**
   * @param {import('@tlgen/local-dc').LocalDc} dc
   * @param {import('@tlgen/codec').Registry} registry - of the reader's layer
   * @param {number} each - updates per container
   * @param {boolean} messagesOnly - the reader looks at nothing but new messages
   */
  static async prepare(dc, registry, each, messagesOnly) {
    const reader = await dc.createUser({ firstName: 'Reader' });
    const friends = [];
    for (let i = 0; i < FRIENDS; i++) {
      const friend = await dc.createUser({ firstName: `Friend ${i}` });
      friends.push(friend);
    }
    const groups = Array.from({ length: GROUPS }, (_, i) => {
      const members = [reader, ...friends];
      const [creator = reader] = friends;
      const title = `Group ${i}`;
      const group = dc.createChannel({ title, creator, members, megagroup: true });
      const channel = dc.world.channels.get(group.id);
      if (channel) channel.box.pts += (i + 1) * APART;
      return group;
    });
    return new Performance(dc, registry, each, messagesOnly, reader, friends, groups);
  }

  /**
   * @param {import('@tlgen/local-dc').LocalDc} dc
   * @param {import('@tlgen/codec').Registry} registry
   * @param {number} each
   * @param {boolean} messagesOnly
   * @param {import('@tlgen/local-dc').TestUser} reader
   * @param {import('@tlgen/local-dc').TestUser[]} friends
   * @param {import('@tlgen/local-dc').TestChat[]} groups
   */
  constructor(dc, registry, each, messagesOnly, reader, friends, groups) {
    this.dc = dc;
    this.registry = registry;
    this.each = each;
    this.messagesOnly = messagesOnly;
    this.reader = reader;
    this.friends = friends;
    this.groups = groups;
    const noted = (/** @type {boolean} */ difference) => (_, /** @type {any} */ context) => {
      if (context.user.id === reader.id) {
        this.#heardAt = performance.now();
        if (difference) this.differences++;
      }
      return context.next();
    };
    for (const one of [...DIFFERENCES, updates.GetStateRequest])
      this.#handlers.push(dc.handle(one, noted(one !== updates.GetStateRequest)));
  }

  /**
   * Everybody writes to the reader, and into each group: all are known then, and all boxes.
   *
   * @returns {Promise<number>} messages
   */
  async greet() {
    await this.#quiet();
    for (const friend of this.friends) this.dc.send(friend, this.reader, 'Hello!');
    for (const group of this.groups)
      for (const friend of this.friends) this.dc.send(friend, group, 'Good morning, everybody!');
    await this.#quiet();
    return this.friends.length * (1 + this.groups.length);
  }

  /**
   * Pushes as many updates.
   *
   * @param {number} count - whole rounds
   * @returns {Promise<{ count: number, sum: number, differences: number, cpu: number }>} what was to be seen; how often
   *   differences were asked for meanwhile; µs of CPU time of this process
   */
  async pour(count) {
    const before = this.differences;
    const cpu = process.cpuUsage();
    const sum = new UpdateSum();
    const rounds = (this.#rounds ??= this.#prepared());
    const end = this.#pushed + count;
    const { length } = rounds.lines;
    while (this.#pushed < end) {
      const {
        one,
        words,
        updates: within,
      } = rounds.at(Math.floor(this.#containers / length), this.#containers % length);
      this.#containers++;
      for (const { kind, number } of within) {
        if (this.messagesOnly && !isMessage(kind)) continue;
        sum.addNumber(kind, number);
        this.#due++;
      }
      this.#pushed += within.length;
      this.#push(one, words);
      if (this.#containers % BATCH === 0) await turn();
      while (this.#due - this.#received > WINDOW)
        await new Promise((resolve) => (this.#wake = () => resolve(undefined)));
    }
    this.#move();
    while (this.#received < this.#due)
      await new Promise((resolve) => (this.#wake = () => resolve(undefined)));
    const { user, system } = process.cpuUsage(cpu);
    // What is doubled or asked for comes a little later.
    await sleep(QUIET);
    const differences = this.differences - before;
    return { count: sum.count, sum: sum.sum, differences, cpu: user + system };
  }

  /** The reader has got so many. @param {number} count */
  got(count) {
    this.#received = count;
    this.#wake();
  }

  end() {
    this.#received = Infinity;
    this.#wake();
    for (const remove of this.#handlers) remove();
  }

  async #quiet() {
    this.#heardAt = performance.now();
    while (performance.now() - this.#heardAt < QUIET) await sleep(20);
  }

  /** The bytes of all that can be pushed, from where the boxes are now. */
  #prepared() {
    const { world } = this.dc;
    const { id: me } = this.reader;
    const people = this.friends.map(({ id }, i) =>
      person(String(id), String(world.accessHash(me, `user:${id}`)), i),
    );
    const groups = this.groups.map(({ id }, i) => ({
      box: { pts: world.channels.get(id)?.box.pts ?? 0, id: (i + 1) * APART },
      chat: supergroup(String(id), String(world.accessHash(me, `channel:${id}`)), i),
    }));
    const box = world.user(me)?.box;
    const stage = {
      date: world.now(),
      box: { pts: box?.pts ?? 0, id: (box?.newestId ?? 0) + 1000 },
      seq: world.homesOf(me)[0]?.seq ?? 0,
      users: people,
      groups,
    };
    return new RoundsOfBytes(stage, this.each, this.registry);
  }

  /** The boxes of the data center go along: asked for a difference, it would agree. */
  #move() {
    const rounds = /** @type {RoundsOfBytes} */ (this.#rounds);
    const [first, second] = rounds.after;
    if (!first || !second) return;
    const whole = this.#containers / rounds.lines.length;
    const moved = (/** @type {number} */ after, /** @type {number} */ then) =>
      after + (then - after) * (whole - 1);
    const { world } = this.dc;
    const box = world.user(this.reader.id)?.box;
    if (box) box.pts = moved(first.box.pts, second.box.pts);
    for (const [i, { id }] of this.groups.entries()) {
      const channel = world.channels.get(id);
      const [a, b] = [first.groups[i], second.groups[i]];
      if (channel && a && b) channel.box.pts = moved(a.box.pts, b.box.pts);
    }
    for (const one of world.homesOf(this.reader.id)) one.seq = moved(first.seq, second.seq);
  }

  /**
   * @param {import('@tlgen/codec').TlClass} one
   * @param {Int32Array} words
   */
  #push(one, words) {
    const body = Object.create(one.prototype, {
      $write: {
        value: (/** @type {import('@tlgen/codec').TlWriter} */ writer) => {
          for (const word of words) writer.id(word);
        },
      },
    });
    this.dc.world.options.deliver({ userId: this.reader.id, build: () => body });
  }
}

import { layoutOf, TlgenError, type PeerLike } from '@tlgen/codec';
import * as tl from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { describe, expect, it } from 'vitest';
import { readPeer } from '../../packages/runtime/src/peers/memory/records.js';
import { parsePeer } from '../../packages/runtime/src/peers/parse/parse-peer.js';
import { Random, RUNS, seedFor } from '../support/random.js';
import { randomLong, randomText } from '../support/random-values.js';
import { openStorage } from '../unit/runtime/peers/fake-storage.js';
import { RandomObjects } from './objects.js';

const objects = new RandomObjects(schema.registry);
const classes = [...schema.registry];

const PIECES = [
  // Those without white space, as one text.
  `@ t.me/ https:// telegram.me/ tg:// resolve?domain= user?id= + -100 joinchat/ c/ me self support`.split(
    ' ',
  ),
  `durov user# channel#id 1 12345 - 0 9999999999999999999 / ? & # = % %00 é 👍 .. __proto__`.split(
    ' ',
  ),
  `constructor .t.me addlist/ &hash= contact/ // :`.split(' '),
  [' ', '\n', '\u0000', '\ud800'],
].flat();

/** Objects as people have them: right ones, ones with fields of others, and none at all. */
function likeness(random: Random, depth = 3): unknown {
  if (random.chance(30))
    return objects.of(
      random,
      random.pick(['Peer', 'InputPeer', 'User', 'Chat', 'Update', 'Updates']),
    );
  const made: Record<string, unknown> = {};
  const one = random.pick(classes);
  if (random.chance(70)) made['_'] = one.tl;
  for (const { name } of random.chance(50) ? layoutOf(one) : []) made[name] = piece(random, depth);
  for (const name of ['id', 'userId', 'peer', 'accessHash', 'min', 'updates', '__proto__'])
    if (random.chance(30))
      Object.defineProperty(made, name, { value: piece(random, depth), enumerable: true });
  return made;
}

function piece(random: Random, depth: number): unknown {
  if (depth > 0 && random.chance(30)) return likeness(random, depth - 1);
  return random.pick<() => unknown>([
    () => randomLong(random),
    () => random.next() / 7,
    () => random.pick([NaN, Infinity, -1, 2 ** 53, null, undefined, true]),
    () => randomText(random).slice(0, 50),
    () => [likeness(random, 0), null, 5],
    () => Symbol('x'),
  ])();
}

/** Nothing but references and typed errors, that say what was given in few words. */
function checked(like: unknown): boolean {
  try {
    const reference = parsePeer(like as PeerLike);
    expect(typeof reference.kind).toBe('string');
    return true;
  } catch (error) {
    if (!(error instanceof TlgenError)) throw new Error('untyped', { cause: error });
    expect(error).toMatchObject({ name: 'PeerError' });
    expect(error.message.length).toBeLessThan(600);
    // Nothing that a terminal takes for a command.
    expect(/[\p{Cc}\ud800-\udfff]/u.test(error.message.replaceAll('\n', ''))).toBe(false);
    return false;
  }
}

describe('whatever is given as a peer', () => {
  it('texts are read or refused', () => {
    let read = 0;
    for (let run = 0; run < 8_000 * RUNS; run++) {
      const random = new Random(seedFor('peer text', run));
      const parts = Array.from({ length: 1 + random.below(5) }, () =>
        random.chance(90) ? random.pick(PIECES) : randomText(random),
      );
      if (checked(parts.join(''))) read++;
    }
    expect(read).toBeGreaterThan(300);
  });

  it('objects are read or refused, and are never changed', () => {
    let read = 0;
    for (let run = 0; run < 2_500 * RUNS; run++) {
      const random = new Random(seedFor('peer object', run));
      const given = likeness(random);
      if (typeof given === 'object' && given !== null) Object.freeze(given);
      if (checked(given)) read++;
    }
    expect(read).toBeGreaterThan(100);
    const loop: Record<string, unknown> = { _: 'message' };
    loop['peerId'] = loop;
    loop['updates'] = [loop, { message: loop }];
    expect(checked(loop)).toBe(false);
    expect(checked(new Proxy({}, {}))).toBe(false);
  });
});

describe('peers that are stored', () => {
  const full = new tl.User({
    id: 5n,
    accessHash: -50n,
    firstName: 'Ada',
    username: 'ada_here',
    usernames: [new tl.Username({ username: 'second', active: true })],
    phone: '12345',
    bot: false,
  });

  it('are found, or as if they had never been seen, whatever byte of them was changed', async () => {
    const storage = await openStorage(0);
    await storage.peers().learn([full]);
    const [entry] = await storage.store.list('peer');
    if (!entry) throw new Error('nothing was stored');
    const [key, good] = entry;
    let found = 0;
    for (let at = 0; at < good.length; at++) {
      for (const mask of [0x01, 0x20, 0x80, good[at]! ^ 0x7d, 0xff]) {
        const bad = good.slice();
        bad[at]! ^= mask;
        await storage.store.commit([{ space: 'peer', key, value: bad }]);
        const peers = storage.peers();
        const known = await peers.get(5n);
        const named = await peers.byUsername('ada_here');
        await peers.byPhone('12345');
        if (known) found++;
        if (named) expect(named.usernames).toContain('ada_here');
        // Whatever it was, it is learned anew.
        await peers.learn([full]);
        expect(await peers.get(5n)).toMatchObject({ accessHash: -50n, name: 'Ada' });
      }
    }
    expect(found).toBeGreaterThan(0);
    expect(storage.logged.length).toBeGreaterThan(good.length);
  });

  it('are read or refused, cut and invented', () => {
    for (let run = 0; run < 4_000 * RUNS; run++) {
      const random = new Random(seedFor('peer record', run));
      const value = random.chance(50)
        ? random.bytes(random.below(40))
        : new TextEncoder().encode(
            JSON.stringify(
              { v: 1, t: 'user', id: '5', at: 1, h: '1', u: ['a'], s: ['5', 1] },
              (_, one: unknown) =>
                random.chance(20)
                  ? random.pick([null, -1, '', 'x', [], {}, '9'.repeat(25), [1], 1e300])
                  : one,
            ) ?? 'null',
          );
      try {
        const peer = readPeer(value);
        expect(typeof peer.id).toBe('bigint');
        for (const name of peer.usernames) expect(typeof name).toBe('string');
      } catch (error) {
        expect(error).toMatchObject({ code: 'damaged' });
      }
    }
  });

  it('by an index that points anywhere are found only where they say so themselves', async () => {
    const storage = await openStorage(0);
    await storage.peers().learn([full]);
    for (const mark of ['5', '-5', '6', '', 'x', '9'.repeat(30), '-1000000000005', '5\n']) {
      const value = new TextEncoder().encode(mark);
      const names = ['ada_here', 'other'].map((name) => ({
        space: 'peer-name',
        key: `main:${name}`,
        value,
      }));
      await storage.store.commit([...names, { space: 'peer-phone', key: 'main:999', value }]);
      const peers = storage.peers();
      expect((await peers.byUsername('ada_here'))?.id ?? null).toBe(mark === '5' ? 5n : null);
      expect(await peers.byUsername('other')).toBeNull();
      expect(await peers.byPhone('999')).toBeNull();
    }
  });
});

/** Gives users and chats ids that peers can have: most numbers are none. */
function withIds(random: Random, value: unknown): void {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
  const { _ } = value as { _?: string };
  if (_ !== undefined && /^(?:user|chat|channel)(?:Empty|Forbidden)?$/.test(_))
    (value as { id: bigint }).id = BigInt(1 + random.below(60));
  for (const inner of Object.values(value)) withIds(random, inner);
}

describe('what is learned', () => {
  it('api/no-throw-on-remote: of any answer, leaves records that can be read, of sane size', async () => {
    const storage = await openStorage(0);
    const peers = storage.peers({ cached: 20 });
    const TYPES = [
      'Updates',
      'messages.Messages',
      'messages.Dialogs',
      'contacts.ResolvedPeer',
      'User',
      'Chat',
    ];
    for (let run = 0; run < 600 * RUNS; run++) {
      const random = new Random(seedFor('learn', run));
      const answer = objects.of(random, random.pick(TYPES), 5);
      withIds(random, answer);
      await peers.learn(answer);
      expect(peers.cached).toBeLessThanOrEqual(20);
    }
    const all = await storage.store.list('peer');
    expect(all.length).toBeGreaterThan(50);
    for (const [, value] of all) {
      readPeer(value);
      expect(value.length).toBeLessThan(8_000);
    }
    for (const [, mark] of await storage.store.list('peer-name'))
      expect(new TextDecoder().decode(mark)).toMatch(/^-?\d{1,14}$/);
    await peers.forgetAll();
    for (const space of ['peer', 'peer-name', 'peer-phone'])
      expect(await storage.store.list(space)).toEqual([]);
  });
});

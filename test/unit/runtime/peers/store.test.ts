import * as tl from '@tlgen/telegram';
import { messages } from '@tlgen/telegram';
import { beforeEach, describe, expect, it } from 'vitest';
import type { PeerStore } from '../../../../packages/runtime/src/peers/memory/store.js';
import { openStorage, type PeerStorage } from './fake-storage.js';

const photo = new tl.ChatPhotoEmpty();
const channel = (more: Partial<tl.Channel> = {}): tl.Channel =>
  new tl.Channel({ id: 7n, accessHash: 70n, title: 'News', photo, date: 1, ...more });
const user = (more: Partial<tl.User> = {}): tl.User =>
  new tl.User({ id: 5n, accessHash: 50n, firstName: 'Ada', lastName: 'L', ...more });
const CHANNEL = -1_000_000_000_007n;

let storage: PeerStorage;
let peers: PeerStore;
beforeEach(async () => {
  storage = await openStorage();
  peers = storage.peers();
});

/** A message of a channel by user 5, who comes as a min constructor. */
const minSighting = (messageId: number, more: Partial<tl.User> = {}): messages.Messages =>
  new messages.Messages({
    messages: [
      new tl.Message({
        id: messageId,
        peerId: new tl.PeerChannel({ channelId: 7n }),
        fromId: new tl.PeerUser({ userId: 5n }),
        date: 1,
        message: '',
      }),
    ],
    topics: [],
    users: [user({ min: true, accessHash: 51n, firstName: 'Min', ...more })],
    chats: [],
  });

describe('what is remembered', () => {
  it('a user: hash, names, phone', async () => {
    await peers.learn([
      user({
        phone: '+1 234',
        bot: true,
        username: 'Ada',
        usernames: [
          new tl.Username({ username: 'Countess', active: true }),
          new tl.Username({ username: 'unused' }),
        ],
      }),
    ]);
    expect(await peers.get(5n)).toEqual({
      type: 'user',
      id: 5n,
      accessHash: 50n,
      min: false,
      seenIn: null,
      usernames: ['ada', 'countess'],
      phone: '1234',
      name: 'Ada L',
      bot: true,
      megagroup: false,
      seenAt: storage.now,
    });
    expect((await peers.byUsername('COUNTESS'))?.id).toBe(5n);
    expect((await peers.byUsername('ada'))?.id).toBe(5n);
    expect(await peers.byUsername('unused')).toBeNull();
    expect((await peers.byPhone('1234'))?.id).toBe(5n);
  });

  it('groups and channels, forbidden ones with what they tell, empty ones not', async () => {
    await peers.learn(
      new messages.Chats({
        chats: [
          new tl.Chat({ id: 6n, title: 'G', photo, participantsCount: 1, date: 1, version: 1 }),
          new tl.ChatForbidden({ id: 8n, title: 'Out' }),
          new tl.ChatEmpty({ id: 9n }),
          channel({ megagroup: true, username: 'news' }),
          new tl.ChannelForbidden({ id: 10n, accessHash: 100n, title: 'Shut', megagroup: true }),
        ],
      }),
    );
    expect(await peers.get(-6n)).toMatchObject({ type: 'chat', accessHash: null, name: 'G' });
    expect(await peers.get(-8n)).toMatchObject({ type: 'chat', name: 'Out' });
    expect(await peers.get(-9n)).toBeNull();
    expect(await peers.get(CHANNEL)).toMatchObject({ accessHash: 70n, megagroup: true });
    expect(await peers.get(-1_000_000_000_010n)).toMatchObject({
      accessHash: 100n,
      name: 'Shut',
      megagroup: true,
    });
    await peers.learn([new tl.UserEmpty({ id: 99n })]);
    expect(await peers.get(99n)).toBeNull();
  });

  it('a channel that was closed to us keeps its username, a deleted user keeps nothing', async () => {
    await peers.learn([channel({ username: 'news' })]);
    await peers.learn([new tl.ChannelForbidden({ id: 7n, accessHash: 71n, title: 'News' })]);
    expect(await peers.get(CHANNEL)).toMatchObject({ accessHash: 71n, usernames: ['news'] });
    await peers.learn([user({ username: 'ada', phone: '1234' })]);
    await peers.learn([new tl.User({ id: 5n, accessHash: 50n, deleted: true })]);
    expect(await peers.get(5n)).toMatchObject({ name: '', usernames: [], phone: null });
    expect(await peers.byUsername('ada')).toBeNull();
    expect(await peers.byPhone('1234')).toBeNull();
  });

  it('no more of a text than anybody can read, and no name that is none', async () => {
    const usernames = Array.from(
      { length: 1000 },
      (_, i) => new tl.Username({ username: `name_${i}`, active: true }),
    );
    await peers.learn([user({ firstName: 'x'.repeat(1e6), username: 'a b', usernames })]);
    const known = await peers.get(5n);
    expect(known?.name.length).toBeLessThan(1000);
    expect(known?.usernames.slice(0, 2)).toEqual(['name_0', 'name_1']);
    expect(known?.usernames).toHaveLength(64);
  });

  it('survives a restart; the worlds do not meet', async () => {
    await peers.learn([user({ username: 'ada' })]);
    await storage.reopen();
    expect(await storage.peers().byUsername('ada')).toMatchObject({ id: 5n, accessHash: 50n });
    const test = storage.peers({ world: 'test' });
    expect(await test.get(5n)).toBeNull();
    expect(await test.byUsername('ada')).toBeNull();
    await test.learn([user({ accessHash: 9n })]);
    await test.forgetAll();
    expect(await test.get(5n)).toBeNull();
    expect(await storage.peers().get(5n)).toMatchObject({ accessHash: 50n });
  });

  it('forgetAll forgets names as well, also after a restart', async () => {
    await peers.learn([user({ username: 'ada', phone: '1' })]);
    await peers.forgetAll();
    await storage.reopen();
    const again = storage.peers();
    expect(await again.get(5n)).toBeNull();
    expect(await again.byUsername('ada')).toBeNull();
    expect(await again.byPhone('1')).toBeNull();
  });
});

describe('min constructors', () => {
  it('never take anything from a full one', async () => {
    await peers.learn([user({ username: 'ada' })]);
    const before = await peers.get(5n);
    await peers.learn(minSighting(3));
    expect(await peers.get(5n)).toEqual(before);
  });

  it('are remembered with the newest message of them, until a full one comes', async () => {
    await peers.learn(minSighting(3));
    expect(await peers.get(5n)).toMatchObject({
      min: true,
      accessHash: 51n,
      name: 'Min L',
      seenIn: { peer: CHANNEL, messageId: 3 },
    });
    await peers.learn(minSighting(9));
    await peers.learn(minSighting(4));
    expect((await peers.get(5n))?.seenIn).toEqual({ peer: CHANNEL, messageId: 9 });
    await peers.learn([user()]);
    expect(await peers.get(5n)).toMatchObject({ min: false, accessHash: 50n, seenIn: null });
  });

  it('a full one without a hash takes no hash from a full one, and none from a min one', async () => {
    await peers.learn([user()]);
    await peers.learn([user({ accessHash: undefined, firstName: 'New' })]);
    expect(await peers.get(5n)).toMatchObject({ accessHash: 50n, name: 'New L' });
    await peers.learn([user({ id: 6n, min: true })]);
    await peers.learn([user({ id: 6n, accessHash: undefined })]);
    expect(await peers.get(6n)).toMatchObject({ accessHash: null, min: false });
  });

  it('tell where one without a hash was seen', async () => {
    await peers.learn([user({ accessHash: undefined })]);
    await peers.learn(minSighting(3));
    expect(await peers.get(5n)).toMatchObject({
      accessHash: null,
      min: false,
      name: 'Ada L',
      seenIn: { peer: CHANNEL, messageId: 3 },
    });
  });
});

describe('usernames that move', () => {
  it('belong to whom they were seen with last', async () => {
    await peers.learn([user({ username: 'name' })]);
    await peers.learn([channel({ username: 'NAME' })]);
    expect((await peers.byUsername('name'))?.id).toBe(7n);
    expect((await peers.get(5n))?.usernames).toEqual([]);
    // And back again, by an object that says what the first one said.
    await peers.learn([user({ username: 'name' })]);
    expect((await peers.byUsername('name'))?.id).toBe(5n);
    expect((await peers.get(CHANNEL))?.usernames).toEqual([]);
  });

  it('are swapped within one answer', async () => {
    await peers.learn([user({ username: 'one' }), user({ id: 6n, username: 'two' })]);
    await peers.learn([user({ username: 'two' }), user({ id: 6n, username: 'one' })]);
    expect((await peers.byUsername('one'))?.id).toBe(6n);
    expect((await peers.byUsername('two'))?.id).toBe(5n);
    expect((await peers.get(5n))?.usernames).toEqual(['two']);
  });
});

describe('writes', () => {
  it('are none for what is known already, be it in memory or not', async () => {
    expect(peers.learn([user(), channel()])).toBeInstanceOf(Promise);
    await peers.flush();
    expect(storage.written).toHaveLength(1);
    expect(peers.learn([channel(), user()])).toBeUndefined();
    await storage.peers().learn([user(), channel()]);
    expect(storage.written).toHaveLength(1);
  });

  it('come again after half a day, so that the age of a name is known', async () => {
    await peers.learn([user({ username: 'ada' })]);
    storage.now += 43_199_999;
    expect(peers.learn([user({ username: 'ada' })])).toBeUndefined();
    storage.now += 1;
    await peers.learn([user({ username: 'ada' })]);
    expect((await peers.get(5n))?.seenAt).toBe(storage.now);
    expect(storage.written).toHaveLength(2);
  });

  it('keep the order of sightings, and get sees those before it', async () => {
    void peers.learn([user({ firstName: 'A' })]);
    void peers.learn([user({ firstName: 'B' })]);
    void peers.learn([user({ firstName: 'A' })]);
    expect((await peers.get(5n))?.name).toBe('A L');
  });

  it('that fail are told, and made up for by the next sighting', async () => {
    storage.failing = new Error('disk full');
    await expect(peers.learn([user()])).rejects.toThrow('disk full');
    expect(await peers.get(5n)).toBeNull();
    await peers.learn([user()]);
    expect(await peers.get(5n)).toMatchObject({ accessHash: 50n });
  });

  it('keep no more in memory than allowed, and all in the storage', async () => {
    peers = storage.peers({ cached: 10 });
    for (let id = 1n; id <= 100n; id++) await peers.learn([user({ id, accessHash: id })]);
    expect(peers.cached).toBe(10);
    for (let id = 1n; id <= 100n; id++)
      expect(await peers.get(id)).toMatchObject({ id, accessHash: id });
    expect(peers.cached).toBe(10);
  });
});

describe('damaged records', () => {
  it.each([
    ['no JSON', '{'],
    ['another version', '{"v":99}'],
    ['no fields', '{"v":1}'],
    ['a wrong hash', '{"v":1,"t":"user","id":"5","h":"x","at":1}'],
    ['a wrong name list', '{"v":1,"t":"user","id":"5","u":[1],"at":1}'],
    ['a wrong message', '{"v":1,"t":"user","id":"5","s":[1],"at":1}'],
  ])('with %s are as good as none, and learned again', async (_, text) => {
    await storage.store.commit([
      { space: 'peer', key: 'main:5', value: new TextEncoder().encode(text) },
      { space: 'peer-name', key: 'main:ada', value: new TextEncoder().encode('5') },
    ]);
    expect(await peers.get(5n)).toBeNull();
    expect(await peers.byUsername('ada')).toBeNull();
    expect(storage.logged[0]).toMatch(/^warning: peer 5: The stored peer is/);
    await peers.learn([user({ username: 'ada' })]);
    expect((await peers.byUsername('ada'))?.accessHash).toBe(50n);
  });

  it('of the index as well', async () => {
    const value = new TextEncoder().encode('nonsense');
    await storage.store.commit([{ space: 'peer-name', key: 'main:ada', value }]);
    expect(await peers.byUsername('ada')).toBeNull();
    await peers.learn([user({ username: 'ada' })]);
    expect((await peers.byUsername('ada'))?.id).toBe(5n);
  });
});

import { base } from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import { settle } from '../../network/fakes/clock.js';
import { channelMessage, container, difference, message, newMessage, state, USER } from '../kit.js';
import { FeedBench, FULL, MIN } from './bench.js';

type Init = ConstructorParameters<typeof base.Message>[0];

const user = (id: bigint, min = false) => new base.User({ id, min, accessHash: 1n });
const ofUser = (userId: bigint) => new base.PeerUser({ userId });
const channelPeer = (channelId: bigint) => new base.PeerChannel({ channelId });
const chat = (id: bigint) =>
  new base.Chat({
    id,
    title: '',
    photo: new base.ChatPhotoEmpty(),
    participantsCount: 1,
    date: 1,
    version: 1,
  });
const channel = (id: bigint, min = false) =>
  new base.Channel({
    id,
    min,
    accessHash: 1n,
    title: '',
    photo: new base.ChatPhotoEmpty(),
    date: 1,
  });

const push = (
  update: base.TypeUpdate,
  users: base.TypeUser[] = [],
  chats: base.TypeChat[] = [],
): base.Updates => new base.Updates({ updates: [update], users, chats, date: 1, seq: 0 });

const first = async (): Promise<FeedBench> => {
  const bench = await FeedBench.started();
  bench.feed.follow(50n, 10);
  return bench;
};

const ofPrivate = (more: Partial<Init>): base.UpdateNewMessage =>
  new base.UpdateNewMessage({
    message: new base.Message({ id: 11, peerId: ofUser(USER), date: 1, message: '', ...more }),
    pts: 11,
    ptsCount: 1,
  });

const service = (action: base.TypeMessageAction): base.UpdateNewMessage =>
  new base.UpdateNewMessage({
    message: new base.MessageService({ id: 11, peerId: ofUser(USER), date: 1, action }),
    pts: 11,
    ptsCount: 1,
  });

const ofChannel = (fromId?: base.TypePeer): base.UpdateNewChannelMessage =>
  new base.UpdateNewChannelMessage({
    message: new base.Message({ id: 11, peerId: channelPeer(50n), fromId, date: 1, message: '' }),
    pts: 11,
    ptsCount: 1,
  });

const forwarded = (fromId: base.TypePeer) =>
  ofPrivate({ fwdFrom: new base.MessageFwdHeader({ fromId, date: 1 }) });
const mention = new base.MessageEntityMentionName({ offset: 0, length: 1, userId: 200n });

describe('known peers', () => {
  it.each<[string, base.TypeUpdate]>([
    ['the chat', ofPrivate({ peerId: ofUser(200n) })],
    ['the sender', ofPrivate({ fromId: ofUser(200n) })],
    ['the author of what is forwarded', forwarded(ofUser(200n))],
    ['the bot it went by', ofPrivate({ viaBotId: 200n })],
    ['a user it mentions', ofPrivate({ entities: [mention] })],
    ['who was added', service(new base.MessageActionChatAddUser({ users: [USER, 200n] }))],
    ['who was removed', service(new base.MessageActionChatDeleteUser({ userId: 200n }))],
    ['who invited', service(new base.MessageActionChatJoinedByLink({ inviterId: 200n }))],
    [
      'of an edited message',
      new base.UpdateEditMessage({
        ...ofPrivate({ viaBotId: 200n }),
        message: ofPrivate({ viaBotId: 200n }).message,
      }),
    ],
  ])('upd/short-*: an unknown or min user forces a difference: %s', async (_, update) => {
    for (const [known, users, taken] of [
      [null, [], false],
      [MIN, [], false],
      [{ ...FULL, accessHash: null }, [], false],
      [null, [user(200n, true)], false],
      [null, [new base.UserEmpty({ id: 200n })], false],
      [MIN, [user(200n)], true],
      [FULL, [user(200n, true)], true],
    ] as const) {
      const bench = await first();
      bench.known = (marked) => (marked === 200n ? (known as typeof FULL) : FULL);
      bench.feed.pushed(push(update, [...users]));
      expect(bench.seen.length, String(taken)).toBe(taken ? 1 : 0);
      expect(bench.names).toEqual(taken ? [] : ['updates.getDifference']);
    }
  });

  it('upd/short-*: the short forms too', async () => {
    const bench = await first();
    const common = { id: 11, message: '', pts: 11, ptsCount: 1, date: 1 };
    const shorts = [
      new base.UpdateShortMessage({ ...common, userId: 200n }),
      new base.UpdateShortChatMessage({ ...common, chatId: 9n, fromId: 200n }),
      new base.UpdateShort({ update: ofPrivate({ viaBotId: 200n }), date: 1 }),
    ];
    for (const one of shorts) {
      const unknown = await first();
      unknown.known = (marked) => (marked === 200n ? null : FULL);
      unknown.feed.pushed(one);
      expect([unknown.seen, unknown.names]).toEqual([[], ['updates.getDifference']]);
    }
    bench.feed.pushed(shorts[1] as base.TypeUpdates);
    expect(bench.seen).toEqual([11]);
  });

  it('of basic groups it suffices that they were seen, of channels that are forwarded from it does not', async () => {
    for (const [update, chats, known, taken] of [
      [ofPrivate({ peerId: new base.PeerChat({ chatId: 9n }) }), [chat(9n)], null, true],
      [
        ofPrivate({ peerId: new base.PeerChat({ chatId: 9n }) }),
        [],
        { ...FULL, accessHash: null },
        true,
      ],
      [ofPrivate({ peerId: new base.PeerChat({ chatId: 9n }) }), [], null, false],
      [forwarded(channelPeer(60n)), [channel(60n)], null, true],
      [forwarded(channelPeer(60n)), [channel(60n, true)], null, false],
    ] as const) {
      const bench = await first();
      bench.known = (marked) => (marked === USER ? FULL : (known as typeof FULL));
      bench.feed.pushed(push(update, [], [...chats]));
      expect(bench.seen.length).toBe(taken ? 1 : 0);
    }
  });

  it('in channels: the channel in full, its sender at least min', async () => {
    for (const [update, users, chats, known, taken] of [
      [ofChannel(), [], [channel(50n)], null, true],
      [ofChannel(), [], [channel(50n, true)], null, false],
      [ofChannel(), [], [], MIN, false],
      [ofChannel(), [], [], FULL, true],
      [ofChannel(ofUser(200n)), [user(200n, true)], [channel(50n)], null, true],
      [ofChannel(ofUser(200n)), [], [channel(50n)], MIN, true],
      [ofChannel(ofUser(200n)), [], [channel(50n)], null, false],
    ] as const) {
      const bench = await first();
      bench.known = () => known as typeof FULL;
      bench.feed.pushed(push(update, [...users], [...chats]));
      expect(bench.seen.length).toBe(taken ? 1 : 0);
      await settle();
      expect(bench.names).toEqual(taken ? [] : ['updates.getChannelDifference']);
    }
  });

  it('who is signed in is known, and nobody is waited for who cannot exist', async () => {
    const bench = await first();
    bench.known = () => null;
    bench.feed.pushed(push(ofPrivate({ peerId: ofUser(7n), viaBotId: -5n })));
    expect(bench.seen).toEqual([11]);
  });

  it('upd/difference-with-min-or-unknown-peers: no recursion, at most one extra request', async () => {
    const bench = await first();
    bench.known = () => null;
    bench.feed.pushed(push(ofPrivate({})));
    await settle();
    bench.answer(difference(state(11, 5, 3), { messages: [message(11)] }));
    await bench.clock.advance(60_000);
    expect([bench.seen, bench.names]).toEqual([[11], []]);
  });

  it('what memory does not tell is loaded, and all that comes meanwhile waits in its order', async () => {
    const bench = await first();
    let loaded: ((peer: typeof FULL) => void) | undefined;
    bench.known = (marked) => (marked === 200n ? undefined : FULL);
    bench.load = () => new Promise((resolve) => (loaded = resolve));
    bench.feed.pushed(push(ofPrivate({ viaBotId: 200n })));
    bench.feed.pushed(container([newMessage(12)]));
    bench.feed.pushed(container([channelMessage(50n, 11)]));
    bench.feed.follow(51n, 4);
    bench.feed.pushed(container([channelMessage(51n, 5)]));
    await bench.clock.advance(2000);
    expect(bench.seen).toEqual([]);
    loaded?.(FULL);
    await settle();
    expect(bench.seen).toEqual([11, 12, 11, 5]);
    expect(bench.names).toEqual([]);
    bench.feed.pushed(container([newMessage(13)]));
    expect(bench.seen.at(-1)).toBe(13);
  });

  it('what storage cannot tell is unknown', async () => {
    const bench = await first();
    bench.known = () => undefined;
    const broken = new Error('broken');
    bench.load = () => Promise.reject(broken);
    bench.feed.pushed(push(ofPrivate({})));
    await settle();
    expect([bench.seen, bench.names, bench.failures]).toEqual([
      [],
      ['updates.getDifference'],
      [broken],
    ]);
  });

  it('more than may wait is dropped, and a difference brings it', async () => {
    const bench = await first();
    let loaded: ((peer: typeof FULL) => void) | undefined;
    bench.known = (marked) => (marked === 200n ? undefined : FULL);
    bench.load = () => new Promise((resolve) => (loaded = resolve));
    bench.onDeliver = (_, done) => done();
    bench.feed.pushed(push(ofPrivate({ viaBotId: 200n })));
    for (let pts = 12; pts < 1100; pts++) bench.feed.pushed(container([newMessage(pts)]));
    loaded?.(FULL);
    await settle();
    expect(bench.seen).toHaveLength(1001);
    await bench.clock.advance(0);
    expect(bench.names).toEqual(['updates.getDifference']);
  });
});

import type { TlMethod } from '@tlgen/codec';
import { base, channels, messages, payments, updates } from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import { channelMessage, container, newMessage, SELF, USER } from '../kit.js';
import { FeedBench } from './bench.js';

const peer = new base.InputPeerUser({ userId: USER, accessHash: 1n });
const inChannel = (channelId: bigint) => new base.InputPeerChannel({ channelId, accessHash: 1n });
const send = (init: Partial<ConstructorParameters<typeof messages.SendMessageRequest>[0]> = {}) =>
  new messages.SendMessageRequest({ peer, message: 'what was sent', randomId: 1n, ...init });
const short = (pts: number) =>
  new base.UpdateShortSentMessage({ out: true, id: pts, pts, ptsCount: 1, date: 1 });
const affected = (pts: number, ptsCount = 1) => new messages.AffectedMessages({ pts, ptsCount });
const channel = (id: bigint, left = false) =>
  new base.Channel({
    id,
    left,
    accessHash: 1n,
    title: '',
    photo: new base.ChatPhotoEmpty(),
    date: 1,
  });

const first = async (): Promise<FeedBench> => {
  const bench = await FeedBench.started();
  for (const id of [50n, 51n]) bench.feed.follow(id, 7);
  return bench;
};

const saved = async (bench: FeedBench): Promise<Record<string, unknown>> => {
  await bench.feed.save();
  const all = await bench.stored();
  return Object.fromEntries(
    Object.entries(all).map(([key, one]) => [key.slice(5), (one as { pts: number }).pts]),
  );
};

describe('results of own requests', () => {
  it('updates, wherever they are in the answer', async () => {
    const bench = await first();
    bench.feed.answered(container([newMessage(11)]), send());
    bench.feed.answered(
      new messages.InvitedUsers({ updates: container([newMessage(12)]), missingInvitees: [] }),
      new messages.AddChatUserRequest({
        chatId: 1n,
        userId: new base.InputUserSelf(),
        fwdLimit: 0,
      }),
    );
    bench.feed.answered(
      new payments.PaymentResult({ updates: container([newMessage(13)]) }),
      new payments.GetStarsTopupOptionsRequest() as never,
    );
    expect(bench.seen).toEqual([11, 12, 13]);
    expect(bench.deliveries.map(({ delivery }) => delivery.from)).toEqual(['own', 'own', 'own']);
  });

  it('upd/short-*: own shortSent uses the data of the request', async () => {
    const bench = await first();
    const replyTo = new base.InputReplyToMessage({ replyToMsgId: 4, quoteText: 'so', topMsgId: 2 });
    bench.feed.answered(short(11), send({ replyTo }));
    bench.feed.answered(short(12), send({ peer: new base.InputPeerSelf() }));
    bench.feed.answered(short(13), send({ peer: new base.InputPeerChat({ chatId: 9n }) }));
    const story = new base.InputReplyToStory({ peer, storyId: 3 });
    bench.feed.answered(short(14), send({ replyTo: story, sendAs: inChannel(50n) }));
    const updated = bench.deliveries.map(
      ({ delivery }) => delivery.update as base.UpdateNewMessage,
    );
    expect(updated.map(({ message }) => message)).toMatchObject([
      {
        id: 11,
        out: true,
        message: 'what was sent',
        peerId: { userId: USER },
        fromId: { userId: SELF },
        replyTo: { replyToMsgId: 4, quote: true, quoteText: 'so', replyToTopId: 2 },
      },
      { id: 12, peerId: { userId: SELF } },
      { id: 13, peerId: { chatId: 9n } },
      { id: 14, replyTo: { peer: { userId: USER }, storyId: 3 }, fromId: { channelId: 50n } },
    ]);
    expect(bench.names).toEqual([]);
  });

  it('upd/short-*: own shortSent of a request that does not tell enough is asked for', async () => {
    for (const request of [
      send({ peer: new base.InputPeerEmpty() }),
      new messages.StartBotRequest({
        bot: new base.InputUserSelf(),
        peer,
        randomId: 1n,
        startParam: '',
      }),
    ]) {
      const bench = await first();
      bench.feed.answered(short(11), request);
      expect([bench.seen, bench.names]).toEqual([[], ['updates.getDifference']]);
    }
  });

  it('upd/affected: own calls returning pts fill the hole', async () => {
    const bench = await first();
    bench.feed.pushed(container([newMessage(13)]));
    bench.feed.answered(affected(12, 2), new messages.DeleteMessagesRequest({ id: [1, 2] }));
    bench.feed.pushed(container([channelMessage(50n, 9)]));
    const inputChannel = new base.InputChannel({ channelId: 50n, accessHash: 1n });
    bench.feed.answered(
      affected(8),
      new channels.DeleteMessagesRequest({ channel: inputChannel, id: [1] }),
    );
    expect(bench.seen).toEqual([13, 9]);
    await bench.clock.advance(1000);
    expect(bench.names).toEqual([]);
  });

  it.each<[string, unknown, TlMethod, string]>([
    ['readHistory', affected(11), new messages.ReadHistoryRequest({ peer, maxId: 1 }), 'state'],
    [
      'affectedHistory of a channel by its peer',
      new messages.AffectedHistory({ pts: 8, ptsCount: 1, offset: 0 }),
      new messages.ReadMentionsRequest({ peer: inChannel(50n) }),
      'channel:50',
    ],
    [
      'affectedHistory of a channel of direct messages',
      new messages.AffectedHistory({ pts: 8, ptsCount: 1, offset: 0 }),
      new messages.DeleteSavedHistoryRequest({ parentPeer: inChannel(50n), peer, maxId: 1 }),
      'channel:50',
    ],
    [
      'affectedFoundMessages',
      new messages.AffectedFoundMessages({ pts: 11, ptsCount: 1, offset: 0, messages: [] }),
      new messages.DeletePhoneCallHistoryRequest({}),
      'state',
    ],
    [
      'wrapped in another request',
      affected(8),
      new base.InvokeWithTakeoutRequest({
        takeoutId: 1n,
        query: new messages.ReadMentionsRequest({ peer: inChannel(51n) }),
      }),
      'channel:51',
    ],
  ])('upd/affected: the right box, and no other: %s', async (_, answer, request, moved) => {
    const bench = await first();
    bench.feed.answered(answer, request);
    const before = { state: 10, 'channel:50': 7, 'channel:51': 7 };
    const name = moved as keyof typeof before;
    expect(await saved(bench)).toEqual({ ...before, [name]: before[name] + 1 });
  });

  it('dialogs and full channels tell where channels are, if one is in them', async () => {
    const bench = await FeedBench.started();
    const dialog = (channelId: bigint, pts?: number) =>
      new base.Dialog({
        peer: new base.PeerChannel({ channelId }),
        topMessage: 1,
        readInboxMaxId: 0,
        readOutboxMaxId: 0,
        unreadCount: 0,
        unreadMentionsCount: 0,
        unreadReactionsCount: 0,
        unreadPollVotesCount: 0,
        notifySettings: new base.PeerNotifySettings({}),
        pts,
      });
    const banned = new base.ChannelForbidden({ id: 53n, accessHash: 1n, title: '' });
    const chats = [
      channel(50n),
      new base.ChatForbidden({ id: 50n, title: '' }),
      channel(51n, true),
      banned,
      channel(54n),
    ];
    const dialogs = [dialog(50n, 4), dialog(51n, 4), dialog(52n, 4), dialog(53n, 4), dialog(54n)];
    const request = new messages.GetPinnedDialogsRequest({ folderId: 0 });
    bench.feed.answered(new messages.Dialogs({ dialogs, messages: [], chats, users: [] }), request);
    bench.feed.answered(
      {
        _: 'messages.chatFull',
        fullChat: { _: 'channelFull', id: 60n, pts: 9 },
        chats: [channel(60n)],
        users: [],
      },
      request,
    );
    bench.feed.answered(
      {
        _: 'messages.chatFull',
        fullChat: { _: 'channelFull', id: 61n, pts: 9 },
        chats: [channel(61n, true)],
        users: [],
      },
      request,
    );
    expect(await saved(bench)).toEqual({ state: 10, 'channel:50': 4, 'channel:60': 9 });
  });

  it('channels that are to be polled are followed, also if one is not in them', async () => {
    const bench = new FeedBench();
    bench.settings.pollChannels = [-1_000_000_000_050n, -1_000_000_000_051, 7n, 0.5, 0n];
    await bench.start();
    expect(bench.names).toEqual(['updates.getState', 'channels.getFullChannel']);
    bench.answer(new updates.State({ pts: 10, qts: 5, seq: 3, date: 1, unreadCount: 0 }));
    bench.answer({ fullChat: { _: 'channelFull', id: 50n, pts: 9 }, chats: [], users: [] });
    await bench.clock.advance(0);
    bench.refuse('CHANNEL_PRIVATE');
    await bench.clock.advance(0);
    expect(await saved(bench)).toEqual({ state: 10, 'channel:50': 9 });
    expect(bench.lines.join()).toContain('channel 51 cannot be polled: CHANNEL_PRIVATE');
  });

  it('answers of other kinds, and those to the feed itself, are let be', async () => {
    const bench = await first();
    const others = [null, undefined, true, 5, 'updates', [], [container([newMessage(11)])], {}];
    for (const one of [...others, { updates: null }, { updates: [1] }, { updates: { _: 'x' } }]) {
      bench.feed.answered(one, send());
    }
    const own = new updates.GetDifferenceRequest({ pts: 1, date: 1, qts: 1 });
    bench.feed.answered(
      new updates.State({ pts: 99, qts: 5, seq: 3, date: 1, unreadCount: 0 }),
      own,
    );
    bench.feed.answered(container([newMessage(11)]), own);
    bench.feed.answered({ _: 'messages.dialogs', dialogs: [null], chats: [] }, send());
    expect([bench.seen, bench.names]).toEqual([[], []]);
    expect(bench.failures).toHaveLength(1);
  });
});

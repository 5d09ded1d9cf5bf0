import { describe, expect, it } from 'vitest';
import { base } from '@tlgen/telegram';
import {
  Bench,
  SELF,
  USER,
  channelDifference,
  channelMessage,
  difference,
  message,
  newMessage,
  state,
} from './kit.js';

const short = (pts: number, out = false): base.UpdateShortMessage =>
  new base.UpdateShortMessage({
    out,
    id: pts,
    userId: USER,
    message: 'hi',
    pts,
    ptsCount: 1,
    date: 4,
  });

const sent = (pts: number): base.UpdateShortSentMessage =>
  new base.UpdateShortSentMessage({ out: true, id: 77, pts, ptsCount: 1, date: 5 });

describe('short forms', () => {
  it('upd/short-*: a message of a user', () => {
    const bench = Bench.started();
    bench.receive(short(11));
    bench.receive(short(12, true));
    expect(bench.deliveries.map(({ update }) => update)).toMatchObject([
      {
        _: 'updateNewMessage',
        pts: 11,
        message: { message: 'hi', date: 4, fromId: { userId: USER }, peerId: { userId: USER } },
      },
      { message: { out: true, fromId: { userId: SELF }, peerId: { userId: USER } } },
    ]);
  });

  it('upd/short-*: a message of a group', () => {
    const bench = Bench.started();
    const init = { id: 9, fromId: USER, chatId: 5n, message: 'yo', pts: 11, ptsCount: 1, date: 4 };
    bench.receive(new base.UpdateShortChatMessage(init));
    expect(bench.deliveries[0]?.update).toMatchObject({
      message: { id: 9, fromId: { userId: USER }, peerId: { _: 'peerChat', chatId: 5n } },
    });
  });

  it('upd/short-*: updateShort', () => {
    const bench = Bench.started();
    bench.receive(new base.UpdateShort({ update: newMessage(11), date: 4 }));
    expect(bench.seen).toEqual([11]);
  });

  it('upd/short-*: own shortSent uses the data of the request', () => {
    const bench = Bench.started();
    const peer = new base.PeerUser({ userId: USER });
    bench.receive(sent(11), { from: 'own', sent: { peer, message: 'mine' } });
    expect(bench.deliveries).toMatchObject([
      {
        from: 'own',
        update: { message: { id: 77, out: true, message: 'mine', fromId: { userId: SELF } } },
      },
    ]);
    expect(bench.asked).toEqual([]);
  });

  it('upd/short-*: own shortSent without them is asked for', () => {
    const bench = Bench.started();
    bench.receive(sent(11), { from: 'own' });
    expect([bench.seen, bench.asked.length]).toEqual([[], 1]);
  });

  it('upd/short-*: an unknown or min user forces a difference', () => {
    const bench = Bench.started({ knows: () => false });
    bench.receive(short(11));
    expect(bench.seen).toEqual([]);
    expect(bench.asked).toHaveLength(1);
    bench.answer(difference(state(11, 5, 3), { messages: [message(11)] }));
    expect([bench.seen, bench.asked]).toEqual([[11], []]);
    bench.receive(short(11));
    expect(bench.asked).toEqual([]);
  });

  it('upd/difference-with-min-or-unknown-peers: no recursion, at most one extra request', () => {
    const asked: string[] = [];
    const bench = Bench.started(
      {
        knows: (update) => {
          asked.push(update._);
          return false;
        },
      },
      [[50n, 7]],
    );
    bench.push(newMessage(11), newMessage(12), channelMessage(50n, 8), channelMessage(60n, 4));
    expect(bench.asked.map(({ request }) => request.type)).toEqual([
      'difference',
      'channel-difference',
      'channel-difference',
    ]);
    expect(asked).toHaveLength(4);
    const others = [channelMessage(50n, 9)];
    bench.answer(difference(state(12, 5, 3), { messages: [message(11), message(12)], others }));
    expect(asked).toHaveLength(4);
    expect(bench.seen).toEqual([11, 12]);
    expect(bench.asked).toHaveLength(2);
  });
});

describe('pushes of channels whose peers are not known', () => {
  const min = () => Bench.started({ knows: () => false }, [[50n, 7]]);

  it('upd/difference-with-min-or-unknown-peers: wait for the difference, which brings them', () => {
    const bench = min();
    bench.push(channelMessage(50n, 8));
    bench.wait(800);
    bench.push(channelMessage(50n, 9));
    expect([bench.seen, bench.asked.length]).toEqual([[], 1]);
    bench.answer(channelDifference(8, { messages: [message(8, 50n)] }));
    // it was pushed after the request was made
    expect([bench.seen, bench.asked.length]).toEqual([[8], 1]);
    bench.answer(channelDifference(9, { messages: [message(9, 50n)] }));
    expect([bench.seen, bench.asked]).toEqual([[8, 9], []]);
    expect(bench.deliveries.map(({ from }) => from)).toEqual(['difference', 'difference']);
  });

  it.each(['INTERNAL', 'unknown-channel', 'CHANNEL_PRIVATE', 'PERSISTENT_TIMESTAMP_INVALID'])(
    'are delivered as they are when the difference fails: %s',
    (code) => {
      for (const id of [50n, 60n]) {
        const bench = min();
        bench.push(channelMessage(id, 8));
        bench.push(channelMessage(id, 9));
        bench.fail(code);
        expect(bench.seen).toEqual([8, 9]);
      }
    },
  );

  it('wait also while there is no room for the request', () => {
    const bench = Bench.started(
      { knows: ({ _ }) => _ !== 'updateNewChannelMessage', parallel: 1 },
      [[50n, 7]],
    );
    bench.push(channelMessage(60n, 8));
    bench.push(channelMessage(50n, 8));
    expect([bench.seen, bench.asked.length]).toEqual([[], 1]);
    bench.fail('INTERNAL');
    expect(bench.seen).toEqual([8]);
    bench.answer(channelDifference(8, { messages: [message(8, 50n)] }));
    expect([bench.seen, bench.deliveries[1]?.from]).toEqual([[8, 8], 'difference']);
  });

  it('the first update of a channel that is new is delivered at once: there is nothing to ask from', () => {
    const bench = min();
    bench.push(channelMessage(60n, 1));
    expect([bench.seen, bench.asked]).toEqual([[1], []]);
  });
});

describe('own requests', () => {
  it('upd/affected: own calls returning pts fill the hole', () => {
    const bench = Bench.started();
    bench.push(newMessage(13));
    bench.engine.affected({ pts: 12, ptsCount: 2 }, bench.now);
    bench.take();
    expect([bench.seen, bench.asked]).toEqual([[13], []]);
    bench.acknowledge();
    expect(bench.engine.snapshot()?.pts).toBe(13);
  });

  it('upd/affected: the wrong channel, the untracked and zero are not touched', () => {
    const bench = Bench.started({}, [
      [50n, 7],
      [51n, 7],
    ]);
    bench.engine.affected({ channel: 50n, pts: 8, ptsCount: 1 }, bench.now);
    bench.engine.affected({ channel: 99n, pts: 8, ptsCount: 1 }, bench.now);
    bench.engine.affected({ pts: 0, ptsCount: 0 }, bench.now);
    bench.engine.affected({ pts: 11, ptsCount: 0 }, bench.now);
    bench.engine.affected({ pts: 11, ptsCount: 12 }, bench.now);
    expect(bench.engine.snapshot()).toMatchObject({
      pts: 10,
      channels: new Map([
        [50n, 8],
        [51n, 7],
      ]),
    });
  });

  it('updates in results go through the same boxes', () => {
    const bench = Bench.started();
    bench.receive(new base.UpdateShort({ update: newMessage(12), date: 1 }), { from: 'own' });
    expect(bench.seen).toEqual([]);
    bench.push(newMessage(11));
    expect(bench.deliveries.map(({ from }) => from)).toEqual(['push', 'own']);
  });
});

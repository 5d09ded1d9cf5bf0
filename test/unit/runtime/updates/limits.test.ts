import { base, updates } from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import { keyOf } from '../../../../packages/runtime/src/updates/engine/index.js';
import {
  Bench,
  channelDifference,
  channelMessage,
  container,
  difference,
  message,
  named,
  newMessage,
  slice,
  state,
} from './kit.js';

const query = (id: bigint): base.UpdateBotCallbackQuery =>
  new base.UpdateBotCallbackQuery({
    queryId: id,
    userId: 100n,
    peer: new base.PeerUser({ userId: 100n }),
    msgId: 1,
    chatInstance: 1n,
  });

const typing = (): base.UpdateUserTyping =>
  new base.UpdateUserTyping({ userId: 100n, action: new base.SendMessageTypingAction() });

const tooLong = (channelId: bigint): base.UpdateChannelTooLong =>
  new base.UpdateChannelTooLong({ channelId });

describe('too much waits for the handlers', () => {
  it('what no difference would bring is still taken, up to twice as many; then it is told', () => {
    const bench = Bench.started({ outstanding: 3 });
    for (let pts = 11; pts < 14; pts++) bench.push(newMessage(pts));
    expect(bench.engine.congested).toBe(true);
    bench.push(query(1n), newMessage(14), typing());
    bench.receive(container([query(2n)], 4));
    expect(bench.seen.slice(3)).toEqual(['updateBotCallbackQuery', 'updateUserTyping']);
    expect(bench.deliveries.slice(3).map(({ ephemeral }) => ephemeral)).toEqual([false, true]);
    bench.push(query(3n), query(4n), query(5n), typing());
    expect(bench.deliveries.slice(5).map(({ key }) => key)).toEqual(['query:3', 'query:4']);
    bench.push(query(6n));
    expect(bench.others).toMatchObject([{ type: 'log', level: 'warn', text: /^1 updates/ }]);
    bench.wait(60_000);
    bench.push(query(7n));
    expect(bench.others).toMatchObject([{}, { text: /^3 updates/ }]);
    expect(bench.asked).toEqual([]);
    bench.acknowledge();
    expect(bench.asked.map(({ request }) => request)).toMatchObject([{ type: 'difference' }]);
    bench.answer(difference(state(14, 5, 4), { messages: [message(14)], others: [query(2n)] }));
    expect(bench.deliveries.slice(-2).map(({ key }) => key)).toEqual(['new:0:14', 'query:2']);
  });

  it('a channel that is too far on is asked about when there is room', () => {
    const bench = Bench.started({ outstanding: 1 }, [[50n, 7]]);
    bench.push(newMessage(11));
    bench.push(tooLong(50n));
    expect(bench.asked).toEqual([]);
    bench.acknowledge();
    expect(bench.asked.map(({ request }) => request.type)).toEqual([
      'difference',
      'channel-difference',
    ]);
  });

  it('limits are read at each use', () => {
    let outstanding = 1;
    let idle = Infinity;
    const bench = Bench.started({ outstanding: () => outstanding, idle: () => idle });
    bench.push(newMessage(11));
    bench.push(newMessage(12));
    expect(bench.asked).toEqual([]);
    outstanding = 2;
    bench.engine.configured(bench.now);
    bench.take();
    bench.answer(difference(state(12, 5, 3), { messages: [message(12)] }));
    expect([bench.seen, bench.engine.deadline()]).toEqual([[11, 12], Infinity]);
    bench.acknowledge();
    idle = 5000;
    bench.engine.configured(bench.now);
    expect(bench.engine.deadline()).toBe(bench.time + 5000);
  });
});

describe('queries', () => {
  it('of buttons and inline bots are known by their ids', () => {
    const inline = new base.UpdateBotInlineQuery({
      queryId: -9n,
      userId: 1n,
      query: '',
      offset: '',
    });
    expect([keyOf(query(8n)), keyOf(inline), keyOf(named(1))]).toEqual([
      'query:8',
      'query:-9',
      null,
    ]);
  });
});

describe('answers that bring nothing, with more to come', () => {
  it('of the account: after a thousand the next one is asked for later, until one brings something', () => {
    const bench = Bench.started();
    bench.engine.missed(bench.now);
    bench.take();
    for (let pts = 11; pts < 1010; pts++) {
      bench.answer(pts % 2 > 0 ? slice(state(pts, 5, 3)) : new updates.DifferenceTooLong({ pts }));
      expect(bench.asked).toHaveLength(1);
    }
    for (const seconds of [1, 2, 4]) {
      bench.answer(slice(state(2000 + seconds, 5, 3)));
      bench.wait(seconds * 1000 - 1);
      expect(bench.asked).toEqual([]);
      bench.wait(1);
    }
    bench.answer(slice(state(3000, 5, 3), { messages: [message(1)] }));
    bench.answer(slice(state(3001, 5, 3)));
    expect(bench.asked).toHaveLength(1);
  });

  it('of a channel: the same', () => {
    const bench = Bench.started({}, [[50n, 7]]);
    bench.push(tooLong(50n));
    const routed = { others: [newMessage(5)], final: false };
    for (let pts = 8; pts < 1007; pts++) {
      bench.answer(channelDifference(pts, routed));
      expect(bench.asked).toHaveLength(1);
    }
    bench.answer(channelDifference(1007, routed));
    expect(bench.asked).toEqual([]);
    bench.wait(1000);
    bench.answer(channelDifference(1008, { messages: [message(1, 50n)], final: false }));
    expect(bench.asked).toHaveLength(1);
  });
});

describe('more channels than are followed', () => {
  const followed = (bench: Bench): bigint[] => [
    ...(bench.engine.snapshot()?.channels.keys() ?? []),
  ];

  it('the one that is silent longest and has nothing pending is let go, and it is logged', () => {
    const bench = Bench.started({ channels: 4 }, [
      [50n, 7],
      [51n, 7],
      [52n, 7],
      [53n, 7],
    ]);
    bench.wait(1000);
    bench.push(channelMessage(50n, 8)); // not done
    bench.push(channelMessage(51n, 9)); // waits
    bench.wait(100);
    bench.push(channelMessage(52n, 8));
    bench.engine.delivered(bench.deliveries.at(-1)?.id ?? 0, bench.now);
    bench.push(channelMessage(60n, 3));
    expect(followed(bench)).toEqual([50n, 51n, 52n, 60n]);
    expect(bench.others).toMatchObject([
      { type: 'log', level: 'warn' },
      { type: 'forgotten', channel: 53n },
    ]);
    bench.push(channelMessage(61n, 3));
    expect(followed(bench)).toEqual([50n, 51n, 60n, 61n]);
    expect(bench.others).toHaveLength(3);
    expect(bench.seen).toEqual([8, 8, 3, 3]);
  });

  it('where none can be let go the new one is not followed, and its update is delivered', () => {
    const bench = Bench.started({ channels: 1 }, [[50n, 7]]);
    bench.push(channelMessage(50n, 8));
    bench.push(channelMessage(60n, 3));
    bench.push(new base.UpdateChannelTooLong({ channelId: 61n, pts: 5 }));
    expect([bench.seen, followed(bench), bench.lost]).toEqual([[8, 3], [50n], []]);
    bench.acknowledge();
    bench.engine.follow(62n, 5, bench.now);
    expect(followed(bench)).toEqual([62n]);
  });

  it('of those that are stored, too', () => {
    const bench = new Bench({ channels: 2 });
    const channels = new Map([50n, 51n, 52n].map((id) => [id, 7]));
    bench.start({ pts: 10, qts: 5, seq: 3, date: 1, channels });
    expect(followed(bench)).toEqual([50n, 51n]);
  });

  it('many new ones take no time', () => {
    const bench = Bench.started({ channels: 2000, outstanding: 1e9 });
    for (let id = 1n; id <= 20_000n; id++) {
      bench.push(channelMessage(id, 3));
      bench.engine.delivered(bench.deliveries.at(-1)?.id ?? 0, bench.now);
      bench.time++;
    }
    expect(followed(bench)).toHaveLength(2000);
    expect(followed(bench)[0]).toBe(18_001n);
  });
});

import {
  FutureSalt,
  FutureSalts,
  type GetFutureSaltsRequest,
  type HttpWait,
  type PingDelayDisconnectRequest,
} from '@tlgen/mtproto';
import { describe, expect, it } from 'vitest';
import { answer, pong, Rig, START } from './rig.js';

const quiet = { answer: true, content: false };

/** A rig whose request for salts is not sent yet. */
function fresh(): { rig: Rig; salts: (list: readonly [number, number, bigint][]) => void } {
  const rig = new Rig();
  rig.connect();
  const [ping] = rig.messages();
  const { pingId } = rig.decoded(ping!) as PingDelayDisconnectRequest;
  rig.say(rig.peer.message(pong(ping!.msgId, pingId), quiet));
  const ask = rig.messages().find((one) => rig.decoded(one)?._ === 'get_future_salts');
  expect((rig.decoded(ask!) as GetFutureSaltsRequest).num).toBe(64);
  const salts = (list: readonly [number, number, bigint][]): void => {
    const now = Math.floor(rig.peer.time() / 1000);
    const future = list.map(
      ([since, until, salt]) =>
        new FutureSalt({ validSince: now + since, validUntil: now + until, salt }),
    );
    rig.say(rig.peer.message(new FutureSalts({ reqMsgId: ask!.msgId, now, salts: future }), quiet));
  };
  return { rig, salts };
}

/** Salt of the next packet with a call. */
function saltOfCall(rig: Rig): bigint {
  rig.call(1);
  return rig.flush().at(-1)!.salt;
}

describe('rpc/future-salts', () => {
  const day: [number, number, bigint][] = [
    [-60, 1800, 0n],
    [30, 5400, 11n],
    [60, 9000, 22n],
    [90, 12_600, 33n],
    [120, 12_600, 44n],
  ];

  it('rpc/future-salts: the salt changes when its time comes, and that is told', () => {
    const { rig, salts } = fresh();
    salts(day);
    rig.newEvents();
    rig.wait(29_999);
    expect(saltOfCall(rig)).toBe(0n);
    rig.wait(1);
    expect(saltOfCall(rig)).toBe(11n);
    expect(rig.newEvents()).toEqual([{ type: 'salt', salt: 11n }]);
    rig.wait(30_000);
    expect(saltOfCall(rig)).toBe(22n);
  });

  it('rpc/future-salts: a wall clock that jumps changes nothing', () => {
    const { rig, salts } = fresh();
    salts(day);
    rig.skew = 10 * 3_600_000;
    expect(saltOfCall(rig)).toBe(0n);
    rig.skew = -10 * 3_600_000;
    rig.wait(30_000);
    expect(saltOfCall(rig)).toBe(11n);
  });

  it('rpc/future-salts: more are asked for before they run out, at most once a minute', () => {
    const { rig, salts } = fresh();
    salts(day);
    rig.wait(30_000);
    expect(rig.service('get_future_salts')).toEqual([]);
    rig.wait(30_000);
    expect(rig.service('get_future_salts')).toHaveLength(1);
    rig.wait(20_000);
    expect(rig.service('get_future_salts')).toEqual([]);
  });

  it('rpc/future-salts: only the answer to our question counts', () => {
    const { rig, salts } = fresh();
    const now = Math.floor(rig.peer.time() / 1000);
    const list = [new FutureSalt({ validSince: now + 1, validUntil: now + 100, salt: 66n })];
    rig.say(rig.peer.message(new FutureSalts({ reqMsgId: 4n, now, salts: list }), quiet));
    rig.wait(2_000);
    expect(saltOfCall(rig)).toBe(0n);
    salts([[1, 100, 55n]]);
    rig.wait(1_000);
    expect(saltOfCall(rig)).toBe(55n);
  });

  it('rpc/future-salts: one that is over is never used', () => {
    const { rig, salts } = fresh();
    salts([
      [1, 3, 77n],
      [2, 100, 88n],
      [50, 51, 99n],
    ]);
    rig.wait(4_000);
    expect(saltOfCall(rig)).toBe(88n);
    rig.wait(48_000);
    expect(saltOfCall(rig)).toBe(88n);
  });
});

describe('conn/half-open', () => {
  const ping = (rig: Rig): { msgId: bigint; request: PingDelayDisconnectRequest } | undefined => {
    const found = rig.messages().find((one) => rig.decoded(one)?._ === 'ping_delay_disconnect');
    return (
      found && { msgId: found.msgId, request: rig.decoded(found) as PingDelayDisconnectRequest }
    );
  };

  it('pings at once and then every 60 s, with 75 s of patience', () => {
    const rig = new Rig();
    rig.connect();
    const first = ping(rig);
    expect(first!.request.disconnectDelay).toBe(75);
    rig.say(rig.peer.message(pong(first!.msgId, first!.request.pingId), quiet));
    rig.wait(59_999);
    expect(ping(rig)).toBeUndefined();
    rig.wait(1);
    expect(ping(rig)).toBeDefined();
  });

  it('conn/half-open: a pong that stays away means a new connection; the deadline names the moment', () => {
    const rig = new Rig();
    rig.connect();
    ping(rig);
    rig.newEvents();
    expect(rig.engine.deadline()).toBe(15_000);
    rig.wait(14_999);
    expect(rig.told()).toEqual([]);
    rig.wait(1);
    expect(rig.newEvents()).toEqual([{ type: 'reconnect', reason: expect.any(String) }]);
    rig.call(1);
    expect(rig.flush()).toEqual([]);
    expect(rig.engine.deadline()).toBeNull();
  });

  it('conn/half-open: after a measured round trip it takes less time, at least 5 s', () => {
    const rig = new Rig().start();
    rig.wait(55_000);
    expect(ping(rig)).toBeDefined();
    rig.wait(4_999);
    expect(rig.told()).toEqual([]);
    rig.wait(1);
    expect(rig.told()).toEqual(['reconnect']);
  });

  it('a pong to another ping does not count; any other packet gives more time', () => {
    const rig = new Rig();
    rig.connect();
    const sent = ping(rig);
    rig.newEvents();
    rig.wait(10_000);
    rig.say(rig.peer.message(pong(sent!.msgId, sent!.request.pingId + 1n), quiet));
    rig.wait(14_999);
    expect(rig.told()).toEqual(['time']);
    rig.wait(1);
    expect(rig.told()).toEqual(['reconnect']);
  });
});

describe('http', () => {
  it('sends http_wait when no request is under way, and no pings', () => {
    const rig = new Rig();
    rig.connect(true);
    const [packet] = rig.flush();
    expect(packet!.messages.map((one) => rig.decoded(one) as HttpWait)).toEqual([
      expect.objectContaining({ maxDelay: 500, waitAfter: 150, maxWait: 25_000 }),
    ]);
    expect(rig.flush()).toEqual([]);
    rig.time += 1_000;
    rig.engine.idle(rig.now);
    expect(rig.service('http_wait')).toHaveLength(1);
    expect(packet!.packet.seqNo).toBe(0);
    expect(START).toBeGreaterThan(0);
  });

  it('empty answers that come at once are not asked for at full speed', () => {
    const rig = new Rig();
    rig.connect(true);
    let sent = 0;
    for (let i = 0; i < 10_000; i++) {
      rig.engine.idle(rig.now);
      sent += rig.flush().length;
      rig.time += 1;
    }
    expect(sent).toBeGreaterThan(3);
    expect(sent).toBeLessThan(12);
    expect(rig.flush()).toEqual([]);
    rig.say(rig.peer.message(answer(1), { content: false }));
    expect(rig.service('http_wait')).toHaveLength(1);
  });
});

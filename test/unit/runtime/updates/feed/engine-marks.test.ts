import { describe, expect, it } from 'vitest';
import { Bench, channelMessage, empty, newMessage, newSecret, slice, state } from '../kit.js';

describe('what the engine tells its driver', () => {
  it('covers: what is saved goes past a delivery', () => {
    const bench = Bench.started({}, [[50n, 7]]);
    bench.push(newMessage(11), newMessage(12));
    bench.push(channelMessage(50n, 8));
    const [first, second, other] = bench.deliveries;
    if (!first || !second || !other) throw new Error('nothing came');
    const covered = () => [first, second, other].map((one) => bench.engine.covers(one));
    bench.engine.delivered(second.id, bench.now);
    expect(covered()).toEqual([false, false, false]);
    bench.engine.delivered(other.id, bench.now);
    expect(covered()).toEqual([false, false, true]);
    bench.engine.delivered(first.id, bench.now);
    expect(covered()).toEqual([true, true, true]);
    bench.engine.forget(50n, bench.now);
    expect(covered()).toEqual([true, true, true]);
  });

  it('secret messages have a bound of their own; beyond it qts stays until the next start', () => {
    const bench = Bench.started({ durable: 2, outstanding: 2 });
    for (let qts = 6; qts < 20; qts++) bench.push(newSecret(qts));
    bench.push(newMessage(11));
    expect([bench.seen.length, bench.engine.outstanding]).toEqual([15, 1]);
    for (const { id } of bench.deliveries) bench.engine.stored(id, bench.now);
    expect(bench.engine.snapshot()).toMatchObject({ pts: 11, qts: 7 });
    bench.push(newSecret(20));
    bench.engine.stored(bench.deliveries.at(-1)?.id ?? 0, bench.now);
    expect(bench.engine.snapshot()).toMatchObject({ qts: 7 });
  });

  it('a difference is silent only if nothing else is the reason, and so are its slices', () => {
    const silent = (bench: Bench) =>
      bench.asked.map((one) => (one as unknown as { silent: boolean }).silent);
    const idle = Bench.started();
    idle.wait(15 * 60_000);
    expect(silent(idle)).toEqual([true]);
    idle.answer(slice(state(11, 5, 3)));
    expect(silent(idle)).toEqual([true]);
    idle.answer(empty(3));
    idle.engine.missed(idle.now);
    idle.take();
    expect(silent(idle)).toEqual([false]);
    const gap = Bench.started();
    gap.push(newMessage(12));
    gap.wait(600);
    expect(silent(gap)).toEqual([false]);
  });
});

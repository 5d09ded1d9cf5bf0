import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Now } from '../../../../packages/runtime/src/platform/types.js';
import { MessageIds, messageIdTime } from '../../../../packages/runtime/src/session/message-ids.js';
import { Random, RUNS, SEED } from '../../../support/random.js';

const START = 1_767_323_045_250;
const at = (milliseconds: number, steady = milliseconds): Now => ({
  wall: START + milliseconds,
  steady,
});

describe('message ids', () => {
  it('msg/id-generator: are server time in units of 2^-32 seconds', () => {
    const ids = new MessageIds();
    const id = ids.next({ wall: 1_000_000_000_500, steady: 0 });
    expect(id).toBe((1_000_000_000n << 32n) | 0x8000_0000n);
    expect(messageIdTime(id)).toBe(1_000_000_000_500);
    const ahead = new MessageIds({ timeOffset: 3_250 });
    expect(messageIdTime(ahead.next({ wall: 1_000_000_000_500, steady: 0 }))).toBe(
      1_000_000_003_750,
    );
    expect(ahead.serverTime(at(0))).toBe(START + 3_250);
  });

  it('msg/id-generator: strictly increasing, multiples of 4, near server time, whatever the clocks do', () => {
    /** Moves of the clocks between two ids, in milliseconds. */
    const move = fc.oneof(
      { weight: 4, arbitrary: fc.record({ steady: fc.nat(2_000), jump: fc.constant(0) }) },
      // Frozen.
      fc.record({ steady: fc.constant(0), jump: fc.constant(0) }),
      // The wall clock is set back: by a little, a day, ten years.
      fc.record({ steady: fc.nat(10), jump: fc.constantFrom(-1, -4_000, -86_400_000, -3.2e11) }),
    );
    fc.assert(
      fc.property(fc.array(move, { minLength: 1, maxLength: 60 }), fc.nat(), (moves, seed) => {
        const random = new Random(seed);
        const crypto = { randomBytes: (size: number) => random.bytes(size) };
        const ids = new MessageIds({ crypto });
        let now = at(0);
        let real = START;
        let small = 0;
        let last = ids.next(now);
        for (const { steady, jump } of moves) {
          real += steady;
          if (jump > -5_000) small -= jump;
          now = { wall: now.wall + steady + jump, steady: now.steady + steady };
          const id = ids.next(now);
          expect(id).toBeGreaterThan(last);
          expect(id & 3n).toBe(0n);
          const distance = messageIdTime(id) - real;
          // Settings of a few seconds are not told from drift: the server corrects them.
          expect(distance).toBeGreaterThanOrEqual(-small - 6_000 - 10 * moves.length);
          expect(distance).toBeLessThan(2);
          last = id;
        }
      }),
      { seed: SEED, numRuns: 200 * RUNS },
    );
  });

  it('msg/id-generator: a hundred thousand ids under a frozen clock stay within a second', () => {
    const random = new Random(1);
    for (const crypto of [undefined, { randomBytes: (size: number) => random.bytes(size) }]) {
      const ids = new MessageIds({ crypto });
      let last = 0n;
      for (let i = 0; i < 100_000; i++) {
        const id = ids.next(at(0));
        if (id <= last || (id & 3n) !== 0n) throw new Error(`id ${i} is not larger`);
        last = id;
      }
      expect(ids.ahead(at(0))).toBeGreaterThan(0);
      expect(ids.ahead(at(0))).toBeLessThan(1_000);
    }
  });

  it('have random low bits when there is a random source', () => {
    const random = new Random(2);
    const crypto = { randomBytes: (size: number) => random.bytes(size) };
    const low = new Set<bigint>();
    for (let i = 0; i < 100; i++) low.add(new MessageIds({ crypto }).next(at(0)) & 0x3f_ffffn);
    expect(low.size).toBeGreaterThan(95);
    const plain = new Set([1, 2, 3].map(() => new MessageIds().next(at(0))));
    expect(plain.size).toBe(1);
  });

  it('are valid even when server time cannot be', () => {
    for (const timeOffset of [-1e15, 1e15]) {
      const ids = new MessageIds({ timeOffset });
      const first = ids.next(at(0));
      const second = ids.next(at(0));
      expect(first).toBeGreaterThanOrEqual(0n);
      expect(second).toBeGreaterThan(first);
      expect(second).toBeLessThan(1n << 63n);
    }
  });
});

describe('server time', () => {
  const idOf = (milliseconds: number): bigint =>
    (BigInt(Math.floor((START + milliseconds) / 1000)) << 32n) |
    (BigInt(Math.floor((((START + milliseconds) % 1000) / 1000) * 2 ** 32)) & ~3n) |
    1n;

  it('is set by the first id of the server, then only grows', () => {
    const ids = new MessageIds({ timeOffset: 5_000 });
    expect(ids.known).toBe(false);
    expect(ids.learnFromServer(idOf(-2_000), at(0))).toBe(true);
    expect(ids.known).toBe(true);
    expect(ids.timeOffset).toBeCloseTo(-2_000, 3);
    // The packet took longer: it says nothing new.
    expect(ids.learnFromServer(idOf(-2_500), at(0))).toBe(false);
    expect(ids.timeOffset).toBeCloseTo(-2_000, 3);
    // This one was faster.
    expect(ids.learnFromServer(idOf(-1_900), at(0))).toBe(true);
    expect(ids.timeOffset).toBeCloseTo(-1_900, 3);
  });

  it('is reset by those who know', () => {
    const ids = new MessageIds();
    ids.learn(10_000);
    ids.resetTo(-7_000);
    expect(ids.timeOffset).toBe(-7_000);
    expect(ids.serverTime(at(500))).toBe(START - 6_500);
    expect(new MessageIds().known).toBe(false);
    const fresh = new MessageIds();
    fresh.resetTo(1);
    expect(fresh.known).toBe(true);
  });

  it('far back after a correction begins the ids anew, a little back does not', () => {
    const ids = new MessageIds({ timeOffset: 3_600_000 });
    const wrong = ids.next(at(0));
    ids.resetTo(0);
    expect(ids.ahead(at(0))).toBeCloseTo(3_600_000, 0);
    const right = ids.next(at(0));
    expect(right).toBeLessThan(wrong);
    expect(messageIdTime(right)).toBeCloseTo(START, 0);
    ids.resetTo(-15_000);
    expect(ids.next(at(1))).toBeGreaterThan(right);
    // Only a correction may do that: not the clock by itself.
    const steady = new MessageIds();
    const first = steady.next({ wall: START, steady: 0 });
    expect(steady.next({ wall: START - 4_000, steady: 0 })).toBeGreaterThan(first);
  });

  it('does not follow a wall clock that was set back, but one that was asleep', () => {
    const ids = new MessageIds();
    ids.next(at(0));
    const back = { wall: START - 7_200_000 + 100, steady: 100 };
    expect(ids.serverTime(back)).toBe(START + 100);
    expect(ids.timeOffset).toBe(7_200_000);
    const asleep = new MessageIds();
    asleep.next(at(0));
    const woken = { wall: START + 7_200_000, steady: 100 };
    expect(asleep.serverTime(woken)).toBe(START + 7_200_000);
    expect(asleep.timeOffset).toBe(0);
  });
});

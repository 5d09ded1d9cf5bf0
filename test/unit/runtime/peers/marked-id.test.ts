import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PeerError } from '../../../../packages/runtime/src/peers/errors.js';
import { markedId, parseMarkedId } from '../../../../packages/runtime/src/peers/marked-id.js';
import { RUNS, SEED } from '../../../support/random.js';

const runs = { numRuns: 500 * RUNS, seed: SEED };

const PEERS: readonly (readonly ['user' | 'chat' | 'channel', bigint, bigint])[] = [
  ['user', 1n, 1n],
  ['user', 1_099_511_627_775n, 1_099_511_627_775n],
  ['chat', 1n, -1n],
  ['chat', 999_999_999_999n, -999_999_999_999n],
  ['channel', 1n, -1_000_000_000_001n],
  // The old way of writing "-100" in front is right for ten digits only.
  ['channel', 123_456_789n, -1_000_123_456_789n],
  ['channel', 1_234_567_890n, -1_001_234_567_890n],
  ['channel', 997_852_516_352n, -1_997_852_516_352n],
  ['channel', 1_002_147_483_649n, -2_002_147_483_649n],
  ['channel', 3_000_000_000_000n, -4_000_000_000_000n],
];

describe('marked ids', () => {
  it.each(PEERS)('%s %s is %s', (type, id, marked) => {
    expect(markedId(type, id)).toBe(marked);
    expect(parseMarkedId(marked)).toEqual({ type, id });
    expect(parseMarkedId(Number(marked))).toEqual({ type, id });
  });

  it('-100412412901 is a basic group: channels begin at -1000000000001', () => {
    expect(parseMarkedId(-100412412901)).toEqual({ type: 'chat', id: 100_412_412_901n });
    expect(parseMarkedId(-100_512_345)).toEqual({ type: 'chat', id: 100_512_345n });
  });

  it('secret chats are -2000000000000 and an id with a sign', () => {
    expect(parseMarkedId(-1_999_999_999_999n)).toEqual({ type: 'secret', id: 1n });
    expect(parseMarkedId(-2_000_000_000_001n)).toEqual({ type: 'secret', id: -1n });
    expect(parseMarkedId(-1_997_852_516_353n)).toEqual({ type: 'secret', id: 2n ** 31n - 1n });
    expect(parseMarkedId(-2_002_147_483_648n)).toEqual({ type: 'secret', id: -(2n ** 31n) });
  });

  it.each([
    0n,
    1_099_511_627_776n,
    -1_000_000_000_000n,
    -2_000_000_000_000n,
    -4_000_000_000_001n,
    2n ** 70n,
    -(2n ** 70n),
  ])('%s is none', (marked) => {
    expect(() => parseMarkedId(marked)).toThrow(PeerError);
    expect(() => parseMarkedId(marked)).toThrow(/is no marked id: users are 1 to/);
  });

  it.each([NaN, Infinity, 1.5, 2 ** 53, -(2 ** 53)])('the number %s is none', (marked) => {
    expect(() => parseMarkedId(marked)).toThrow(/whole numbers below 2\^53/);
  });

  it.each([
    ['user', 0n],
    ['user', -1n],
    ['user', 2n ** 40n],
    ['chat', 10n ** 12n],
    ['channel', 997_852_516_353n],
    ['channel', 1_002_147_483_648n],
    ['channel', 3_000_000_000_001n],
  ] as const)('no %s has the id %s', (type, id) => {
    expect(() => markedId(type, id)).toThrow(PeerError);
  });

  it('every number is taken apart into what makes it again, or refused', () => {
    const near = (at: bigint): fc.Arbitrary<bigint> =>
      fc.bigInt({ min: at - 1000n, max: at + 1000n });
    const edges = [0n, -(10n ** 12n), -2n * 10n ** 12n, -1_997_852_516_352n, -2_002_147_483_648n];
    const any = fc.oneof(
      ...edges.map(near),
      fc.bigInt({ min: -5n * 10n ** 12n, max: 2n ** 41n }),
      fc.bigInt(),
    );
    fc.assert(
      fc.property(any, (marked) => {
        let parsed;
        try {
          parsed = parseMarkedId(marked);
        } catch (error) {
          expect(error).toBeInstanceOf(PeerError);
          return;
        }
        const { type, id } = parsed;
        if (type === 'secret') expect(-2_000_000_000_000n + id).toBe(marked);
        else expect(markedId(type, id)).toBe(marked);
      }),
      runs,
    );
  });
});

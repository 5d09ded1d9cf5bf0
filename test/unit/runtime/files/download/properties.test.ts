import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FileError } from '../../../../../packages/runtime/src/files/errors.js';
import { downloadParts } from '../../../../../packages/runtime/src/files/download/index.js';
import { nextPiece } from '../../../../../packages/runtime/src/files/download/cdn/pieces.js';
import { planParts } from '../../../../../packages/runtime/src/files/download/plan.js';
import { RpcError } from '../../../../../packages/runtime/src/core/errors.js';
import { Random, RUNS, SEED } from '../../../../support/random.js';
import { content, FakeServer, KiB, MiB, same, type Fault } from './fake-server.js';

const size = fc.oneof(
  fc.integer({ min: 0, max: 3 * MiB }),
  fc.constantFrom(0, 1, 16, 512 * KiB, 512 * KiB + 1, MiB - 1, MiB, 2 * MiB + 1),
);
const MASTER: readonly Fault[] = ['short', 'cut', 'stale', 'long', 'fail'];
const CDN: readonly Fault[] = ['short', 'cut', 'wrong', 'reupload', 'token', 'long', 'fail'];
/** What a fault may come to when it happens too often. */
const CODES = new Set(['WRONG_SIZE', 'WRONG_HASH', 'REFERENCE_EXPIRED']);

describe('any file, range, window and faults', () => {
  const all = content(3 * MiB);
  const given = fc.record({
    size,
    from: fc.double({ min: 0, max: 1, noNaN: true }),
    to: fc.double({ min: 0, max: 1, noNaN: true }),
    parallel: fc.integer({ min: 1, max: 32 }),
    known: fc.boolean(),
    cdnBlock: fc.constantFrom(undefined, undefined, 128 * KiB, 64 * KiB, 512 * KiB),
    web: fc.boolean(),
    moved: fc.boolean(),
    percent: fc.constantFrom(0, 0, 10, 50),
    seed: fc.integer(),
  });

  it('give exactly the bytes, or the right error', async () => {
    await fc.assert(
      fc.asyncProperty(given, async ({ seed, percent, parallel, known, web, ...rest }) => {
        const random = new Random(seed);
        const bytes = all.subarray(0, rest.size);
        const server = new FakeServer({
          content: bytes,
          ...(rest.cdnBlock && !web && { cdnBlock: rest.cdnBlock }),
          ...(rest.moved && { dc: 4 }),
          web,
        });
        const start = Math.floor(Math.min(rest.from, rest.to) * rest.size);
        const end = Math.floor(Math.max(rest.from, rest.to) * rest.size);
        let faults = 0;
        const harmful = new Set<Fault>();
        server.fault = (name) => {
          if (!random.chance(percent)) return undefined;
          const fault = random.pick(name === 'upload.getCdnFile' ? CDN : MASTER);
          // Of a file of unknown size nobody can tell that more or less of it came.
          if (!known && ['short', 'cut', 'long'].includes(fault)) return undefined;
          if (web && fault === 'stale') return undefined;
          faults += 1;
          harmful.add(fault);
          return fault;
        };
        server.delay = async () => {
          for (let wait = random.below(4); wait > 0; wait -= 1) {
            await new Promise((resolve) => setImmediate(resolve));
          }
        };
        const file = server.file({ size: known ? rest.size : undefined });
        const parts = downloadParts(server.context(), file, { start, end, parallel });
        let position = start;
        try {
          for await (const part of parts) {
            expect(part.length).toBeGreaterThan(0);
            const expected = bytes.subarray(position, position + part.length);
            expect(same(part, expected)).toBe(true);
            position += part.length;
          }
          expect(position).toBe(end);
        } catch (error) {
          if (error instanceof RpcError) expect(error.code).toBe('INTERNAL');
          else if (error instanceof FileError) expect(CODES).toContain(error.code);
          else throw error;
          expect(faults).toBeGreaterThan(0);
          if (error instanceof RpcError) expect(harmful).toContain('fail');
        }
        expect(server.problems).toEqual([]);
        expect(server.inFlight).toBe(0);
        expect(server.mostInFlight).toBeLessThanOrEqual(parallel);
        const { calls } = server;
        await new Promise((resolve) => setImmediate(resolve));
        expect(server.calls).toBe(calls);
      }),
      { numRuns: RUNS * 300, seed: SEED },
    );
  });
});

describe('requests', () => {
  const place = fc.oneof(
    fc.integer({ min: 0, max: 4 * MiB }),
    fc.integer({ min: 0, max: 2 ** 42 }),
    fc.constantFrom(
      ...[1, 16, KiB, 4 * KiB, 128 * KiB, 512 * KiB, MiB].flatMap((n) => [n - 1, n, n + 1]),
    ),
  );
  const length = fc.oneof(fc.integer({ min: 0, max: 3 * MiB }), fc.integer({ min: 0, max: 5000 }));
  const runs = { numRuns: RUNS * 1000, seed: SEED };

  it('always keep to the rules of the server, and cover the range once', () => {
    fc.assert(
      fc.property(place, length, fc.boolean(), (start, count, precise) => {
        const unit = precise ? KiB : 4 * KiB;
        let position = start;
        for (const { offset, limit, from, to } of planParts(start, start + count, precise)) {
          expect(from).toBe(position);
          expect(to).toBeGreaterThan(from);
          expect(offset).toBeLessThanOrEqual(from);
          expect(offset + limit).toBeGreaterThanOrEqual(to);
          expect([offset % unit, limit % unit]).toEqual([0, 0]);
          expect(limit).toBeLessThanOrEqual(512 * KiB);
          if (precise) expect(limit).toBeLessThan(to - from + 2 * KiB);
          else expect(MiB % limit).toBe(0);
          expect(Math.floor(offset / MiB)).toBe(Math.floor((offset + limit - 1) / MiB));
          position = to;
        }
        expect(position).toBe(start + count);
      }),
      runs,
    );
  });

  it('to a CDN do so too', () => {
    fc.assert(
      fc.property(fc.nat(5_000_000), length, (unit, count) => {
        const start = unit * 4096;
        const end = start + count;
        let position = start;
        let requests = 0;
        while (position < end) {
          const { offset, limit } = nextPiece(position, end);
          expect(offset).toBe(position);
          expect([offset % 4096, limit % 4096, MiB % limit]).toEqual([0, 0, 0]);
          expect(Math.floor(offset / MiB)).toBe(Math.floor((offset + limit - 1) / MiB));
          expect(offset + limit - end).toBeLessThan(128 * KiB);
          position = offset + limit;
          requests += 1;
        }
        // One for each power of two before and after each boundary of a mebibyte, at most.
        expect(requests).toBeLessThan(8 * (Math.ceil(count / MiB) + 2));
      }),
      runs,
    );
  });
});

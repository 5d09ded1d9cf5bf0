import fc from 'fast-check';
import { describe, it } from 'vitest';
import { DEEDS, Model, type Op } from './model.js';

const chat = fc.integer({ min: 1, max: 3 });
const which = fc.nat(7);
const op: fc.Arbitrary<Op> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('deliver' as const),
      chat,
      deed: fc.constantFrom(...DEEDS),
      album: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('typing' as const), chat }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('own' as const), chat }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('end' as const), which }) },
  { weight: 3, arbitrary: fc.constant({ do: 'read' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'poll' as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('open' as const), chat }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('await' as const), which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const), which }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      milliseconds: fc.integer({ min: 1, max: 600 }),
    }),
  },
);

describe('whatever happens', () => {
  it('order per chat is kept, each update is handled and done exactly once, nothing is left', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(op, { minLength: 5, maxLength: 80 }), async (ops) => {
        const model = new Model();
        for (const one of ops) await model.apply(one);
        await model.finish();
      }),
      { numRuns: 200, seed: 7 },
    );
  });
});

import { describe, expect, it } from 'vitest';
import { RUNS, SEED } from '../support/random.js';
import { simulate } from '../support/simulation/run.js';

/** One seed, its trace printed: `SIM_SEED=7 npx vitest run --root test simulation/simulation.test.ts`. */
const ONE = process.env['SIM_SEED'];
const SEEDS = 1000;
const CHUNK = 100;

/** Seeds of one test: from the base, so that `TLGEN_SEED` gives others. */
const seedAt = (index: number): number => (SEED + index) >>> 0;

describe('client and server under a seeded scheduler', () => {
  if (ONE !== undefined) {
    it(`SIM_SEED=${ONE} has no problems`, async () => {
      const { lines, plan, problems } = await simulate(Number(ONE), true);
      console.log([...lines, JSON.stringify(plan, null, 2)].join('\n'));
      expect(problems).toEqual([]);
    });
    return;
  }

  for (let run = 0; run < RUNS; run++) {
    for (let first = 0; first < SEEDS; first += CHUNK) {
      const from = run * SEEDS + first;
      it(`every call settles, none runs twice: seeds ${seedAt(from)} to ${seedAt(from + CHUNK - 1)}`, async () => {
        const failures: string[] = [];
        for (let i = from; i < from + CHUNK; i++) {
          const { problems } = await simulate(seedAt(i));
          if (problems.length > 0)
            failures.push(`SIM_SEED=${seedAt(i)}\n  ${problems.join('\n  ')}`);
        }
        expect(failures.join('\n')).toBe('');
      });
    }
  }

  it('a seed replays exactly', async () => {
    for (let i = 0; i < 12; i++) {
      const [first, second] = [await simulate(seedAt(i)), await simulate(seedAt(i))];
      expect(second.digest, `SIM_SEED=${seedAt(i)}`).toBe(first.digest);
    }
    expect((await simulate(seedAt(0))).digest).not.toBe((await simulate(seedAt(1))).digest);
  });
});

import { describe, expect, it } from 'vitest';
import { RUNS, seedFor } from '../support/random.js';
import { simulate } from './updates/run/simulate.js';
import type { Tally } from './updates/run/world.js';

/** One seed, its trace printed: `SIM_SEED=7 npx vitest run --root test simulation/updates.test.ts`. */
const ONE = process.env['SIM_SEED'];
const SEEDS = 2000;
const CHUNK = 250;

describe('the update feed against a model of server and network', () => {
  if (ONE !== undefined) {
    it(`upd/model-check: SIM_SEED=${ONE} has no problems`, async () => {
      const { lines, plan, problems } = await simulate(Number(ONE), true);
      console.log([...lines, JSON.stringify({ ...plan, writes: [...plan.writes] })].join('\n'));
      expect(problems).toEqual([]);
    });
    return;
  }

  const total: Tally = { deliveries: 0, deaths: 0, losses: 0, requests: 0, steps: 0 };
  for (let first = 0; first < SEEDS * RUNS; first += CHUNK) {
    it(`upd/model-check: nothing lost, doubled or out of order: runs ${first} to ${first + CHUNK - 1}`, async () => {
      const failures: string[] = [];
      for (let run = first; run < first + CHUNK; run++) {
        const seed = seedFor('update-feed', run);
        const { problems, tally } = await simulate(seed);
        for (const name of Object.keys(total) as (keyof Tally)[]) total[name] += tally[name];
        if (problems.length === 0) continue;
        failures.push(`SIM_SEED=${seed}\n  ${problems.slice(0, 8).join('\n  ')}`);
        if (failures.length === 1) {
          const { lines } = await simulate(seed, true);
          failures.push(lines.slice(-400).join('\n'));
        }
      }
      expect(failures.slice(0, 12).join('\n')).toBe('');
    });
  }

  it('and enough of what can go wrong did', () => {
    expect(total.deliveries).toBeGreaterThan(40 * SEEDS * RUNS);
    expect(total.deaths).toBeGreaterThan((SEEDS * RUNS) / 2);
    expect(total.requests).toBeLessThan(400 * SEEDS * RUNS);
  });

  it('a seed replays exactly', async () => {
    for (let run = 0; run < 5; run++) {
      const seed = seedFor('update-feed', run);
      const [first, second] = [await simulate(seed, true), await simulate(seed, true)];
      expect(second.lines, `SIM_SEED=${seed}`).toEqual(first.lines);
    }
  });
});

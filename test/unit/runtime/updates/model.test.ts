import { describe, expect, it } from 'vitest';
import { RUNS, seedFor } from '../../../support/random.js';
import { World } from './model/world.js';

const SEEDS = 300 * RUNS;

describe('update engine against a server model', () => {
  it('upd/model-check: each event at least once, in order, under its pts; saved only when handled', () => {
    const total = { deliveries: 0, restarts: 0, losses: 0, requests: 0 };
    for (let run = 0; run < SEEDS; run++) {
      const seed = seedFor('updates', run);
      const world = new World(seed);
      try {
        world.run(60);
      } catch (error) {
        throw new Error(`seed ${seed}, run ${run}`, { cause: error });
      }
      total.deliveries += world.deliveries;
      total.restarts += world.restarts;
      total.losses += world.losses;
      total.requests += world.requests;
    }
    expect(total.deliveries).toBeGreaterThan(60 * SEEDS);
    expect(total.restarts).toBeGreaterThan(SEEDS / 2);
    expect(total.losses).toBeGreaterThan(SEEDS / 10);
    expect(total.requests).toBeLessThan(200 * SEEDS);
  });
});

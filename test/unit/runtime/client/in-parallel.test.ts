import { expect, it } from 'vitest';
import { inParallel } from '../../../../packages/runtime/src/client/in-parallel.js';

it('the first failure ends what is under way beside it, and starts nothing more', async () => {
  const failure = new Error('the first');
  const ended = new AbortController();
  const begun: number[] = [];
  let heard = false;
  const work = async (item: number): Promise<never> => {
    begun.push(item);
    if (item === 0) throw failure;
    for (let turns = 0; turns < 20; turns += 1) await undefined;
    heard = ended.signal.aborted;
    throw new Error('a consequence');
  };
  await expect(inParallel([0, 1, 2, 3], 2, work, () => ended.abort())).rejects.toBe(failure);
  expect(begun).toEqual([0, 1]);
  expect(heard).toBe(true);
});

/** CPU time of this process so far, all threads, in µs. */
export const cpu = () => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

/**
 * Rounds until `us` of CPU time have passed.
 *
 * @param {() => unknown} round - waited for if it answers a promise.
 * @param {number} us
 * @returns {Promise<number>} µs per round
 */
async function spend(round, us) {
  const start = cpu();
  let rounds = 0;
  let batch = 1;
  let spent = 0;
  while (spent < us) {
    for (let i = 0; i < batch; i++) {
      const result = round();
      if (result instanceof Promise) await result;
    }
    rounds += batch;
    spent = cpu() - start;
    if (spent < us / 20) batch *= 2;
  }
  return spent / rounds;
}

/**
 * Warms up, then measures.
 *
 * @param {() => unknown} round
 * @param {number} ms - of CPU time, for each of the two
 * @param {{ even?: boolean, warm?: () => void }} [options] - `even`: rounds are alike, so that the median of five
 * stretches stands for all; else the mean of all. `warm`: told when the warm-up is over.
 * @returns {Promise<number>} µs per round
 */
export async function costOf(round, ms, { even = true, warm } = {}) {
  const us = ms * 1000;
  await spend(round, even ? us : us / 4);
  warm?.();
  if (!even) return spend(round, us);
  const costs = [];
  for (let i = 0; i < 5; i++) costs.push(await spend(round, us / 5));
  return costs.sort((a, b) => a - b)[2] ?? NaN;
}

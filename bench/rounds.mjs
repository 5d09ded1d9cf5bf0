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
 * @param {boolean} [even] - rounds are alike: the median of five stretches stands for all. Else the mean of all.
 * @returns {Promise<number>} µs per round
 */
export async function costOf(round, ms, even = true) {
  const us = ms * 1000;
  await spend(round, even ? us : us / 4);
  if (!even) return spend(round, us);
  const costs = [];
  for (let i = 0; i < 5; i++) costs.push(await spend(round, us / 5));
  return costs.sort((a, b) => a - b)[2] ?? NaN;
}

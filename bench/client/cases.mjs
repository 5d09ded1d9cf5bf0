import { measureAll } from '../run-process.mjs';

/** Workload, unit, most runs: a hundred key exchanges take the others long. */
const TABLE = /** @type {[string, string, string, number?][]} */ ([
  ['client: getUsers, one by one', 'users', 'µs'],
  ['client: getUsers, 50 in flight', 'users50', 'µs'],
  ['client: history, 50 in flight', 'history50', 'µs'],
  ['client: sign-in, wall time', 'signIns', 'ms'],
  ['client: heap with 1,000 dialogs', 'manyDialogs', 'MB'],
  ['client: heap per client, of 100', 'manyClients', 'KB', 1],
]);

/**
 * The whole client as its users have it, against a data center with a user who has many dialogs.
 *
 * @param {number} cpu
 * @param {number} runs
 * @param {() => Promise<string>} server
 * @returns {import('../cases.mjs').Case[]}
 */
export function clientCases(cpu, runs, server) {
  return TABLE.map(([name, what, unit, most = 3]) => {
    const subject = (/** @type {string} */ library) => ({
      name: library,
      async run() {
        const args = [library, what, await server(), String(cpu * 3)];
        return measureAll(['--expose-gc', 'client/worker.mjs', ...args]);
      },
    });
    return {
      name,
      unit,
      judged: 'ratio',
      runs: Math.min(runs, most),
      subjects: [subject('tlgen'), subject('mtcute'), { ...subject('gramjs'), runs: 1 }],
    };
  });
}

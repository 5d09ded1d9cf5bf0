import { measureAll } from '../run-process.mjs';

/** Workload, transport, unit, least ratio to the better peer and to GramJS. */
const TABLE = /** @type {[string, string, string, string, number?, number?][]} */ ([
  ['calls, one after the other', 'calls', 'obfuscated', 'µs'],
  ['calls, 50 in flight', 'calls50', 'obfuscated', 'µs'],
  ['upload, obfuscated', 'upload', 'obfuscated', 'µs/MB', 2, 10],
  ['download, obfuscated', 'download', 'obfuscated', 'µs/MB', 1.2, 10],
  ['upload, plain TCP', 'upload', 'plain', 'µs/MB'],
  ['download, plain TCP', 'download', 'plain', 'µs/MB'],
]);

/**
 * A client warms up for longer than a codec does: there is more code in it.
 *
 * @param {number} cpu
 * @param {number} runs
 * @param {() => Promise<string>} server
 * @returns {import('../cases.mjs').Case[]}
 */
export function stackCases(cpu, runs, server) {
  return TABLE.map(([name, what, transport, unit, budget, overGramjs]) => {
    const subject = (/** @type {string} */ library) => ({
      name: library,
      async run() {
        const args = [library, what, transport, await server(), String(cpu * 3)];
        return measureAll(['stack/worker.mjs', ...args]);
      },
    });
    return {
      name,
      unit,
      judged: 'ratio',
      budget,
      also: overGramjs === undefined ? undefined : { peer: 'gramjs', ratio: overGramjs },
      runs: Math.min(runs, 3),
      subjects: [subject('tlgen'), subject('mtcute'), { ...subject('gramjs'), runs: 1 }],
    };
  });
}

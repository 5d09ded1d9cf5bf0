import { measureAll } from '../run-process.mjs';

/** Workload, unit, least ratio to the better peer and to GramJS; without peers where they have no such thing. */
const TABLE = /** @type {[string, string, string, boolean, number?, number?][]} */ ([
  ['files: upload 64 MiB', 'upload', 'µs/MB', true, 2, 10],
  ['files: download 64 MiB', 'download', 'µs/MB', true, 1.2, 10],
  ['files: upload 64 MiB, encrypted', 'uploadEncrypted', 'µs/MB', false],
  ['files: download 64 MiB, encrypted', 'downloadEncrypted', 'µs/MB', false],
  ['files: upload 20 KB, 100 of them', 'uploadSmall', 'µs/file', true],
  ['files: download 20 KB, 100 of them', 'downloadSmall', 'µs/file', true],
]);

/**
 * Whole transfers by what each library offers for them, against a data center that has the files.
 *
 * @param {number} runs
 * @param {() => Promise<string>} server
 * @returns {import('../cases.mjs').Case[]}
 */
export function filesCases(runs, server) {
  return TABLE.map(([name, what, unit, peers, budget, overGramjs]) => {
    const subject = (/** @type {string} */ library) => ({
      name: library,
      run: async () => measureAll(['files/worker.mjs', library, what, await server()]),
    });
    const others = [subject('mtcute'), { ...subject('gramjs'), runs: 1 }];
    return {
      name,
      unit,
      judged: peers ? 'ratio' : 'value',
      budget,
      also: overGramjs === undefined ? undefined : { peer: 'gramjs', ratio: overGramjs },
      runs: Math.min(runs, 3),
      subjects: [subject('tlgen'), ...(peers ? others : [])],
    };
  });
}

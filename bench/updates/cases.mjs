import { measureAll } from '../run-process.mjs';
import { bundleUpdates } from './bundle.mjs';
import { CUT } from './control.mjs';

/** Updates of a measurement: warm ones, and GramJS takes a hundred times as long for each. */
const UPDATES = { tlgen: 200_000, mtcute: 200_000, gramjs: 20_000 };
/** Updates after which memory is looked at. `BENCH_UPDATES=1000000` says otherwise, of all libraries. */
const MANY = { tlgen: 200_000, mtcute: 200_000, gramjs: 100_000 };
/** Milliseconds: nothing takes longer but what hangs. A million updates take GramJS ten minutes. */
const TIMEOUT = 1_800_000;

/** @typedef {keyof typeof UPDATES} Library */

/** Workload, and whether peers have such a thing. */
const TABLE = /** @type {[string, string, boolean][]} */ ([
  ['updates: one per container', 'single', true],
  ['updates: ten per container', 'ten', true],
  ['updates: new messages only', 'messages', true],
  ['updates: read one by one', 'read', false],
]);

/**
 * Updates from the socket to a handler, and what they leave in memory, against a data center that pushes them as fast
 * as they are taken; and our engine without network.
 *
 * @param {number} runs
 * @param {() => Promise<string>} server
 * @returns {import('../cases.mjs').Case[]}
 */
export function updatesCases(runs, server) {
  const subject = (/** @type {Library} */ library, /** @type {string} */ what) => ({
    name: library,
    async run() {
      const args = ['updates/worker.mjs', library, what, await server()];
      return uncut([...args, String(UPDATES[library])]);
    },
  });
  const memory = (/** @type {Library} */ library) => ({
    name: library,
    async run() {
      const count = process.env['BENCH_UPDATES'] ?? String(MANY[library]);
      const args = ['--expose-gc', 'updates/worker.mjs', library, 'memory', await server(), count];
      return uncut(args);
    },
  });
  const alone = (/** @type {string} */ name, /** @type {string} */ what) => ({
    name,
    unit: 'µs/update',
    judged: /** @type {const} */ ('value'),
    runs: Math.min(runs, 3),
    subjects: [
      {
        name: 'tlgen',
        async run() {
          await bundleUpdates();
          return measureAll(['updates/engine-worker.mjs', what, '500000']);
        },
      },
    ],
  });
  return [
    ...TABLE.map(([name, what, peers]) => ({
      name,
      unit: 'µs/update',
      judged: /** @type {const} */ (peers ? 'ratio' : 'value'),
      runs: Math.min(runs, 3),
      subjects: [
        subject('tlgen', what),
        ...(peers ? [subject('mtcute', what), { ...subject('gramjs', what), runs: 1 }] : []),
      ],
    })),
    {
      name: 'updates: heap after many',
      unit: 'MB',
      judged: 'ratio',
      runs: 1,
      subjects: [memory('tlgen'), memory('mtcute'), memory('gramjs')],
    },
    alone('updates: engine without network', 'engine'),
    alone('updates: engine, handler, no network', 'handlers'),
  ];
}

/**
 * mtcute has its server cut the connection seven seconds after a call that took more than two, as on a machine that has
 * too much to do.
 *
 * @param {readonly string[]} args
 * @param {number} tries
 * @returns {ReturnType<typeof measureAll>}
 */
function uncut(args, tries = 3) {
  try {
    return measureAll(args, TIMEOUT);
  } catch (error) {
    if (tries <= 1 || !String(error).includes(CUT)) throw error;
    return uncut(args, tries - 1);
  }
}

// Compares tlgen with mtcute and GramJS: npm run bench -- [--quick] [--json] [WORD…]
import { parseArgs } from 'node:util';
import { allCases } from './cases.mjs';
import { check } from './check.mjs';
import { bundleHandshake } from './crypto/bundle-handshake.mjs';
import { checkCrypto } from './crypto/check.mjs';
import { prepare } from './prepare.mjs';
import { startServer } from './stack/start-server.mjs';
import { row, summary } from './table.mjs';

const HELP = `npm run bench -- [options] [word…]

Only cases whose names contain all the words are run.

  --quick   3 short processes per library instead of 5: about seven minutes, rough figures
  --json    one JSON document instead of the table
  --list    names of the cases
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
const settings = values.quick ? { cpu: 150, runs: 3 } : { cpu: 300, runs: 5 };
/** @typedef {import('./stack/start-server.mjs').Server} Server */
/** @type {Map<string, Promise<Server>>} */
const servers = new Map();
const started = async (/** @type {string[]} */ ...args) => {
  const [program = ''] = args;
  const server = servers.get(program) ?? startServer(args);
  servers.set(program, server);
  return (await server).address;
};
const cases = allCases(
  settings,
  () => started('stack/server.mjs'),
  () => started('client/server.mjs', '1000'),
  () => started('files/server.mjs'),
  () => started('updates/server.mjs'),
).filter(({ name }) => positionals.every((word) => name.includes(word)));
const say = (/** @type {string} */ text) => void (values.json || console.log(text));

if (values.help) console.log(HELP);
else if (values.list) for (const { name } of cases) console.log(name);
else if (cases.length === 0) {
  console.error(`no case is called ${positionals.join(' ')}; --list shows them`);
  process.exitCode = 2;
} else await main();

async function main() {
  const start = performance.now();
  const inAll = values.quick ? 'about seven minutes' : 'about seventeen minutes';
  const time = positionals.length > 0 ? '' : ` ${inAll} in all.`;
  say(`${cases.length} cases;${time} Lower is better; CPU time.\n`);
  await makeAndCheck(new Set(cases.map(({ suite }) => suite)));
  const results = [];
  for (const one of cases) {
    const result = await runCase(one);
    say(row(result));
    results.push(result);
  }
  for (const server of servers.values()) await (await server).close();
  if (values.json)
    console.log(
      JSON.stringify({ node: process.version, date: new Date().toISOString(), results }, null, 2),
    );
  else say(`\n${summary(results)} ${Math.round((performance.now() - start) / 1000)} s in all.`);
}

/**
 * What the cases that were chosen need, and no more.
 *
 * @param {ReadonlySet<import('./cases.mjs').Suite>} suites
 */
async function makeAndCheck(suites) {
  if (suites.has('codec') || suites.has('crypto') || suites.has('clients')) {
    await prepare(227);
    await prepare(198);
  }
  if (suites.has('codec')) {
    await check([
      { library: 'tlgen', layer: 227, workloads: ['large', 'small', 'mixed', 'request'] },
      { library: 'mtcute', layer: 227, workloads: ['large', 'small', 'mixed', 'request'] },
      { library: 'tlgen', layer: 198, workloads: ['large', 'small', 'request'] },
      { library: 'gramjs', layer: 198, workloads: ['large', 'small', 'request'] },
    ]);
  }
  if (suites.has('crypto')) {
    await checkCrypto();
    await bundleHandshake();
  }
}

/**
 * Runs take turns, so that a busy minute of the machine hits all libraries alike.
 *
 * @param {import('./cases.mjs').Case} one
 */
async function runCase(one) {
  const runs = Math.min(settings.runs, one.runs ?? settings.runs);
  const measured = one.subjects.map(
    () => /** @type {{ value: number, perSecond?: number, note?: string }[]} */ ([]),
  );
  for (let i = 0; i < runs; i++)
    for (const [at, subject] of one.subjects.entries()) {
      if (i >= (subject.runs ?? runs)) continue;
      const found = await subject.run();
      measured[at]?.push(typeof found === 'number' ? { value: found } : found);
    }
  const subjects = one.subjects.map(({ name }, at) => {
    const sorted = [...(measured[at] ?? [])].sort((a, b) => a.value - b.value);
    const middle = sorted[(sorted.length - 1) >> 1];
    return {
      name,
      median: middle?.value ?? NaN,
      least: sorted[0]?.value ?? NaN,
      most: sorted.at(-1)?.value ?? NaN,
      perSecond: middle?.perSecond,
      note: middle?.note,
      runs: sorted.length,
    };
  });
  const [ours, ...peers] = subjects;
  const times = (/** @type {number} */ median) => median / (ours?.median ?? NaN);
  const ratio =
    one.judged === 'ratio' ? times(Math.min(...peers.map((peer) => peer.median))) : null;
  const { name, unit, judged, budget = null } = one;
  const also = one.also && {
    ...one.also,
    measured: times(peers.find((peer) => peer.name === one.also?.peer)?.median ?? NaN),
  };
  const reached =
    budget === null
      ? null
      : (ratio === null ? (ours?.median ?? NaN) <= budget : ratio >= budget) &&
        (also === undefined || also.measured >= also.ratio);
  return { name, unit, judged, budget, ratio, also, reached, runs, subjects };
}

// Compares tlgen with mtcute and GramJS: npm run bench -- [--quick] [--json] [WORD…]
import { parseArgs } from 'node:util';
import { allCases } from './cases.mjs';
import { check } from './check.mjs';
import { prepare } from './prepare.mjs';
import { row, summary } from './table.mjs';

const HELP = `npm run bench -- [options] [word…]

Only cases whose names contain all the words are run.

  --quick   3 short processes per library instead of 5: a minute and a half, rough figures
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
const cases = allCases(settings).filter(({ name }) =>
  positionals.every((word) => name.includes(word)),
);
const say = (/** @type {string} */ text) => void (values.json || console.log(text));

if (values.help) console.log(HELP);
else if (values.list) for (const { name } of cases) console.log(name);
else if (cases.length === 0) {
  console.error(`no case is called ${positionals.join(' ')}; --list shows them`);
  process.exitCode = 2;
} else await main();

async function main() {
  const start = performance.now();
  say(
    `${cases.length} cases; ${values.quick ? 'a minute and a half' : 'about five minutes'} in all. Lower is better; CPU time.\n`,
  );
  await prepare(227);
  await prepare(198);
  await check([
    { library: 'tlgen', layer: 227, workloads: ['large', 'small', 'mixed', 'request'] },
    { library: 'mtcute', layer: 227, workloads: ['large', 'small', 'mixed', 'request'] },
    { library: 'tlgen', layer: 198, workloads: ['large', 'small', 'request'] },
    { library: 'gramjs', layer: 198, workloads: ['large', 'small', 'request'] },
  ]);
  const results = cases.map((one) => {
    const result = runCase(one);
    say(row(result));
    return result;
  });
  if (values.json)
    console.log(
      JSON.stringify({ node: process.version, date: new Date().toISOString(), results }, null, 2),
    );
  else say(`\n${summary(results)} ${Math.round((performance.now() - start) / 1000)} s in all.`);
}

/**
 * Runs take turns, so that a busy minute of the machine hits all libraries alike.
 *
 * @param {import('./cases.mjs').Case} one
 */
function runCase(one) {
  const runs = Math.min(settings.runs, one.runs ?? settings.runs);
  const times = one.subjects.map(() => /** @type {number[]} */ ([]));
  for (let i = 0; i < runs; i++)
    one.subjects.forEach((subject, at) => times[at]?.push(subject.run()));
  const subjects = one.subjects.map(({ name }, at) => {
    const sorted = [...(times[at] ?? [])].sort((a, b) => a - b);
    return {
      name,
      median: sorted[sorted.length >> 1] ?? NaN,
      least: sorted[0] ?? NaN,
      most: sorted.at(-1) ?? NaN,
    };
  });
  const [ours, ...peers] = subjects;
  const best = Math.min(...peers.map((peer) => peer.median));
  const ratio = one.judged === 'ratio' ? best / (ours?.median ?? NaN) : null;
  const { name, unit, judged, budget = null } = one;
  const reached =
    budget === null ? null : ratio === null ? (ours?.median ?? NaN) <= budget : ratio >= budget;
  return { name, unit, judged, budget, ratio, reached, runs, subjects };
}

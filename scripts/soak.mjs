// The random tests again, with many more runs and a fresh seed: for an idle hour, not for CI. The simulation of client
// and server (test/simulation) then runs 1,000 seeds for each of the runs, and a day with a million updates;
// `npm run soak -- simulation` runs only that. `SIM_SEED=n npm run soak -- simulation` replays one seed, with a trace.
import { node, root } from './tools.mjs';
import './build.mjs';

process.env['TLGEN_RUNS'] ??= '50';
process.env['TLGEN_SEED'] ??= String(Date.now() % 2 ** 31);
console.log(`TLGEN_SEED=${process.env['TLGEN_SEED']} TLGEN_RUNS=${process.env['TLGEN_RUNS']}`);
node(
  `${root}node_modules/vitest/vitest.mjs`,
  'run',
  '--root',
  'test',
  '--testTimeout',
  '3600000',
  ...process.argv.slice(2),
);

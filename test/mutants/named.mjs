// Switches one check off at a time, as `named/*.mjs` list them, and runs the tests that are to notice.
//   node test/mutants/named.mjs [WORD…]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { mutants } from './named/index.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Whether the tests of a mutant fail when it is put in.
 *
 * @param {readonly string[]} tests
 * @param {string} [mutant]
 */
const fails = async (tests, mutant) => {
  const vitest = `${root}node_modules/vitest/vitest.mjs`;
  const child = spawn(
    process.execPath,
    [vitest, 'run', '--root', 'test', ...tests, '--bail', '1', '--reporter', 'dot'],
    {
      cwd: root,
      stdio: 'ignore',
      timeout: 180_000,
      env: { ...process.env, TLGEN_MUTANT: mutant ?? '' },
    },
  );
  const [status] = await once(child, 'close');
  return status !== 0;
};

const words = process.argv.slice(2);
const chosen = mutants.filter(({ name }) => words.every((word) => name.includes(word)));
const files = [...new Set(chosen.flatMap(({ tests }) => tests))];
console.log(`${chosen.length} named mutants`);
if (await fails(files)) throw new Error(`the tests fail without any mutant: ${files.join(' ')}`);

/** @type {string[]} */
const survivors = [];
const queue = chosen.values();
const work = async () => {
  for (const { name, tests } of queue) {
    const died = await fails(tests, name);
    console.log(`${died ? 'killed  ' : 'SURVIVED'} ${name}`);
    if (!died) survivors.push(name);
  }
};
await Promise.all([work(), work()]);
console.log(survivors.length === 0 ? 'No mutant survived.' : `${survivors.length} survived.`);
process.exit(survivors.length === 0 ? 0 : 1);

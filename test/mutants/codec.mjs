// Breaks the built codec in one place at a time and expects the tests to notice.
//   node test/mutants/codec.mjs [--sample N] [--seed N] [FILE…]
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundleCodec } from '../../scripts/bundle.mjs';
import { mutantsOf } from './operators.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const sources = `${root}packages/codec/src/`;
const FILES = [
  'reader',
  'writer',
  'read-string',
  'registry',
  'gunzip',
  'json',
  'from-json',
  'base64',
];

/** Mutants that change nothing that can be observed: `file: line as it was` → why. */
const EQUIVALENT = JSON.parse(readFileSync(new URL('equivalent.json', import.meta.url), 'utf8'));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { sample: { type: 'string', default: '60' }, seed: { type: 'string', default: '1' } },
});

const notices = () => {
  const args = [
    'run',
    '--root',
    'test',
    'unit/codec',
    'vectors',
    '--bail',
    '1',
    '--reporter',
    'dot',
  ];
  const { status } = spawnSync(
    process.execPath,
    [`${root}node_modules/vitest/vitest.mjs`, ...args],
    {
      cwd: root,
      stdio: 'ignore',
      timeout: 120_000,
    },
  );
  return status !== 0;
};

const all = (positionals.length > 0 ? positionals : FILES).flatMap((file) => {
  const text = readFileSync(`${sources}${file}.ts`, 'utf8');
  return [...mutantsOf(text)].map((mutant) => ({ ...mutant, file }));
});
let state = Number(values.seed);
const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
const sample = all
  .map((mutant) => ({ mutant, order: random() }))
  .sort((a, b) => a.order - b.order)
  .slice(0, Number(values.sample))
  .map(({ mutant }) => mutant);

if (notices()) throw new Error('the tests fail without any mutant');
console.log(`${sample.length} of ${all.length} mutants, seed ${values.seed}`);
const survivors = [];
try {
  for (const { file, name, line, was, mutated } of sample) {
    // Only the bundle is altered, never a source file: an interrupted run leaves nothing behind but a bad build.
    await bundleCodec((source, id) => (id.endsWith(`/src/${file}.ts`) ? mutated : source));
    const died = notices();
    const excused = EQUIVALENT[`${file}: ${was}`];
    if (!died && !excused) survivors.push(`${file}.ts:${line} ${name}: ${was}`);
    const verdict = died ? 'killed  ' : excused ? 'harmless' : 'SURVIVED';
    console.log(`${verdict} ${file}.ts:${line} ${name}: ${was}`);
  }
} finally {
  await bundleCodec();
}
console.log(survivors.length === 0 ? 'No mutant survived.' : `${survivors.length} survived.`);
process.exit(survivors.length === 0 ? 0 : 1);

// Breaks one thing at a time and expects the tests to notice.
//   npm run test:mutants                       all named mutants of runtime, then a sample of the codec's
//   npm run test:mutants -- named [WORD…]      only named ones, whose names contain all the words
//   npm run test:mutants -- codec [OPTION…]    only the codec's: --sample N, --seed N, FILE…
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PARTS = ['named', 'codec'];
const [first = '', ...rest] = process.argv.slice(2);
const chosen = PARTS.includes(first) ? [first] : PARTS;
const args = PARTS.includes(first) ? rest : process.argv.slice(2);

let failed = false;
for (const part of chosen) {
  const script = fileURLToPath(new URL(`${part}.mjs`, import.meta.url));
  const { status } = spawnSync(process.execPath, [script, ...args], { stdio: 'inherit' });
  failed ||= status !== 0;
}
process.exit(failed ? 1 : 0);

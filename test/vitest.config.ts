import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';
import { mutantPlugin } from './mutants/plugin.mjs';
import { needOwnThread } from './support/own-thread.js';

/** The runtime and the data center are tested from their sources, whoever imports them. */
const source = (path: string): string =>
  fileURLToPath(new URL(`../packages/${path}`, import.meta.url));

const alone = needOwnThread(fileURLToPath(new URL('.', import.meta.url)), 'unit');

export default defineConfig({
  plugins: mutantPlugin(process.env['TLGEN_MUTANT']),
  resolve: {
    alias: [
      {
        find: /^@tlgen\/runtime\/crypto\/provider$/,
        replacement: source('runtime/src/crypto/provider/node.ts'),
      },
      { find: /^@tlgen\/(runtime|local-dc)$/, replacement: source('$1/src/index.ts') },
      {
        find: /^@tlgen\/runtime\/(crypto|transport)$/,
        replacement: source('runtime/src/$1/index.ts'),
      },
      { find: /^@tlgen\/runtime\/terminal$/, replacement: source('runtime/src/terminal/index.ts') },
      { find: /^#(platform|storage)$/, replacement: source('runtime/src/$1/node.ts') },
    ],
  },
  test: {
    // Most of the time of a short test would go into loading the library: those share their threads.
    projects: [
      {
        extends: true,
        test: { name: 'alone', include: ['!(unit)/**/*.test.ts', ...alone], isolate: true },
      },
      {
        extends: true,
        test: {
          name: 'shared',
          include: ['unit/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...alone],
          isolate: false,
        },
      },
    ],
    pool: 'threads',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: ['default', './support/tally-reporter.ts'],
    typecheck: { enabled: false },
  },
});

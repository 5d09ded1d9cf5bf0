import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { clientCases } from './client/cases.mjs';
import { cryptoCases } from './crypto/cases.mjs';
import { filesCases } from './files/cases.mjs';
import { tlFolder } from './peers/mtcute.mjs';
import { generated } from './prepare.mjs';
import { cpuOf, here, measure } from './run-process.mjs';
import { stackCases } from './stack/cases.mjs';
import { updatesCases } from './updates/cases.mjs';

/**
 * @typedef {object} Subject
 * @property {string} name
 * @property {() => Measurement | Promise<Measurement>} run - one measurement in a process of its own
 * @property {number} [runs] - fewer than usual, for what is slow and not close to the others
 *
 * @typedef {number | { value: number, perSecond?: number, note?: string }} Measurement - `perSecond`: units per second
 *   of wall time; `note`: what else the middle run has to say
 *
 * @typedef {object} Case
 * @property {string} name
 * @property {string} unit
 * @property {Subject[]} subjects - ours first; the ratio is to the best of `peers`
 * @property {'ratio' | 'value'} judged
 * @property {number} [budget] - least ratio, or greatest value
 * @property {{ peer: string, ratio: number }} [also] - least ratio to a certain peer
 * @property {number} [runs] - fewer than usual, for what takes long
 *
 * @typedef {'codec' | 'programs' | 'crypto' | 'clients'} Suite - what has to be made and checked before a case is run
 */

const LAYER = 227;
const GRAMJS_LAYER = 198;

/**
 * @param {{ cpu: number, runs: number }} settings - ms of CPU per measurement
 * @param {() => Promise<string>} server - starts the data center if need be; its address
 * @param {() => Promise<string>} crowded - likewise, one whose user has many dialogs
 * @param {() => Promise<string>} filed - likewise, one whose user was sent files
 * @param {() => Promise<string>} busy - likewise, one that pushes updates
 * @returns {(Case & { suite: Suite })[]}
 */
export const allCases = ({ cpu, runs }, server, crowded, filed, busy) => [
  ...inSuite('codec', codecCases(cpu)),
  ...inSuite('codec', heapCases()),
  ...inSuite('programs', importCases()),
  ...inSuite('programs', generationCases()),
  ...inSuite('crypto', cryptoCases(cpu, runs, server)),
  ...inSuite('clients', stackCases(cpu, runs, server)),
  ...inSuite('clients', clientCases(cpu, runs, crowded)),
  ...inSuite('clients', filesCases(runs, filed)),
  ...inSuite('clients', updatesCases(runs, busy)),
];

const inSuite = (/** @type {Suite} */ suite, /** @type {Case[]} */ cases) =>
  cases.map((one) => ({ ...one, suite }));

/**
 * @param {number} cpu
 * @returns {Case[]}
 */
function codecCases(cpu) {
  const worker = (
    /** @type {string} */ library,
    /** @type {number} */ layer,
    /** @type {string[]} */ what,
  ) => ({
    name: library,
    // The mixed workload takes longer to warm up: it is 1,600 functions on each side.
    run: () => {
      const ms = what.includes('mixed') ? cpu * 2 : cpu;
      return measure(['codec-worker.mjs', library, String(layer), ...what, String(ms)]);
    },
  });
  /** @type {[string, string, string, number | undefined, boolean][]} */
  const table = [
    ['decode large', 'decode', 'large', 2.5, true],
    ['decode small', 'decode', 'small', 1.5, true],
    ['decode mixed', 'decode', 'mixed', 1.3, false],
    ['encode large', 'encode', 'large', 6, true],
    ['encode small', 'encode', 'small', 4, true],
    ['encode mixed', 'encode', 'mixed', undefined, false],
    ['encode request', 'encode', 'request', undefined, true],
    ['encode request into packet', 'packet', 'request', 8, true],
  ];
  return table.map(([name, what, workload, budget, gramjs]) => ({
    name,
    unit: 'µs',
    judged: 'ratio',
    budget,
    subjects: [
      worker('tlgen', LAYER, [what, workload]),
      worker('mtcute', LAYER, [what, workload]),
      ...(gramjs ? [worker('gramjs', GRAMJS_LAYER, [what, workload])] : []),
    ],
  }));
}

/** @returns {Case[]} */
function heapCases() {
  const worker = (/** @type {string} */ library, /** @type {number} */ layer) => ({
    name: library,
    run: () => measure(['--expose-gc', 'heap-worker.mjs', library, String(layer), 'large']),
  });
  return [
    {
      name: 'heap per decoded large result',
      unit: 'KB',
      judged: 'ratio',
      budget: 1 / 0.9,
      subjects: [worker('tlgen', LAYER), worker('mtcute', LAYER), worker('gramjs', GRAMJS_LAYER)],
    },
  ];
}

/** @returns {Case[]} */
function importCases() {
  const gramjs = pathToFileURL(createRequire(import.meta.url).resolve('telegram')).href;
  const map = (/** @type {string} */ name) => pathToFileURL(join(tlFolder, 'binary', name)).href;
  const bare = () => measure(['import-worker.mjs']);
  const subject = (/** @type {string} */ name, /** @type {string[]} */ modules) => ({
    name,
    run: () => Math.max(0, measure(['import-worker.mjs', ...modules]) - bare()),
  });
  const maps = subject('mtcute TL maps', [map('reader.js'), map('writer.js')]);
  return [
    {
      name: 'import telegram, whole',
      unit: 'ms',
      judged: 'value',
      budget: 80,
      subjects: [
        subject('tlgen', ['@tlgen/telegram']),
        subject('tlgen with registry', ['@tlgen/telegram/registry']),
        maps,
        subject('@mtcute/core', ['@mtcute/core']),
        subject('gramjs', [gramjs]),
      ],
    },
    {
      name: 'import telegram, one namespace',
      unit: 'ms',
      judged: 'value',
      budget: 15,
      subjects: [
        subject('tlgen', ['@tlgen/telegram/messages']),
        subject('tlgen base', ['@tlgen/telegram/base']),
        subject('tlgen users', ['@tlgen/telegram/users']),
      ],
    },
  ];
}

/** @returns {Case[]} */
function generationCases() {
  const workspace = join(generated, 'workspace');
  const cli = join(here, '../generator/bin/tlgen.mjs');
  const schema = join(workspace, 'schemas/telegram/api.tl');
  const generate = () => cpuOf([cli, 'generate', '--quiet'], workspace);
  const cold = () => {
    rmSync(workspace, { recursive: true, force: true });
    cpSync(join(here, '../schemas'), join(workspace, 'schemas'), { recursive: true });
    return generate();
  };
  let changes = 0;
  const changed = () => {
    const text = readFileSync(schema, 'utf8');
    const marker = `benchMarker${++changes} id:int = BenchMarker${changes};`;
    writeFileSync(schema, text.replace('---functions---', `${marker}\n---functions---`));
    return generate();
  };
  const one = (/** @type {() => number} */ run) => [{ name: 'tlgen', run }];
  return [
    {
      name: 'generate everything, cold',
      unit: 'ms',
      judged: 'value',
      budget: 10_000,
      runs: 2,
      subjects: one(cold),
    },
    {
      name: 'generate, one layer changed',
      unit: 'ms',
      judged: 'value',
      budget: 3000,
      runs: 2,
      subjects: one(changed),
    },
    {
      name: 'generate everything, unchanged',
      unit: 'ms',
      judged: 'value',
      budget: 500,
      subjects: one(generate),
    },
    {
      name: 'tlgen --help',
      unit: 'ms',
      judged: 'value',
      subjects: one(() => cpuOf([cli, '--help'], here)),
    },
  ];
}

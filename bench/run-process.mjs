import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const here = dirname(fileURLToPath(import.meta.url));

/**
 * Runs a worker to its end and returns the number it printed.
 *
 * @param {readonly string[]} args of node
 * @returns {number}
 */
export const measure = (args) => measureAll(args).value;

/**
 * Runs a worker to its end and returns all it printed.
 *
 * @param {readonly string[]} args of node
 * @returns {{ value: number, perSecond?: number }}
 */
export function measureAll(args) {
  return JSON.parse(run(args, here).stdout);
}

/**
 * CPU time of a program in ms, start of node included.
 *
 * @param {readonly string[]} args of node
 * @param {string} cwd
 * @returns {number}
 */
export function cpuOf(args, cwd) {
  const report = pathToFileURL(join(here, 'report-cpu.mjs')).href;
  return JSON.parse(run(['--import', report, ...args], cwd).output[3] ?? '').value;
}

/** Nothing takes so long, milliseconds: whatever does, hangs. */
const TIMEOUT = 120_000;

/**
 * @param {readonly string[]} args
 * @param {string} cwd
 */
function run(args, cwd) {
  const stdio = /** @type {'pipe'[]} */ (['pipe', 'pipe', 'pipe', 'pipe']);
  const result = spawnSync(process.execPath, args, {
    cwd,
    stdio,
    encoding: 'utf8',
    timeout: TIMEOUT,
  });
  if (result.status !== 0)
    throw new Error(`node ${args.join(' ')} failed:\n${result.stderr}${result.stdout}`);
  return result;
}

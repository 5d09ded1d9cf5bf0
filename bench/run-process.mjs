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
 * @param {number} [timeout] - milliseconds
 * @returns {{ value: number, perSecond?: number, note?: string }}
 */
export function measureAll(args, timeout) {
  return JSON.parse(run(args, here, timeout).stdout);
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

/** Hardly anything takes so long, milliseconds: whatever does, hangs. */
const TIMEOUT = 120_000;

/** mtcute and GramJS drop leading zero bytes of a key: one of their key exchanges in 256 fails, and is made again. */
const SHORT_KEY = /invalid nonce hash|Step 3 invalid new nonce hash/i;

/**
 * @param {readonly string[]} args
 * @param {string} cwd
 * @param {number} [timeout] - milliseconds
 * @param {number} [tries]
 * @returns {import('node:child_process').SpawnSyncReturns<string>}
 */
function run(args, cwd, timeout = TIMEOUT, tries = 3) {
  const stdio = /** @type {'pipe'[]} */ (['pipe', 'pipe', 'pipe', 'pipe']);
  const result = spawnSync(process.execPath, args, {
    cwd,
    stdio,
    encoding: 'utf8',
    timeout,
  });
  if (result.status !== 0 && tries > 1 && SHORT_KEY.test(result.stderr))
    return run(args, cwd, timeout, tries - 1);
  if (result.status !== 0)
    throw new Error(`node ${args.join(' ')} failed:\n${result.stderr}${result.stdout}`);
  return result;
}

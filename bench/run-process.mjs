import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

export const here = dirname(fileURLToPath(import.meta.url));

/**
 * Runs a worker to its end and returns the number it found out.
 *
 * @param {readonly string[]} args of node
 * @returns {number}
 */
export function measure(args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: here, encoding: 'utf8' });
  if (status !== 0) throw new Error(`node ${args.join(' ')} failed:\n${stderr}`);
  return JSON.parse(stdout).value;
}

/**
 * CPU time of a program, in ms, all threads and children included.
 *
 * @param {readonly string[]} args of node
 * @param {string} cwd
 */
export function cpuOf(args, cwd) {
  const before = process.resourceUsage();
  const start = childTime();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`node ${args.join(' ')} failed:\n${stderr}`);
  void before;
  return childTime() - start;
}

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The repository's folder. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Runs a program in the repository and ends this process with its exit code when it fails.
 *
 * @param {string} command
 * @param {readonly string[]} args
 */
export function run(command, args) {
  const shell = process.platform === 'win32';
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

/** Runs a script of this repository or of an installed package with this Node. */
export const node = (/** @type {readonly string[]} */ ...args) => run(process.execPath, args);

/** Installs what package-lock.json names, unless that has been done. */
export function installOnce() {
  if (existsSync(`${root}node_modules/.package-lock.json`)) return;
  console.log('Installing dependencies …');
  run('npm', ['ci', '--no-audit', '--no-fund']);
}

/** TypeScript 7 by path: same diagnostics as 6, several times as fast. */
export const tsc7 = `${root}node_modules/typescript7/bin/tsc`;
/** TypeScript 6, the version that other tools use. */
export const tsc6 = `${root}node_modules/typescript/bin/tsc`;

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { here } from '../run-process.mjs';

/**
 * @typedef {object} Server
 * @property {string} address - JSON: host, port, rsaKey, and what else the program tells
 * @property {() => Promise<void>} close
 */

/**
 * @param {readonly string[]} args of node: the program, and what it is told
 * @returns {Promise<Server>}
 */
export async function startServer([program = 'stack/server.mjs', ...args] = []) {
  const child = spawn(process.execPath, [join(here, program), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const first = await Promise.race([once(child.stdout, 'data'), ended]);
  const address = String(first[0]);
  if (!address.startsWith('{')) throw new Error('the data center did not start');
  return {
    address,
    async close() {
      child.stdin.end();
      await ended;
    },
  };
}

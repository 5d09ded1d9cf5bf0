import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeWorkers } from '../../../../packages/runtime/src/platform/node-workers.js';
import { bundleProgram } from '../../../support/kill.js';

const run = promisify(execFile);
let folder: string;
let program: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tlgen-threads-'));
  program = await bundleProgram(new URL('programs/ige-threads.ts', import.meta.url), folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Rejects when the process does not end well, or not by itself. */
async function output(options: readonly string[] = []): Promise<string> {
  const { stdout } = await run(process.execPath, [...options, program], {
    timeout: 60_000,
  });
  return stdout.trim();
}

describe('threads of Node', () => {
  it('are not there for one core', () => {
    expect(nodeWorkers(1)).toBeUndefined();
    expect(nodeWorkers(0)).toBeUndefined();
    expect(nodeWorkers(2)).toMatchObject({ threshold: 32_768 });
  });

  it('work from one bundled file, and let the process end by itself', async () => {
    expect(await output()).toBe('right broken=false threads=2');
  });

  it('do not mind what the process was started with', async () => {
    // Run in a thread, this would end it.
    const loader = 'import{isMainThread}from"node:worker_threads";if(!isMainThread)process.exit(1)';
    const options = [`--import=data:text/javascript,${encodeURIComponent(loader)}`];
    expect(await output(options)).toBe('right broken=false threads=2');
  });

  it('are done without where the permission model forbids them', async () => {
    const options = ['--experimental-permission', '--allow-fs-read=*'];
    expect(await output(options)).toBe('right broken=true threads=0');
  });
});

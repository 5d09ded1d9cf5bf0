import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Folder, SMALL } from './run-cli.js';

const bin = join(import.meta.dirname, '../../../../generator/bin/tlgen.mjs');
const folder = new Folder({ 'small.tl': SMALL });
afterAll(() => folder.remove());

const start = (...args: string[]) => spawn(process.execPath, [bin, ...args], { cwd: folder.path });
const exit = (child: ReturnType<typeof start>) =>
  new Promise<number | null>((resolve) => child.on('close', resolve));

// The built program, as users start it.
describe.runIf(existsSync(join(bin, '../../dist/cli/main.js')))('the tlgen process', () => {
  it('exits with the code of the command', async () => {
    expect(await exit(start('stats', '--schema', 'small.tl'))).toBe(0);
    expect(await exit(start('stats', '--schema', 'none.tl'))).toBe(1);
    expect(await exit(start('statz'))).toBe(2);
  });

  it('takes a reader that went away for no error', async () => {
    const child = start('convert', 'telegram', '--to', 'json');
    let stderr = '';
    child.stderr.on('data', (chunk) => (stderr += String(chunk)));
    child.stdout.once('data', () => child.stdout.destroy());
    expect(await exit(child)).toBe(0);
    expect(stderr).toBe('');
  });

  it('leaves nothing half-written on SIGINT', async () => {
    const child = start('generate', '--schema', 'small.tl', '--name', 'x', '--out', 'out');
    child.stderr.once('data', () => child.kill('SIGINT'));
    expect(await exit(child)).toBe(130);
    const out = join(folder.path, 'out');
    expect(existsSync(out) ? readdirSync(out) : []).toEqual([]);
  });
});

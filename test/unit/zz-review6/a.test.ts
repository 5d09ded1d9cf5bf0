import { PassThrough, Writable } from 'node:stream';
import { linkSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { toWritable } from '../../../packages/runtime/src/files/output/to-writable.js';
import { toBytes } from '../../../packages/runtime/src/files/output/to-bytes.js';
import { safeName } from '../../../packages/runtime/src/files/sink/safe-name.js';
import { saveToDirectory, saveToFile } from '../../../packages/runtime/src/files/sink/index.js';
import { nodeFileSystem as fs } from '../../../packages/runtime/src/platform/node-file-system.js';

const within = async (work: Promise<unknown>, ms = 1500) =>
  Promise.race([
    work.then((v) => ['ok', v], (e: Error) => ['error', e.name, (e as {code?:string}).code, e.message]),
    new Promise((r) => setTimeout(() => r(['HANGS']), ms)),
  ]);
async function* parts(n = 3, size = 100_000) { for (let i = 0; i < n; i++) yield new Uint8Array(size); }

it('destroyed stream', async () => {
  const s = new PassThrough(); s.destroy(); await new Promise((r) => setTimeout(r, 20));
  console.log('destroyed PassThrough', await within(toWritable(parts(), s as never, false)));
  const e = new PassThrough(); e.end(); await new Promise((r) => setTimeout(r, 20));
  e.on('error', () => {});
  console.log('ended PassThrough', await within(toWritable(parts(), e as never, false)));
});
it('http response whose client is gone', async () => {
  const { createServer, get } = await import('node:http');
  let out: unknown;
  const server = createServer(async (req, res) => {
    await new Promise((r) => setTimeout(r, 200));
    out = await within(toWritable(parts(), res as never, false));
  });
  await new Promise<void>((r) => server.listen(0, '127.0.0.1', () => r()));
  const req = get(`http://127.0.0.1:${(server.address() as {port:number}).port}/`);
  req.on('error', () => {});
  setTimeout(() => req.destroy(), 50);
  await new Promise((r) => setTimeout(r, 2500));
  console.log('response of a client that left', out);
  server.close();
});
it('locked web stream', async () => {
  const w = new WritableStream(); w.getWriter();
  console.log('locked', await within(toWritable(parts(), w as never, false)));
});
it('toBytes', async () => {
  console.log('2^50', await within(toBytes(parts(1), 2 ** 50)));
  console.log('2^53-1', await within(toBytes(parts(1), 2 ** 53 - 1)));
});
it('safeName', () => {
  for (const n of [10_000, 20_000, 40_000, 80_000]) {
    const t = performance.now(); safeName('a' + ' '.repeat(n) + 'b', 'x');
    console.log('safeName', n, Math.round(performance.now() - t), 'ms');
  }
});
const options = (more = {}) => ({ identity: 'doc', size: 5, resume: false, overwrite: false,
  async *parts(start: number) { yield new Uint8Array([1,2,3,4,5]).subarray(start); }, ...more });
it('hard link left', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'zz-'));
  // Find partial's name: fail with resume
  await saveToDirectory(fs, folder, 'a.txt', options({ resume: true, async *parts() { yield new Uint8Array([1]); throw new Error('cut'); } })).catch(() => {});
  const [partial] = readdirSync(folder) as [string];
  console.log(partial);
  // killed between link and remove:
  writeFileSync(join(folder, partial), 'WHOLE');
  linkSync(join(folder, partial), join(folder, 'a.txt'));
  writeFileSync(join(folder, 'a.txt'), 'EDITED BY ITS OWNER');
  const saved = await saveToDirectory(fs, folder, 'a.txt', options({ async *parts() { yield new Uint8Array([1]); throw new Error('cut'); } })).catch((e: Error) => e.message);
  console.log(saved, readdirSync(folder), JSON.stringify(readFileSync(join(folder, 'a.txt'), 'latin1')));
});
it('progress of complete', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'zz-'));
  let called = 0;
  await saveToFile(fs, join(folder, 'e'), options({ size: 0, parts() { called++; return parts(0); } }));
  console.log('parts called for empty file', called);
});

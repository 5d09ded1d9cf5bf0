import { createReadStream, readdirSync } from 'node:fs';
import { PassThrough, Readable, Writable } from 'node:stream';
import { LocalDc } from '@tlgen/local-dc';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { person, type Person } from '../../end-to-end/people.js';

let dc: LocalDc; let ann: Person; let bob: Person;
const seen: string[] = [];
const onUncaught = (e: Error) => { seen.push('UNCAUGHT ' + e.message); };
beforeAll(async () => {
  process.on('uncaughtException', onUncaught);
  process.on('unhandledRejection', onUncaught as never);
  dc = await LocalDc.start();
  ann = await person(dc, await dc.createUser({ username: 'annie' }));
  bob = await person(dc, await dc.createUser({ username: 'bobby' }));
});
afterAll(async () => { await ann.client.close(); await bob.client.close(); await dc.close(); process.off('uncaughtException', onUncaught); process.off('unhandledRejection', onUncaught as never); });
const within = async (work: Promise<unknown>, ms = 3000) =>
  Promise.race([
    work.then((v) => ['ok', String(v).slice(0, 60)], (e: Error) => ['error', e.name, (e as {code?:string}).code, e.message]),
    new Promise((r) => setTimeout(() => r(['HANGS']), ms)),
  ]);
const later = (ms: number) => new Promise((r) => setTimeout(r, ms));
const fds = () => readdirSync('/proc/self/fd').length;

it.each(['sendFile', 'sendMedia', 'sendAlbum', 'upload', 'api'])('stream of a missing file: %s', async (how) => {
  seen.length = 0;
  const s = () => createReadStream('/nonexistent-' + how);
  const c = ann.client;
  const work: Promise<unknown> =
    how === 'sendFile' ? c.sendFile('@bobby', s()) :
    how === 'sendMedia' ? c.sendMedia('@bobby', { type: 'document', file: s() }) :
    how === 'sendAlbum' ? c.sendAlbum('@bobby', [{ type: 'document', file: new Uint8Array(100) }, { type: 'document', file: s() }]) :
    how === 'upload' ? c.files.upload(s()) :
    c.api.messages.sendMedia({ peer: '@bobby', media: s(), message: '' } as never);
  console.log(how, await within(work), 'uncaught:', JSON.stringify(seen));
});

it('fd of a stream when the peer is unknown', async () => {
  const before = fds();
  for (let i = 0; i < 20; i++) await ann.client.sendFile('@nobody_at_all', createReadStream('/etc/hosts')).catch(() => {});
  await later(200);
  console.log('fds', before, fds());
});

it('stalled sinks', async () => {
  const sent = await ann.client.sendFile('@bobby', new Uint8Array(5_000_000).fill(7), { name: 'a.bin' });
  const media = sent.media as never;
  const stalled = () => new Writable({ highWaterMark: 1, write() {} });
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 300);
  console.log('signal, node sink that stalls', await within(ann.client.files.downloadTo(media, stalled() as never, { signal: stop.signal })));
  console.log('timeout, node sink that stalls', await within(ann.client.files.downloadTo(media, stalled() as never, { timeout: 300 })));
  const web = new WritableStream({ write: () => new Promise(() => {}) });
  console.log('timeout, web sink that stalls', await within(ann.client.files.downloadTo(media, web as never, { timeout: 300 })));
});

it('return() of chunks while a part is under way', async () => {
  const sent = await ann.client.sendFile('@bobby', new Uint8Array(5_000_000).fill(7), { name: 'a.bin' });
  const { upload } = await import('@tlgen/telegram');
  let asked = 0;
  const undo = dc.handle(upload.GetFileRequest, () => { asked++; return new Promise(() => {}) as never; });
  const it1 = ann.client.files.chunks(sent.media as never);
  const p = it1.next(); p.catch(() => {});
  await later(300);
  console.log('asked', asked, 'chunks.return', await within(it1.return(undefined)));
  const r = Readable.from(ann.client.files.chunks(sent.media as never));
  r.on('error', () => {}); r.resume(); await later(200); r.destroy();
  console.log('closed', await within(new Promise((done) => r.on('close', done))));
  const reader = ann.client.files.stream(sent.media as never).getReader();
  void reader.read().catch(() => {}); await later(200);
  console.log('stream cancel', await within(reader.cancel()));
  if (typeof undo === 'function') (undo as () => void)();
});

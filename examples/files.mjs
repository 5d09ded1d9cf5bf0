// @ts-check
// Uploads and downloads. Offline: the data center runs in this process.
import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalDc } from '@tlgen/local-dc';
import { Client, FileError, MemoryStorage, parseFileId } from '@tlgen/runtime';
import { schema } from '@tlgen/telegram/schema';

const folder = await mkdtemp(join(tmpdir(), 'tlgen-files-'));
const path = join(folder, 'report.txt');
const bytes = new Uint8Array(3_000_000).map((_, at) => at * 7);
await writeFile(path, bytes);

const dc = await LocalDc.start({ dataCenters: [2, 4], cdnDataCenters: [203] });
const ann = await dc.createUser({ firstName: 'Ann', username: 'annie' });
const bob = await dc.createUser({ firstName: 'Bob', username: 'bobby' });
const common = { schema, ...dc.clientOptions, logger: /** @type {const} */ ({ to: 'none' }) };
const client = new Client({ ...common, storage: new MemoryStorage() });
await client.signIn({ phone: ann.phone, code: dc.loginCode });
const other = new Client({ ...common, storage: new MemoryStorage() });
await other.signIn({ phone: bob.phone, code: dc.loginCode });

// docs: send
const sent = await client.sendFile('@bobby', path, {
  caption: 'The **report**',
  parseMode: 'markdown',
  onProgress: ({ done, total, percent }) => {
    if (percent === 100) console.log(`${done} of ${total} bytes`);
  },
});
console.log(sent.id, sent.media?._);
// docs: end

// docs: sources
const source = createReadStream(path); // a stream, of Node or of the web, or any async iterable
const uploaded = await client.files.upload(source, { name: 'report-2.txt' });
console.log(uploaded.inputFile._, uploaded.size, uploaded.mimeType);
await client.sendFile('@bobby', uploaded);
await client.sendFile('@bobby', new Blob(['a, b\n1, 2\n']), { name: 'table.csv' });
await client.sendFile('@bobby', new TextEncoder().encode('Hello'), { name: 'hello.txt' });
// docs: end

// docs: media
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAIAQAAAADsdIMmAAAADklEQVR4nGNgAIIPUAgAD/AB/6vbHlAAAAAASUVORK5CYII=',
  'base64',
);
await client.sendMedia('@bobby', { type: 'photo', file: picture }, { caption: 'A picture' });
await client.sendMedia('@bobby', {
  type: 'voice',
  file: bytes.subarray(0, 5000),
  duration: 3,
  waveform: [0, 8, 16, 31, 16, 8, 0],
});
const album = await client.sendAlbum('@bobby', [
  { media: { type: 'photo', file: picture }, caption: 'One' },
  { media: { type: 'photo', file: picture }, caption: 'Two' },
]);
console.log(album.map(({ media }) => media?._));
// docs: end

// docs: received
for await (const message of other.peers.history('@annie')) {
  if (message._ !== 'message' || !message.media) continue;
  const { kind, name, size, mimeType } = other.files.info(message);
  console.log(kind, name, size, mimeType);
}
// docs: end

/** The message with the report. */
const message = await report();
async function report() {
  for await (const one of other.peers.history('@annie')) {
    if (one._ === 'message' && one.message === 'The report') return one;
  }
  throw new Error('the report is not there');
}

/** The message that came last. */
async function latest() {
  for await (const one of other.peers.history('@annie', { limit: 1 })) return one;
  throw new Error('there is no message');
}

// docs: download
const saved = await other.files.downloadToDirectory(message, folder);
console.log(saved.path === join(folder, 'report (2).txt'), saved.size);
const whole = await other.files.download(message);
assert.deepEqual(whole, bytes);
// docs: end

// docs: save
await other.files.downloadToFile(message, join(folder, 'copy.txt'), {
  resume: true, // go on where an earlier one stopped
  overwrite: true,
  signal: AbortSignal.timeout(60_000),
});
// docs: end

// docs: chunks
let length = 0;
for await (const part of other.files.chunks(message)) length += part.length;
console.log(length);
// docs: end

// docs: range
const player = createServer((request, response) => {
  const size = other.files.info(message).size ?? 0;
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
  const start = Number(from ?? 0);
  const end = to ? Number(to) + 1 : size;
  response.writeHead(206, {
    'content-range': `bytes ${start}-${end - 1}/${size}`,
    'content-length': end - start,
  });
  void other.files.downloadTo(message, response, { start, end }).catch(() => undefined);
});
// docs: end
await new Promise((resolve) => player.listen(0, '127.0.0.1', () => resolve(undefined)));
const { port } = /** @type {import('node:net').AddressInfo} */ (player.address());
const answer = await fetch(`http://127.0.0.1:${port}/`, {
  headers: { range: 'bytes=1000001-1000010' },
});
console.log(answer.status, [...new Uint8Array(await answer.arrayBuffer())].join(' '));
player.close();

// docs: ids
const { fileId, uniqueId } = other.files.ids(message);
const id = parseFileId(fileId);
console.log(id.kind, id.type, id.kind === 'document' && id.dc, uniqueId.length);
assert.deepEqual(await other.files.download(fileId), bytes);
await other.sendFile('@annie', fileId); // sent again, without an upload
// docs: end

// docs: api
await client.api.messages.sendMedia({ peer: '@bobby', media: path, message: 'By path' });
await other.api.messages.sendMedia({ peer: '@annie', media: message, message: 'Sent again' });
// docs: end

// docs: encrypted
const secret = await client.files.uploadEncrypted(path);
console.log(secret.inputFile._, secret.key.length, secret.iv.length, secret.size);
// docs: end

// docs: errors
/** @type {(() => Promise<unknown>)[]} */
const mistakes = [
  () => client.files.upload(new Uint8Array(0)),
  () => client.files.upload(join(folder, 'nothing.txt')),
  () => client.files.download('not a file id'),
  () => other.files.download(message, { start: 5_000_000 }),
  () => other.files.downloadToFile(message, path),
];
for (const mistake of mistakes) {
  try {
    await mistake();
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    console.log(error.code, error.message.replaceAll(folder, '…'));
  }
}
// docs: end

// docs: resume
const stop = new AbortController();
await client.files
  .upload(path, {
    resume: 'the report',
    parallel: 1,
    signal: stop.signal,
    onProgress: ({ done }) => {
      if (done > 1_000_000) stop.abort();
    },
  })
  .catch((error) => console.log(error.code));
/** @type {number[]} */
const progress = [];
await client.files.upload(path, {
  resume: 'the report',
  onProgress: ({ done }) => progress.push(done),
});
console.log(`went on after ${progress[0]} bytes`);
// docs: end

// docs: server
const film = dc.addFile(bytes, { dcId: 4, cdn: true, name: 'film.mp4', mimeType: 'video/mp4' });
dc.sendFile(ann, bob, film, { caption: 'Look' });
const look = await latest();
dc.expireReferences(); // those that were told are of no use any more
assert.deepEqual(await other.files.download(look), bytes);
dc.cdn.corrupt(film, 1_000_000); // a bit of what the CDN has is wrong
await other.files.download(look).catch((error) => console.log(error.code));
dc.cdn.repair();
// docs: end

await Promise.all([client.close(), other.close()]);
assert.equal(dc.refusals.count, 0);
assert.deepEqual(await readFile(join(folder, 'copy.txt')), Buffer.from(bytes));
await dc.close();
await rm(folder, { recursive: true });

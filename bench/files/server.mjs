// A data center whose user was sent files, in a process of its own. Prints where and who as one line of JSON; ends with
// its standard input.
import { LocalDc } from '@tlgen/local-dc';
import { Client, MemoryStorage } from '@tlgen/runtime';
import { upload } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { generated } from '../prepare.mjs';
import { content, FILM, NOTE, NOTES, SAMPLE } from './content.mjs';
import { sendSecretFile } from './secret-file.mjs';

const schemaOf = async (/** @type {number} */ layer) => {
  const file = join(generated, `layer${layer}`, 'schema.js');
  return (await import(pathToFileURL(file).href)).schema;
};
const dc = await LocalDc.start({
  tlsPort: false,
  layers: [await schemaOf(198), await schemaOf(227)],
});
const me = await dc.createUser({ firstName: 'Me', username: 'reader' });
const films = await dc.createUser({ firstName: 'Films', username: 'all_films' });
const notes = await dc.createUser({ firstName: 'Notes', username: 'all_notes' });
/** What it uploads is encrypted: nobody here knows what should be in it. */
const secretary = await dc.createUser({ firstName: 'Secretary', username: 'secretary' });

const film = content(FILM);
const folder = mkdtempSync(join(tmpdir(), 'tlgen-bench-'));
const path = join(folder, 'film.bin');
const samplePath = join(folder, 'sample.bin');
writeFileSync(path, film);
writeFileSync(samplePath, film.subarray(0, SAMPLE));
for (const [size, name] of /** @type {[number, string][]} */ ([
  [SAMPLE, 'sample.bin'],
  [FILM, 'film.bin'],
])) {
  dc.sendFile(films, me, film.subarray(0, size), { name });
}
for (let i = 0; i < NOTES; i++)
  dc.sendFile(notes, me, film.subarray(0, NOTE), { name: `note-${i}.bin` });

const connected = async (/** @type {import('@tlgen/local-dc').TestUser} */ { phone }) => {
  const storage = new MemoryStorage();
  const client = new Client({ schema, ...dc.clientOptions, storage, logger: { to: 'none' } });
  await client.signIn({ phone: phone ?? '', code: dc.loginCode });
  return client;
};
const [from, to] = [await connected(secretary), await connected(me)];
const secret = await sendSecretFile(from, to, '@reader', path);
const secretSample = await sendSecretFile(from, to, '@reader', samplePath);
await Promise.all([from.close(), to.close()]);
dc.files.forgetParts();

/*
 * From now on parts are compared with what they should be, and dropped: what is kept of many transfers would fill the
 * memory. Every part is whole, so its number says where it belongs.
 */
const right = (/** @type {number} */ part, /** @type {Uint8Array} */ bytes) => {
  const start = part * bytes.length;
  return film.compare(bytes, 0, bytes.length, start, start + bytes.length) === 0;
};
dc.handle(upload.SaveFilePartRequest, ({ filePart, bytes }) => right(filePart, bytes));
dc.handle(upload.SaveBigFilePartRequest, ({ filePart, fileTotalParts, bytes }, { user }) => {
  const size = fileTotalParts * bytes.length;
  if (size !== FILM && size !== SAMPLE) return false;
  return user.id === secretary.id || right(filePart, bytes);
});

const { host, port, rsaKey, loginCode: code } = dc;
console.log(
  JSON.stringify({
    host,
    port,
    rsaKey,
    code,
    path,
    samplePath,
    secret,
    secretSample,
    phone: me.phone,
    secretary: secretary.phone,
    films: films.username,
    notes: notes.username,
  }),
);
process.stdin.resume().once('end', () => {
  rmSync(folder, { recursive: true, force: true });
  void dc.close();
});

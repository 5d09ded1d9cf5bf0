// Measures whole transfers of one library in a process of its own: node files/worker.mjs LIBRARY WHAT SERVER
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpu } from '../rounds.mjs';
import { content, FILM, NOTE, NOTES, SAMPLE } from './content.mjs';
import { memory, peakMemory } from './memory.mjs';

/**
 * A file that was sent to the user, as the library gives it.
 *
 * @typedef {{ size: number, file: any }} Received
 *
 * A client of one library, as its users have it.
 *
 * @typedef {object} FilesPeer
 * @property {(phone: string) => Promise<void>} signIn - connects first
 * @property {(from: string) => Promise<Received[]>} received - the newest messages of a user, given by name
 * @property {(path: string) => Promise<unknown>} upload
 * @property {(bytes: Uint8Array, name: string) => Promise<unknown>} uploadBytes
 * @property {(file: Received) => AsyncIterable<Uint8Array>} download
 * @property {(file: Received) => Promise<Uint8Array>} downloadBytes
 * @property {(path: string) => Promise<unknown>} [uploadEncrypted]
 * @property {(file: SecretFile) => AsyncIterable<Uint8Array>} [downloadEncrypted]
 * @property {() => Promise<void>} close
 *
 * @typedef {object} SecretFile
 * @property {string} id
 * @property {string} accessHash
 * @property {number} dcId
 * @property {number} keyFingerprint
 * @property {string} stored - bytes at the server
 * @property {string} key - hexadecimal
 * @property {string} iv - hexadecimal
 * @property {number} size - bytes of the content
 *
 * @typedef {object} Place
 * @property {string} host
 * @property {number} port
 * @property {string} rsaKey
 * @property {string} code
 * @property {string} phone
 * @property {string} secretary - phone of who may upload encrypted files
 * @property {string} path - of the large file
 * @property {string} samplePath
 * @property {string} films - name of who sent the large files
 * @property {string} notes - name of who sent the small ones
 * @property {SecretFile} secret
 * @property {SecretFile} secretSample
 */

/** Bytes. */
const MB = 1e6;
/** Small files at one time. */
const AT_ONCE = 10;
/** How often all small files are transferred. */
const ROUNDS = 3;

const [library = '', what = '', server = ''] = process.argv.slice(2);
const { open } = await import(`../peers/files/${library}.mjs`);
/** @type {Place} */
const place = JSON.parse(server);
const hashOf = (/** @type {Uint8Array} */ bytes) =>
  createHash('sha256').update(bytes).digest('hex');
// Made before anything is measured: it is let go of then.
const expected = { sample: hashOf(content(SAMPLE)), note: hashOf(content(NOTE)) };
const note = content(NOTE);

/** @type {FilesPeer} */
const client = open(place);
await client.signIn(what === 'uploadEncrypted' ? place.secretary : place.phone);

/** Reads to the end and keeps nothing. @param {AsyncIterable<Uint8Array>} chunks */
async function drop(chunks) {
  let size = 0;
  for await (const bytes of chunks) size += bytes.length;
  assert.equal(size, FILM);
}

/** Nothing is timed before it is seen to be right. @param {AsyncIterable<Uint8Array>} chunks */
async function check(chunks) {
  const hash = createHash('sha256');
  for await (const bytes of chunks) hash.update(bytes);
  assert.equal(hash.digest('hex'), expected.sample);
}

/** @param {number} size */
async function filmOf(size) {
  const found = (await client.received(place.films)).find((one) => one.size === size);
  assert(found);
  return found;
}

/** All of them, some at a time. @param {(index: number) => Promise<unknown>} one */
async function all(one) {
  let index = 0;
  const work = async () => {
    while (index < NOTES) await one(index++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

const absent = () => {
  throw new Error(`${library} has no encrypted files`);
};

/**
 * Each warms up with something that is checked (what is uploaded, the server checks), and gives what is timed, and how
 * many units that is.
 *
 * @type {Record<string, () => Promise<{ run: () => Promise<unknown>, units: number }>>}
 */
const workloads = {
  async upload() {
    await client.upload(place.samplePath);
    return { run: () => client.upload(place.path), units: FILM / MB };
  },
  async download() {
    await check(client.download(await filmOf(SAMPLE)));
    const film = await filmOf(FILM);
    return { run: () => drop(client.download(film)), units: FILM / MB };
  },
  async uploadEncrypted() {
    const upload = client.uploadEncrypted ?? absent;
    await upload(place.samplePath);
    return { run: () => upload(place.path), units: FILM / MB };
  },
  async downloadEncrypted() {
    const download = client.downloadEncrypted ?? absent;
    await check(download(place.secretSample));
    return { run: () => drop(download(place.secret)), units: FILM / MB };
  },
  async uploadSmall() {
    const round = () => all((index) => client.uploadBytes(note, `note-${index}.bin`));
    await round();
    return { run: () => repeat(round), units: NOTES * ROUNDS };
  },
  async downloadSmall() {
    const files = await client.received(place.notes);
    assert.equal(files.length, NOTES);
    await all(async (index) => {
      const bytes = await client.downloadBytes(/** @type {Received} */ (files[index]));
      assert.equal(hashOf(bytes), expected.note);
    });
    const one = (/** @type {number} */ index) =>
      client.downloadBytes(/** @type {Received} */ (files[index]));
    return { run: () => repeat(() => all(one)), units: NOTES * ROUNDS };
  },
};

/** @param {() => Promise<void>} round */
async function repeat(round) {
  for (let i = 0; i < ROUNDS; i++) await round();
}

const prepare = workloads[what];
if (prepare === undefined) throw new Error(`there is no workload ${what}`);
const base = memory();
const { run, units } = await prepare();
const start = { cpu: cpu(), time: performance.now() };
await run();
const value = (cpu() - start.cpu) / units;
const perSecond = (units * 1000) / (performance.now() - start.time);
const peak = `at most ${Math.max(0, peakMemory() - base).toFixed(0)} MB above the start`;
await client.close();
console.log(JSON.stringify({ value, perSecond, note: peak }));
// GramJS leaves a loop behind.
process.exit();

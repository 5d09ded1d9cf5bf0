// Measures one client in a process of its own: node stack/worker.mjs LIBRARY WHAT TRANSPORT SERVER MS
import assert from 'node:assert/strict';
import { costOf } from '../rounds.mjs';
import { PART } from './part.mjs';

/**
 * A connected client of one library; nobody is signed in.
 *
 * @typedef {object} StackPeer
 * @property {() => Promise<string>} nearest - `help.getNearestDc`: the country
 * @property {(part: Uint8Array) => Promise<boolean>} upload - `upload.saveFilePart`
 * @property {(size: number) => Promise<Uint8Array>} download - `upload.getFile`
 * @property {() => Promise<void>} close
 *
 * @typedef {'obfuscated' | 'plain'} TransportKind
 * @typedef {{ host: string, port: number, rsaKey: string }} Address
 */

const [library = '', what = '', transport = '', server = '', ms = '300'] = process.argv.slice(2);
const { connect } = await import(`../peers/stack/${library}.mjs`);
/** @type {StackPeer} */
const client = await connect(JSON.parse(server), transport);

/** Bytes. */
const MB = 1e6;
const part = Buffer.from(PART);
const times = (/** @type {number} */ count, /** @type {() => Promise<unknown>} */ run) =>
  Promise.all(Array.from({ length: count }, run));

/**
 * A round, and how many units it is.
 *
 * @type {Record<string, { round: () => Promise<unknown>, units: number }>}
 */
const workloads = {
  calls: { round: () => client.nearest(), units: 1 },
  calls50: { round: () => times(50, () => client.nearest()), units: 50 },
  upload: { round: () => times(4, () => client.upload(part)), units: (4 * PART.length) / MB },
  download: {
    round: () => times(4, () => client.download(PART.length)),
    units: (4 * PART.length) / MB,
  },
};

// Nothing is timed before it is seen to work.
assert.equal(await client.nearest(), 'XX');
assert.equal(await client.upload(part), true);
assert.deepEqual(Buffer.from(await client.download(PART.length)), part);

const workload = workloads[what];
if (workload === undefined) throw new Error(`there is no workload ${what}`);
const { round, units } = workload;
let rounds = 0;
let start = 0;
const warm = () => {
  rounds = 0;
  start = performance.now();
};
const value = await costOf(() => (rounds++, round()), Number(ms), { warm });
const perSecond = (rounds * units * 1000) / (performance.now() - start);
await client.close();
console.log(JSON.stringify({ value: value / units, perSecond }));
// GramJS leaves a loop behind.
process.exit();

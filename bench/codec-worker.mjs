// Measures one library on one workload in a process of its own: node codec-worker.mjs LIBRARY LAYER CASE WORKLOAD MS
import { payloadsOf } from './prepare.mjs';
import { costOf } from './rounds.mjs';

const [library, layer, what, workload, budget = '400'] = process.argv.slice(2);
const payloads = payloadsOf(Number(layer), workload ?? '');
const peer = await (await import(`./peers/${library}.mjs`)).load(Number(layer));

/** Keeps results alive, so that no call can be dropped as useless. */
let sink;

/** @type {Record<string, () => void>} */
const cases = {
  decode() {
    for (const bytes of payloads) sink = peer.decode(bytes);
  },
  encode() {
    for (const object of objects) sink = peer.encode(object);
  },
  packet() {
    for (const object of objects) sink = peer.encodeIntoPacket(object);
  },
};
/** @type {any[]} */
const objects =
  workload === 'request'
    ? [peer.request()]
    : what === 'decode'
      ? []
      : payloads.map((bytes) => peer.decode(bytes));
const round = /** @type {() => void} */ (cases[what ?? '']);

const value = (await costOf(round, Number(budget))) / payloads.length;
console.log(JSON.stringify({ value, done: sink !== undefined }));

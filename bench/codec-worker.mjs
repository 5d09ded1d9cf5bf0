// Measures one library on one workload in a process of its own: node codec-worker.mjs LIBRARY LAYER CASE WORKLOAD MS
import { payloadsOf } from './prepare.mjs';

const [library, layer, what, workload, budget = '400'] = process.argv.slice(2);
const payloads = payloadsOf(Number(layer), workload ?? '');
const peer = await (await import(`./peers/${library}.mjs`)).load(Number(layer));

/** CPU time of this process so far, all threads, in µs. */
const cpu = () => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

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

/**
 * Rounds until `us` of CPU time have passed; µs per payload.
 *
 * @param {number} us
 */
function measure(us) {
  const start = cpu();
  let rounds = 0;
  let batch = 1;
  let spent = 0;
  while (spent < us) {
    for (let i = 0; i < batch; i++) round();
    rounds += batch;
    spent = cpu() - start;
    if (spent < us / 20) batch *= 2;
  }
  return spent / rounds / payloads.length;
}

const us = Number(budget) * 1000;
measure(us);
const times = Array.from({ length: 5 }, () => measure(us / 5)).sort((a, b) => a - b);
console.log(JSON.stringify({ value: times[2], done: sink !== undefined }));

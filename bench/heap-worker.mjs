// How much heap a decoded result keeps: node --expose-gc heap-worker.mjs LIBRARY LAYER WORKLOAD
import { payloadsOf } from './prepare.mjs';

const KEPT = 60;
const [library, layer, workload] = process.argv.slice(2);
const [payload] = payloadsOf(Number(layer), workload ?? '');
const peer = await (await import(`./peers/${library}.mjs`)).load(Number(layer));
const gc = /** @type {() => void} */ (globalThis.gc);

const used = () => {
  gc();
  gc();
  return process.memoryUsage().heapUsed;
};
// Enough runs for the hidden classes to settle.
for (let i = 0; i < 300; i++) peer.decode(payload);
const before = used();
const kept = Array.from({ length: KEPT }, () => peer.decode(payload));
const value = (used() - before) / KEPT / 1024;
console.log(JSON.stringify({ value, kept: kept.length }));

// Measures updates of one library in a process of its own: node --expose-gc updates/worker.mjs LIBRARY WHAT SERVER COUNT
import assert from 'node:assert/strict';
import { cpu } from '../rounds.mjs';
import { memory as rss, peakMemory } from '../files/memory.mjs';
import { Control, CUT } from './control.mjs';
import { MESSAGES, ROUND } from './mixture.mjs';
import { UpdateSum } from './sum.mjs';

/**
 * How updates are looked at: each one as the protocol has it, or new messages only, as a bot does; `read`: one by one
 * instead of by a handler.
 *
 * @typedef {'all' | 'messages' | 'read'} How
 *
 * A client of one library, as its users have it.
 *
 * @typedef {object} UpdatesPeer
 * @property {number} layer
 * @property {(phone: string, code: string) => Promise<void>} signIn - connects first
 * @property {(how: How, seen: (name: string, update: any) => void, cut: () => void) => void} listen - `name`: TL
 *   name; `cut`: the connection is gone, if that can be told
 * @property {() => Promise<void>} close
 *
 * @typedef {object} Place
 * @property {string} host
 * @property {number} port
 * @property {string} rsaKey
 * @property {number} controlPort
 * @property {number} newest - the data center's layer
 */

/** Updates that warm up. */
const WARM = 10 * ROUND;
/** Updates between two reports to the data center. */
const REPORT = 100;
/** Bytes. */
const MB = 1e6;
/** Milliseconds without an update after which none comes any more; those within which there has to be one. */
const QUIET = 500;
const PATIENCE = 60_000;

const [library = '', what = '', server = '', count = '0'] = process.argv.slice(2);
/** @type {Record<string, { how: How, each: number, memory?: boolean }>} */
const workloads = {
  single: { how: 'all', each: 1 },
  ten: { how: 'all', each: 10 },
  messages: { how: 'messages', each: 10 },
  read: { how: 'read', each: 10 },
  memory: { how: 'all', each: 10, memory: true },
};
const workload = workloads[what];
if (workload === undefined) throw new Error(`there is no workload ${what}`);
const { how, each, memory = false } = workload;

const { open } = await import(`../peers/updates/${library}.mjs`);
/** @type {Place} */
const place = JSON.parse(server);
/** @type {UpdatesPeer} */
const client = open(place, how);
const control = await Control.open(place.controlPort);
const messagesOnly = how === 'messages';
const stage = await control.ask({ do: 'stage', layer: client.layer, each, messagesOnly });
await client.signIn(stage.phone, stage.code);

let sum = new UpdateSum();
/** All that was seen since the greetings. */
let seen = 0;
let target = Infinity;
let heap = 0;
let end = { cpu: 0, time: 0 };
let reached = () => {};
/** Seen while everybody greets. */
let greeted = 0;
let greeting = true;
let measuring = false;
const look = (/** @type {string} */ name, /** @type {any} */ update) => {
  if (greeting) {
    greeted++;
    return;
  }
  sum.add(name, update);
  if (++seen % REPORT === 0 || sum.count === target) control.tell({ do: 'got', count: seen });
  if (memory && seen % 5000 === 0) heap = Math.max(heap, process.memoryUsage().heapUsed);
  if (sum.count !== target) return;
  end = { cpu: cpu(), time: performance.now() };
  reached();
};
client.listen(how, look, () => {
  if (!measuring) return;
  console.error(`${library}: ${CUT}`);
  process.exit(1);
});
const { greetings } = await control.ask({ do: 'greet' });
await allGreeted();
greeting = false;
measuring = true;

/** Waits until all greetings were seen, and nothing else comes. */
async function allGreeted() {
  const seenSoFar = () => greeted;
  for (let before = -1; before < greetings || before !== seenSoFar();) {
    if (performance.now() > PATIENCE)
      throw new Error(`${library} saw ${greeted} of ${greetings} greetings`);
    before = seenSoFar();
    await new Promise((resolve) => setTimeout(resolve, QUIET));
  }
}

/** Has so many updates pushed. @returns {Promise<{ cpu: number, ms: number, server: number }>} µs of both sides */
async function pour(/** @type {number} */ updates) {
  sum = new UpdateSum();
  target = messagesOnly ? (updates / ROUND) * MESSAGES : updates;
  const all = new Promise((resolve) => (reached = () => resolve(undefined)));
  const start = { cpu: cpu(), time: performance.now() };
  const answer = control.ask({ do: 'pour', count: updates });
  // Fails when nothing more comes, and not all has.
  let before = -1;
  const watch = setInterval(() => {
    if (sum.count === before && sum.count < target)
      throw new Error(`${library} saw ${sum.count} of ${target} updates, and then no more`);
    before = sum.count;
  }, PATIENCE);
  await all;
  const { poured } = await answer;
  clearInterval(watch);
  const { count, sum: expected, differences } = poured;
  assert.equal(sum.count, count, `${library}: updates seen`);
  assert.equal(sum.sum, expected, `${library}: the sum of what was seen`);
  assert.equal(differences, 0, `${library}: differences that it asked for`);
  return { cpu: end.cpu - start.cpu, ms: end.time - start.time, server: poured.cpu };
}

const settled = async () => {
  for (let i = 0; i < 3; i++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    globalThis.gc?.();
  }
  return { heap: process.memoryUsage().heapUsed / MB, rss: rss() };
};
const mb = (/** @type {number} */ value) => `${value.toFixed(1)} MB`;

await pour(WARM);
const before = memory ? await settled() : null;
const updates = Math.ceil(Number(count) / ROUND) * ROUND;
const spent = await pour(updates);
if (before === null) {
  const perSecond = (updates * 1000) / spent.ms;
  const note = `server busy ${((spent.server / spent.ms) * 0.1).toFixed(0)} %`;
  console.log(JSON.stringify({ value: spent.cpu / updates, perSecond, note }));
} else {
  const after = await settled();
  const grown = `${mb(after.heap - before.heap)} more than before ${updates.toLocaleString('en')} updates`;
  const note = `${grown}, at most ${mb(heap / MB)}; RSS ${mb(after.rss)}, at most ${mb(peakMemory())}`;
  console.log(JSON.stringify({ value: after.heap, note }));
}
measuring = false;
control.close();
await client.close();
// GramJS leaves a loop behind.
process.exit();

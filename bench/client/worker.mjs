// Measures the whole client of one library in a process of its own: node --expose-gc client/worker.mjs LIBRARY WHAT SERVER MS
import assert from 'node:assert/strict';
import { costOf } from '../rounds.mjs';

/**
 * A client of one library, as its users have it.
 *
 * @typedef {object} ClientPeer
 * @property {() => Promise<void>} connect
 * @property {() => Promise<void>} signIn - connects first
 * @property {() => Promise<void>} meet - looks the friend up by name, so that the id alone is known from then on
 * @property {() => Promise<string | undefined>} friend - asks the server for the friend, given by id: the first name
 * @property {() => Promise<string | undefined>} newest - asks for the friend's newest message, given by id: its text
 * @property {() => Promise<object[]>} dialogs - all of them
 * @property {() => Promise<void>} close
 *
 * @typedef {object} Place
 * @property {string} host
 * @property {number} port
 * @property {string} rsaKey
 * @property {number} dialogs - how many the user has
 * @property {string} phone
 * @property {string} code
 * @property {string} friend - user name
 * @property {string} friendId
 *
 * @typedef {{ value: number, perSecond?: number, note?: string }} Measured
 */

const CLIENTS = 100;
/** Key exchanges at one time. */
const AT_ONCE = 10;
const SIGN_INS = 5;
/** Bytes. */
const MB = 1e6;
/** mtcute and GramJS drop leading zero bytes of a key: one of their key exchanges in 256 fails. */
const SHORT_KEY = /invalid nonce hash|Step 3 invalid new nonce hash/i;

const [library = '', what = '', server = '', ms = '300'] = process.argv.slice(2);
const { open } = await import(`../peers/client/${library}.mjs`);
/** @type {Place} */
const place = JSON.parse(server);
const gc = /** @type {() => void} */ (globalThis.gc);

/** After two turns of the loop, so that what is being closed is gone. */
const memory = async () => {
  for (let i = 0; i < 3; i++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    gc();
  }
  const { heapUsed, rss } = process.memoryUsage();
  return { heap: heapUsed / MB, rss: rss / MB };
};
const mb = (/** @type {number} */ value) => `${value.toFixed(1)} MB`;

/** @returns {Promise<ClientPeer>} */
async function signedIn() {
  const client = open(place);
  await client.signIn();
  return client;
}

/**
 * @param {'friend' | 'newest'} what
 * @param {number} inFlight
 * @returns {Promise<Measured>} µs of CPU per call
 */
async function calls(what, inFlight) {
  const client = await signedIn();
  await client.meet();
  assert.equal(await client.friend(), `Somebody ${place.dialogs - 1}`);
  assert.match((await client.newest()) ?? '', /^Hello from number/);
  let rounds = 0;
  let start = 0;
  const warm = () => {
    rounds = 0;
    start = performance.now();
  };
  const round = () => {
    rounds++;
    return Promise.all(Array.from({ length: inFlight }, () => client[what]()));
  };
  const value = await costOf(round, Number(ms), { warm });
  const perSecond = (rounds * inFlight * 1000) / (performance.now() - start);
  await client.close();
  return { value: value / inFlight, perSecond };
}

/** @returns {Promise<Measured>} ms of wall time from nothing to being signed in, a key exchange included */
async function signIns() {
  const times = [];
  for (let i = 0; i < SIGN_INS; i++) {
    const start = performance.now();
    const client = await signedIn();
    times.push(performance.now() - start);
    await client.close();
  }
  const [first = NaN] = times;
  times.sort((a, b) => a - b);
  return { value: times[SIGN_INS >> 1] ?? NaN, note: `the first ${first.toFixed(0)} ms` };
}

/** @returns {Promise<Measured>} MB of heap in use, all that is loaded included */
async function manyDialogs() {
  const client = await signedIn();
  const before = await memory();
  const dialogs = await client.dialogs();
  assert.equal(dialogs.length, place.dialogs);
  const after = await memory();
  const note = `${mb(after.heap - before.heap)} of it the dialogs', RSS ${mb(after.rss)}`;
  // They are kept until here.
  assert.equal(new Set(dialogs).size, place.dialogs);
  await client.close();
  return { value: after.heap, note };
}

/** @returns {Promise<Measured>} KB of heap for each client that is connected */
async function manyClients() {
  // One first: what all share is loaded then.
  const first = await connected();
  const before = await memory();
  /** @type {ClientPeer[]} */
  const clients = [];
  while (clients.length < CLIENTS) {
    clients.push(...(await Promise.all(Array.from({ length: AT_ONCE }, () => connected()))));
  }
  const after = await memory();
  await Promise.all([first, ...clients].map((client) => client.close()));
  const note = `RSS ${mb(after.rss)}, ${mb(after.rss - before.rss)} more than with one`;
  return { value: ((after.heap - before.heap) * 1000) / CLIENTS, note };
}

/** @returns {Promise<ClientPeer>} */
async function connected(tries = 3) {
  const client = open(place);
  try {
    await client.connect();
    return client;
  } catch (error) {
    if (tries <= 1 || !SHORT_KEY.test(String(error))) throw error;
    await client.close();
    return connected(tries - 1);
  }
}

/** @type {Record<string, () => Promise<Measured>>} */
const workloads = {
  users: () => calls('friend', 1),
  users50: () => calls('friend', 50),
  history50: () => calls('newest', 50),
  signIns,
  manyDialogs,
  manyClients,
};
const run = workloads[what];
if (run === undefined) throw new Error(`there is no workload ${what}`);
console.log(JSON.stringify(await run()));
// GramJS leaves a loop behind.
process.exit();

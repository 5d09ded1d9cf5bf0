// Measures one library in a process of its own: node crypto/worker.mjs LIBRARY OPERATION SIZE|SERVER MS
import { costOf } from '../rounds.mjs';
import { handshakes, operations, peerOf } from './operations.mjs';

const [library = '', what = '', subject = '', ms = '300'] = process.argv.slice(2);
const peer = await peerOf(library);

/** How long these take depends on luck: on the numbers that were drawn. */
const uneven = ['factorize', 'handshake'];

const { round, close } =
  what === 'handshake'
    ? await handshakes(peer, JSON.parse(subject))
    : { round: await operations[what]?.(peer, Number(subject)), close() {} };

/** Keeps results alive, so that no call can be dropped as useless. */
let sink;
const value = await costOf(() => (sink = /** @type {() => unknown} */ (round)()), Number(ms), {
  even: !uneven.includes(what),
});
close();
console.log(JSON.stringify({ value, done: sink !== undefined }));

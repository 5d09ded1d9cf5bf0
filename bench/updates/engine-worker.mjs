// Measures our engine without network, in a process of its own: node updates/engine-worker.mjs engine|handlers COUNT
import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';
import { decode } from '@tlgen/codec';
import { schema } from '@tlgen/telegram/schema';
import { cpu } from '../rounds.mjs';
import { updatesFile } from './bundle.mjs';
import { person, ROUND, supergroup } from './mixture.mjs';
import { RoundsOfBytes } from './rounds-of-bytes.mjs';
import { UpdateSum } from './sum.mjs';

const EACH = 10;
const FRIENDS = 30;
const GROUPS = 10;
/** Rounds that warm up. */
const WARM = 10;
const START = 1000;

const [what = '', count = '0'] = process.argv.slice(2);
const { UpdateEngine, UpdateHub, filters } = await import(pathToFileURL(updatesFile).href);

const stage = {
  date: 1_750_000_000,
  box: { pts: START, id: START },
  seq: 1,
  users: Array.from({ length: FRIENDS }, (_, i) => person(String(5_000_000_000 + i), '77', i)),
  groups: Array.from({ length: GROUPS }, (_, i) => ({
    box: { pts: (i + 1) * 20_000_000, id: (i + 1) * 20_000_000 },
    chat: supergroup(String(2_000_000_000 + i), '78', i),
  })),
};
const rounds = new RoundsOfBytes(stage, EACH, schema.registry);

const engine = new UpdateEngine({ schema, self: 1n, bot: false });
let steady = 0;
const now = () => ({ steady: ++steady, wall: 1_750_000_000_000 + steady });
const channels = new Map(stage.groups.map(({ box, chat }) => [BigInt(chat.id), box.pts]));
engine.start({ pts: START, qts: 0, seq: 1, date: stage.date, channels }, now());

let sum = new UpdateSum();
/** @type {(delivery: any) => void} */
let take = ({ id, update }) => {
  sum.add(update._, update);
  engine.delivered(id, now());
};
if (what === 'handlers') {
  const clock = {
    now,
    after: () => ({ cancel() {} }),
  };
  const hub = new UpdateHub({
    clock,
    log: () => {},
    actions: { self: () => ({ id: 1n, bot: false, username: null }) },
    settings: () => ({ queueLimit: 10_000, overflow: 'pause' }),
    wanted() {},
    handlerFailed(/** @type {unknown} */ error) {
      throw error;
    },
    lost() {},
  });
  hub.on(filters.all, (/** @type {any} */ { update }) => sum.add(update._, update));
  take = (delivery) => hub.deliver(delivery, () => engine.delivered(delivery.id, now()));
}

/** What the engine asks for: at the start, whether something was missed. */
let differences = 0;
function act() {
  for (const output of engine.take()) {
    if (output.type === 'deliver') take(output);
    else if (output.type === 'request') differences++;
    else throw new Error(`the engine says ${output.type}`);
  }
}

// Nothing was.
for (const output of engine.take()) {
  if (output.type !== 'request') continue;
  const { type, pts } = output.request;
  const empty =
    type === 'difference'
      ? { _: 'updates.differenceEmpty', date: stage.date, seq: 1 }
      : { _: 'updates.channelDifferenceEmpty', final: true, pts, timeout: 30 };
  engine.answered(output.id, empty, now());
}
act();
differences = 0;

/** µs of CPU for one round; what is read from bytes is read before. */
function run(/** @type {number} */ round) {
  const expected = new UpdateSum();
  const containers = rounds.lines.map((_, at) => {
    const { words, updates } = rounds.at(round, at);
    for (const { kind, number } of updates) expected.addNumber(kind, number);
    return decode(new Uint8Array(words.buffer), schema.registry);
  });
  sum = new UpdateSum();
  const start = cpu();
  for (const one of containers) {
    engine.receive(one, now());
    act();
  }
  const spent = cpu() - start;
  assert.deepEqual(sum, expected);
  assert.equal(differences, 0);
  return spent;
}

for (let round = 0; round < WARM; round++) run(round);
const all = Math.ceil(Number(count) / ROUND);
let spent = 0;
for (let round = 0; round < all; round++) spent += run(WARM + round);
assert.equal(engine.outstanding, 0);
const value = spent / (all * ROUND);
console.log(JSON.stringify({ value, perSecond: 1e6 / value }));

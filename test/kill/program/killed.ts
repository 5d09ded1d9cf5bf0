import { writeSync } from 'node:fs';
import { Random } from '../../support/random.js';
import { makeClient } from './make-client.js';
import { Operations } from './operations.js';
import type { Found, Plan } from './plan.js';

/**
 * A client that signs in and out, sends numbered messages and looks people up until it is killed. It says what it does
 * before and after: `begin send 5`, `done send 5`.
 */
const plan = JSON.parse(process.argv.at(-1) ?? '') as Plan;
const say = (line: string): void => void writeSync(1, `${line}\n`);
const calls: string[] = [];
const client = makeClient(plan, calls);
client.on('error', (error) => say(`error ${error.message}`));

/** Who has to be known, and is not, or only by asking the server. */
async function lost(): Promise<string[]> {
  const unknown: string[] = [];
  for (const id of plan.known) {
    calls.length = 0;
    const peer = await client.peers.resolve(BigInt(id)).catch(() => null);
    const right = peer?._ === 'inputPeerUser' && String(peer.userId) === id;
    if (!right || calls.length > 0) unknown.push(id);
  }
  return unknown;
}

async function live(): Promise<void> {
  say('started');
  await client.connect();
  const stored = client.self;
  // Whoever is signed in by what is stored is so at the server, too.
  if (stored) await client.me().catch((error: unknown) => say(`refused ${String(error)}`));
  const found: Found = {
    self: client.self && String(client.self.id),
    lost: client.self ? await lost() : [],
  };
  say(`found ${JSON.stringify(found)}`);
  say('ready');
  await new Operations(client, plan, new Random(plan.seed), say).run();
  await client.close();
  say('closed');
}

/** Resolves at its end, if it is left to live. */
export const life = live();

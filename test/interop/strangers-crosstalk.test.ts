import { LocalDc } from '@tlgen/local-dc';
import { auth } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gramjsTalker } from '../support/strangers/gramjs-talker.js';
import { strangerSchemas } from '../support/strangers/layers.js';
import { expectNoSockets } from '../support/strangers/leftovers.js';
import { mtcuteTalker } from '../support/strangers/mtcute-talker.js';
import { ownTalker } from '../support/strangers/own-talker.js';
import { newPerson } from '../support/strangers/people.js';
import { converse, type Account, type Talker } from '../support/strangers/talker.js';

interface Speaker {
  readonly username: string;
  readonly talker: Talker;
}

let dc: LocalDc;
const open: Talker[] = [];
beforeEach(async () => {
  dc = await LocalDc.start({ dataCenters: [2, 4], layers: await strangerSchemas() });
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
  await dc.close();
  await expectNoSockets();
  // GramJS begins with the salt 0 instead of the one that both nonces make, and takes the server's correction.
  expect(dc.refusals.list.filter(({ kind }) => kind !== 'bad-salt')).toEqual([]);
});

const libraries: Readonly<Record<string, (account: Account) => Promise<Talker>>> = {
  GramJS: (account) => gramjsTalker(dc, 'obfuscated', account),
  mtcute: (account) => mtcuteTalker(dc, 'padded', account, { pfs: true }),
  'our client': (account) => ownTalker(dc, account),
};
const names = Object.keys(libraries);

async function speaker(
  library: string,
  fields: { dcId?: number; bot?: boolean } = {},
): Promise<Speaker> {
  const signIn = libraries[library];
  if (signIn === undefined) throw new TypeError(`there is no library ${library}`);
  const { username, account } = await newPerson(dc, fields);
  const talker = await signIn(account);
  open.push(talker);
  return { username, talker };
}

async function everybodyWithEverybody(speakers: readonly Speaker[]): Promise<number> {
  let pairs = 0;
  for (const [at, one] of speakers.entries()) {
    for (const other of speakers.slice(at + 1)) {
      await converse(one, other);
      pairs += 1;
    }
  }
  return pairs;
}

/** Ids of constructors and methods in the newest layer. */
function idsOf(...names: readonly string[]): Set<number> {
  return new Set(names.flatMap((name) => schema.registry.named(name)?.id ?? []));
}

describe('GramJS, mtcute and our client in one data center', () => {
  it('exchange messages, each with each, in layers 198, 227 and the newest', async () => {
    const speakers = await Promise.all(names.map((name) => speaker(name)));
    expect(await everybodyWithEverybody(speakers)).toBe(3);
  });

  it('sign in at data center 2 with accounts that live at 4, are sent there, and exchange messages', async () => {
    const signedInAt: number[] = [];
    dc.handle(auth.SignInRequest, (_request, { dcId, next }) => {
      signedInAt.push(dcId);
      return next();
    });
    expect(dc.clientOptions.homeDc).toBe(2);
    const moved = await Promise.all(names.map((name) => speaker(name, { dcId: 4 })));
    expect(signedInAt).toEqual([4, 4, 4]);
    const stayed = await speaker('our client', { dcId: 2 });
    expect(await everybodyWithEverybody([...moved, stayed])).toBe(6);
  });

  // Only ours: GramJS never asks for what it missed with a connection (its `catchUp` is empty).
  it('our client sends and gets messages although connections are cut', async () => {
    const one = await speaker('our client');
    const other = await speaker('our client');
    // The connection goes with a request; then, the other way, with the update that brings the text.
    const requests = idsOf('messages.sendMessage');
    const inRequest = dc.faults.add({
      kind: 'cut',
      on: 'incoming',
      when: 'before',
      times: 1,
      match: ({ messages }) => messages.some(({ requestId }) => requests.has(requestId ?? 0)),
    });
    await one.talker.send(other.username, 'after a cut');
    expect(await other.talker.received('after a cut')).toBe(one.talker.userId);
    expect(inRequest.count).toBe(1);
    const pushes = idsOf('updateShortMessage', 'updates');
    const inUpdate = dc.faults.add({
      kind: 'cut',
      on: 'outgoing',
      when: 'before',
      times: 1,
      match: ({ messages }) => messages.some(({ constructorId }) => pushes.has(constructorId)),
    });
    await other.talker.send(one.username, 'lost at first');
    expect(await one.talker.received('lost at first')).toBe(other.talker.userId);
    expect(inUpdate.count).toBe(1);
  });

  it('sign in bots of data center 4 at 2', async () => {
    const bots = await Promise.all(names.map((name) => speaker(name, { dcId: 4, bot: true })));
    const person = await speaker('our client');
    for (const bot of bots) await converse(person, bot);
  });
});

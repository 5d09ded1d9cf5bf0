import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalDc } from '@tlgen/local-dc';
import { contacts } from '@tlgen/telegram';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RUNS, SEED } from '../support/random.js';
import { Account, STRANGER, type Kind, type Tally } from './account.js';
import { compiledBundle } from './compiled-bundle.js';

const KILLS = 200 * RUNS;
/** Encryption, passwords and key exchanges take long: fewer of those. */
const KINDS: readonly (Kind & { readonly share: number })[] = [
  { share: 0.3, saveInterval: 0, pfs: false, passphrase: '', password: null },
  { share: 0.15, saveInterval: 0, pfs: true, passphrase: '', password: 'sesame' },
  { share: 0.05, saveInterval: 0, pfs: false, passphrase: 'correct horse', password: null },
  { share: 0.3, saveInterval: 30, pfs: false, passphrase: '', password: null },
  { share: 0.15, saveInterval: 30, pfs: true, passphrase: '', password: null },
  { share: 0.05, saveInterval: 30, pfs: true, passphrase: 'battery staple', password: 'sesame' },
];

let dc: LocalDc;
let folder: string;
let program: string;
const made = { seed: SEED };
const account = (kind: Kind): Promise<Account> =>
  Account.create(dc, kind, { program, folder, seed: made.seed++ });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tlgen-killed-'));
  const entry = new URL('program/killed.ts', import.meta.url);
  program = (await compiledBundle(entry, folder)).path;
  dc = await LocalDc.start();
  dc.handle(contacts.ResolveUsernameRequest, async ({ username }, context) => {
    const isNew = username.startsWith(STRANGER) && !dc.world.names.owner(username);
    if (isNew) await dc.createUser({ username });
    return context.next();
  });
  const first = await account(KINDS[0]!);
  await first.live('compiles');
  expect(first.ledger.problems).toEqual([]);
});
afterAll(async () => {
  await dc.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a client that is killed at any moment', () => {
  it('has lost nothing that was acknowledged', async () => {
    const accounts = await Promise.all(KINDS.map(account));
    await Promise.all(
      accounts.map(async (one, at) => {
        const kills = Math.round(KILLS * KINDS[at]!.share);
        for (let kill = 0; kill < kills; kill++) await one.live('killed');
        await one.live('spared');
      }),
    );
    expect(accounts.flatMap(({ ledger }) => ledger.problems)).toEqual([]);
    const { kills, signIn, calls, peers } = sum(accounts.map(({ tally }) => tally));
    const inside = signIn + calls + peers;
    const parts = `sign-in ${signIn}, calls ${calls}, peer writes ${peers}`;
    console.log(`${kills} kills, ${inside} inside an operation (${parts}); seed ${SEED}`);
    expect(kills).toBe(KILLS);
    expect(inside).toBeGreaterThan(KILLS * 0.6);
    for (const part of [signIn, calls, peers]) expect(part).toBeGreaterThan(KILLS * 0.05);
    // What clients did was right, too.
    expect(dc.refusals.list).toEqual([]);
  }, 900_000);

  it('would be noticed to lose a sign-in', async () => {
    const one = await account({ ...KINDS[0]!, lazy: 'everything' });
    await one.live('killed', { after: `done sign-in ${one.user.id}`, milliseconds: 0 });
    expect(one.ledger.problems).toEqual([]);
    await one.live('spared');
    expect(one.ledger.problems).toContainEqual('signed in: null, should be true');
  });

  it.each([0, 30])('would be noticed to lose peers, with saveInterval %i', async (saveInterval) => {
    const one = await account({ ...KINDS[0]!, saveInterval, lazy: 'peers' });
    // Long before the late write.
    const seen = { after: 'ready', milliseconds: 200 };
    const saved = { after: 'done save ', milliseconds: 0 };
    await one.live('spared');
    for (let life = 0; life < 10 && one.ledger.problems.length === 0; life++)
      await one.live('killed', saveInterval > 0 ? saved : seen);
    expect(one.ledger.problems).toContainEqual(expect.stringMatching(/^unknown: \d/));
  });
});

function sum(tallies: readonly Tally[]) {
  const total = { kills: 0, signIn: 0, calls: 0, peers: 0 };
  for (const { kills, inside } of tallies) {
    total.kills += kills;
    total.signIn += inside['sign-in'] + inside['sign-out'];
    total.calls += inside.send;
    total.peers += inside.see + inside.save;
  }
  return total;
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SqliteStorage } from '../../../../packages/runtime/src/storage/sqlite.js';
import { bundleProgram, diedInside, liveAndDie, type Life } from '../../../support/kill.js';
import { Random, RUNS, SEED } from '../../../support/random.js';
import type { Found } from './programs/counters.js';

let folder: string;
let program: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tlgen-kill-'));
  program = await bundleProgram(new URL('./programs/counter.ts', import.meta.url), folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const foundBy = ({ lines, errors }: Life): Found => {
  const line = lines.find((one) => one.startsWith('found '));
  if (line === undefined) throw new Error(`The program said nothing: ${errors}`);
  return JSON.parse(line.slice('found '.length)) as Found;
};
const lastOf = ({ lines }: Life, word: string): number =>
  Number(lines.findLast((line) => line.startsWith(`${word} `))?.slice(word.length + 1) ?? 0);

/** Kills the program so often, each time on the storage that the one before left. */
async function killAgainAndAgain(path: string, passphrase: string, kills: number) {
  const random = new Random(SEED);
  let [acknowledged, begun, flushed, inside, commits] = [0, 0, 0, 0, 0];
  for (let kill = 0; kill <= kills; kill++) {
    // Some die while they begin, the last lives on and closes.
    const moment = random.chance(15)
      ? { after: 'start', milliseconds: random.below(150) }
      : { after: 'ready', milliseconds: random.below(60) };
    const until = kill === kills ? [String(begun + 5)] : [];
    const life = await liveAndDie(program, [path, passphrase, ...until], until[0] ? null : moment);
    expect(life.errors).toBe('');
    if (life.lines.some((line) => line.startsWith('found '))) {
      const { count, later, wrong } = foundBy(life);
      expect(wrong).toEqual([]);
      // All that was acknowledged, and nothing that was never asked for.
      expect(count).toBeGreaterThanOrEqual(acknowledged);
      expect(count).toBeLessThanOrEqual(begun);
      expect(later).toBeGreaterThanOrEqual(flushed);
      commits += Math.max(0, lastOf(life, 'done') - count);
    } else expect(life.killed).toBe(true);
    acknowledged = Math.max(acknowledged, lastOf(life, 'done'));
    begun = Math.max(begun, lastOf(life, 'begin'));
    flushed = Math.max(flushed, lastOf(life, 'flushed'));
    if (diedInside(life)) inside++;
    if (kill === kills) expect(life.lines.at(-1)).toBe('closed');
  }
  return { kills, inside, commits };
}

describe('a storage whose process is killed', () => {
  it.each([
    ['SqliteStorage', '', 30],
    ['EncryptedStorage over SqliteStorage', 'correct horse', 8],
  ])('%s: keeps all that was acknowledged, and commits whole', async (name, passphrase, kills) => {
    const told = await killAgainAndAgain(join(folder, `${name}.db`), passphrase, kills * RUNS);
    console.log(
      `${name}: ${told.kills} kills, ${told.inside} inside a commit, after ${told.commits} commits`,
    );
    expect(told.commits).toBeGreaterThan(0);
  });

  it('locks others out while it lives, and nobody after its death', async () => {
    const path = join(folder, 'locked.db');
    const storage = new SqliteStorage(path);
    const life = await liveAndDie(program, [path], {
      after: 'done 5',
      milliseconds: 0,
      before: () =>
        expect(storage.open()).rejects.toMatchObject({
          code: 'locked',
          message: expect.stringContaining(`The storage ${path} is open already`),
        }),
    });
    expect(life.killed).toBe(true);
    await storage.open();
    // The other way round.
    const refused = await liveAndDie(program, [path], null);
    expect(refused.code).toBe(1);
    expect(refused.errors).toMatch(/code: 'locked'/);
    expect(refused.errors).toContain(`The storage ${path} is open already`);
    await storage.close();
  });

  it('may end without closing it: an open file keeps no process alive', async () => {
    const path = join(folder, 'left-open.db');
    const life = await liveAndDie(program, [path, '', '3', 'leave-open'], null);
    expect(life).toMatchObject({ code: 0, errors: '' });
    expect(life.lines.at(-1)).toBe('done 3');
    const again = await liveAndDie(program, [path, '', '3'], null);
    expect(foundBy(again)).toMatchObject({ count: 3, wrong: [] });
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalDc } from '@tlgen/local-dc';
import { MemoryStorage } from '@tlgen/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FastClock } from '../end-to-end/files/fast-clock.js';
import { fastPerson, type FastPerson } from '../end-to-end/files/fast-person.js';
import { RUNS, seedFor } from '../support/random.js';
import { happened } from './files-mishaps.js';
import { ended, runFiles, type Stage } from './files-run.js';
import { secretFile } from './files-secret.js';

/** One run: `SIM_SEED=7 npx vitest run --root test simulation/files.test.ts`. */
const ONE = process.env['SIM_SEED'];
const COUNT = 40;
const CHUNK = 10;

let dc: LocalDc;
let sender: FastPerson;
let stage: Stage;
const folder = mkdtempSync(join(tmpdir(), 'tlgen-simulated-'));

beforeAll(async () => {
  dc = await LocalDc.start({
    clock: FastClock.wall,
    dataCenters: [2, 4],
    cdnDataCenters: [203],
  });
  sender = await fastPerson(dc, await dc.createUser({ username: 'sender' }));
  const storage = new MemoryStorage();
  const reader = await dc.createUser({ username: 'reader' });
  const first = await fastPerson(dc, reader, { storage });
  stage = {
    dc,
    storage,
    user: first.id,
    other: { id: sender.id },
    folder,
    secret: (bytes) => secretFile(dc, first.id, bytes),
  };
  await first.client.close();
});
afterAll(async () => {
  await sender.client.close();
  const odd = dc.refusals.list.filter(({ kind }) => kind !== 'bad-salt');
  expect(odd).toEqual([]);
  await dc.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('transfers under random faults', () => {
  if (ONE !== undefined) {
    it(`SIM_SEED=${ONE} has no problems`, async () => {
      expect(await runFiles(stage, Number(ONE))).toEqual([]);
    });
    return;
  }
  for (let from = 0; from < COUNT * RUNS; from += CHUNK) {
    it(`all end, as they have to: runs ${from} to ${from + CHUNK - 1}`, async () => {
      const failures: string[] = [];
      for (let run = from; run < from + CHUNK; run++) {
        const seed = seedFor('files', run);
        const problems = await runFiles(stage, seed);
        if (problems.length > 0) failures.push(`SIM_SEED=${seed}\n  ${problems.join('\n  ')}`);
      }
      expect(failures.join('\n')).toBe('');
    });
  }

  it('and enough of what can go wrong did', () => {
    // Which requests are hit depends on their order: not every run of this test has all.
    const times = [...happened.values()];
    expect(times.filter((one) => one > 0).length).toBeGreaterThan(9);
    expect(times.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(50);
    expect(ended.get('well')).toBeGreaterThan(50);
    expect(ended.get('aborted')).toBeGreaterThan(0);
  });
});

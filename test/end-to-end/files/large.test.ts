import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalDc, type TestUser } from '@tlgen/local-dc';
import { base } from '@tlgen/telegram';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundleProgram, liveAndDie } from '../../support/kill.js';
import { expectClean, person } from '../people.js';
import { RUNS } from '../../support/random.js';
import { MIB } from './content.js';
import { hashOfLarge } from './large-content.js';
import type { LargeOutcome, LargePlan } from './program/large-plan.js';
import { secretPair, sendSecretly } from './secret-pair.js';

/** No whole number of parts, nor of blocks. */
const SIZE = 200 * MIB + 12_345;
/** Encrypting takes twice as long; a long run has all of it. */
const ENCRYPTED_SIZE = RUNS > 1 ? SIZE : 128 * MIB + 12_345;
const PART = 512 * 1024;
/** Parts under way at one time. */
const PARALLEL = 4;
/** MiB that a transfer may take, whatever the size of the file. */
const MOST = 120;
/** Parts that may have been asked for beyond those, while one is handed over. */
const SOME = 2;
const LONG = { timeout: 240_000 };

const folder = mkdtempSync(join(tmpdir(), 'tlgen-large-'));
let program: string;
let dc: LocalDc;
let annie: TestUser;
let bobby: TestUser;

beforeAll(async () => {
  program = await bundleProgram(new URL('program/large.ts', import.meta.url), folder, 'cjs');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
// Each file is in the memory of its own data center, and goes with it.
beforeEach(async () => {
  dc = await LocalDc.start();
  annie = await dc.createUser({ username: 'annie' });
  bobby = await dc.createUser({ username: 'bobby' });
});
afterEach(async () => {
  expectClean(dc);
  await dc.close();
});

/** Moves the file in a process of its own, and says what that took. */
async function run(
  what: LargePlan['what'],
  size = SIZE,
  encrypted: LargePlan['encrypted'] = null,
): Promise<LargeOutcome> {
  const [who, peer] = what.startsWith('upload') ? [annie, '@bobby'] : [bobby, '@annie'];
  const plan: LargePlan = {
    what,
    dc: dc.clientOptions,
    phone: who.phone ?? '',
    size,
    parallel: PARALLEL,
    peer,
    path: join(folder, `${what}.bin`),
    encrypted,
  };
  const { lines, code, errors } = await liveAndDie(program, [JSON.stringify(plan)], null);
  const last = lines.at(-1);
  if (code !== 0 || last === undefined) throw new Error(`it ended with ${code}: ${errors}`);
  const outcome = JSON.parse(last) as LargeOutcome;
  const { peak, parts } = outcome;
  console.log(`${what}, ${Math.floor(size / MIB)} MiB: ${peak} MiB over the start`);
  expect(peak).toBeLessThan(MOST);
  expect(parts).toBe(Math.ceil(size / PART));
  return outcome;
}

/** What is fetched ahead of the reader is what is under way, and little more. */
function expectWhole({ hash, ahead }: LargeOutcome, size: number): void {
  console.log(`fetched ahead: at most ${ahead} parts`);
  expect(hash).toBe(hashOfLarge(size));
  expect(ahead).toBeLessThanOrEqual(PARALLEL + SOME);
}

describe('a large file takes little memory, and arrives whole', () => {
  it('of known length; then as chunks, and to the disk', LONG, async () => {
    await run('upload');
    expectWhole(await run('download-chunks'), SIZE);
    const saved = await run('download-file');
    expect(saved.hash).toBe(hashOfLarge(SIZE));
  });

  it('of unknown length; then as a stream, at the pace of its reader', LONG, async () => {
    await run('upload-unknown');
    expectWhole(await run('download-stream'), SIZE);
  });

  it('encrypted', LONG, async () => {
    await using ann = await person(dc, annie);
    await using bob = await person(dc, bobby);
    const { uploaded } = await run('upload-encrypted', ENCRYPTED_SIZE);
    const { id, parts, keyFingerprint, key, iv } = uploaded;
    const input = new base.InputEncryptedFileBigUploaded({ id: BigInt(id), parts, keyFingerprint });
    const file = await sendSecretly(await secretPair(ann, bob), ann, bob, input);
    const outcome = await run('download-encrypted', ENCRYPTED_SIZE, {
      id: String(file.id),
      accessHash: String(file.accessHash),
      size: String(file.size),
      dcId: file.dcId,
      keyFingerprint,
      key,
      iv,
    });
    expectWhole(outcome, ENCRYPTED_SIZE);
  });
});

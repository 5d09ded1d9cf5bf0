import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalDc } from '@tlgen/local-dc';
import { base } from '@tlgen/telegram';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inputEncryptedFile } from '../../packages/local-dc/src/world/files/encrypted-inputs.js';
import { nodeCrypto } from '../../packages/runtime/src/crypto/provider/node.js';
import { content } from '../end-to-end/files/content.js';
import { secretPair, sendSecretly } from '../end-to-end/files/secret-pair.js';
import { person } from '../end-to-end/people.js';
import { bundleProgram, liveAndDie } from '../support/kill.js';
import { Random, seedFor } from '../support/random.js';
import type { TransferPlan } from './program/transfer-plan.js';

const PART = 512 * 1024;
/** Beyond what goes by the method for small files, and no multiple of a part. */
const SIZE = 12 * 1024 * 1024 + 77;
const BYTES = content(SIZE, 5);
/** Lives that are killed; then one may end. */
const KILLS = 5;
const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

let dc: LocalDc;
let program: string;
const folder = mkdtempSync(join(tmpdir(), 'tlgen-transfers-'));

beforeAll(async () => {
  program = await bundleProgram(new URL('program/transfer.ts', import.meta.url), folder, 'cjs');
  dc = await LocalDc.start();
});
afterAll(async () => {
  await dc.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Kills the program in the middle of the transfer, again and again, then lets it end. */
async function killed(
  plan: TransferPlan,
): Promise<{ result: string; parts: number; begun: number[] }> {
  const random = new Random(seedFor(`transfer ${plan.what}`, 0));
  let parts = 0;
  /** How far each life was when it was told for the first time. */
  const begun: number[] = [];
  for (let life = 0; ; life++) {
    // After some parts of this life, so that each gets further.
    const moment = { after: `moved ${1 + random.below(4)}`, milliseconds: random.below(15) };
    const { lines, code, errors } = await liveAndDie(
      program,
      [JSON.stringify(plan)],
      life < KILLS ? moment : null,
    );
    parts += lines.filter((line) => line === 'part').length;
    const first = lines.find((line) => line.startsWith('progress '));
    if (first) begun.push(Number(first.slice(9)));
    const result = lines.find((line) => line.startsWith('result '));
    if (result !== undefined) return { result: result.slice(7), parts, begun };
    if (life >= KILLS) throw new Error(`it ended with ${code}: ${errors}\n${lines.join('\n')}`);
  }
}

/** What went on did not begin anew: it has not sent or fetched everything as often as it lived. */
function expectResumed({ parts, begun }: { parts: number; begun: number[] }): void {
  const needed = Math.ceil(SIZE / PART);
  console.log(`parts asked for: ${parts} of ${needed}; lives began at ${begun.join(', ')} bytes`);
  // Each went on later than the one before, but for what was not on the disk yet when that one died.
  // What begins anew tells of one part at most.
  expect(begun.length).toBe(KILLS + 1);
  expect(begun.at(-1)).toBeGreaterThanOrEqual(3 * PART);
  // Two are under way when it dies, and those acknowledged last may not be on the disk.
  expect(parts).toBeLessThanOrEqual(needed + KILLS * 6);
}

describe('a program that is killed while it', () => {
  it('downloads: the next goes on, and the file is whole', { timeout: 120_000 }, async () => {
    const from = await dc.createUser({ username: 'download_from' });
    const to = await dc.createUser({ username: 'download_to' });
    dc.sendFile(from, to, dc.addFile(BYTES));
    const path = join(folder, 'downloaded.bin');
    const outcome = await killed({ ...common(to), what: 'download', path, peer: '@download_from' });
    expect(hash(readFileSync(path))).toBe(hash(BYTES));
    expectResumed(outcome);
    expect(readdirSync(folder).filter((name) => name.includes('downloaded'))).toEqual([
      'downloaded.bin',
    ]);
  });

  it('downloads an encrypted file: the next goes on decrypting', { timeout: 120_000 }, async () => {
    await using ann = await person(dc, await dc.createUser({ username: 'annie' }));
    const reader = await dc.createUser({ username: 'bobby' });
    await using bob = await person(dc, reader);
    const up = await ann.client.files.uploadEncrypted(BYTES);
    const file = await sendSecretly(await secretPair(ann, bob), ann, bob, up.inputFile);
    const path = join(folder, 'decrypted.bin');
    const outcome = await killed({
      ...common(reader),
      what: 'download-encrypted',
      path,
      peer: '',
      encrypted: {
        file: {
          id: String(file.id),
          accessHash: String(file.accessHash),
          size: String(file.size),
          dcId: file.dcId,
          keyFingerprint: file.keyFingerprint,
        },
        key: Buffer.from(up.key).toString('hex'),
        iv: Buffer.from(up.iv).toString('hex'),
        size: up.size,
      },
    });
    expect(hash(readFileSync(path))).toBe(hash(BYTES));
    expectResumed(outcome);
  });

  it('uploads: the next goes on, and the file is whole', { timeout: 120_000 }, async () => {
    await dc.createUser({ username: 'upload_to' });
    const from = await dc.createUser({ username: 'upload_from' });
    const path = join(folder, 'up.bin');
    writeFileSync(path, BYTES);
    const outcome = await killed({ ...common(from), what: 'upload', path, peer: '@upload_to' });
    expect(hash(dc.files.bytes(BigInt(outcome.result)))).toBe(hash(BYTES));
    expectResumed(outcome);
  });

  it('uploads an encrypted file: one key, one stream', { timeout: 120_000 }, async () => {
    const from = await dc.createUser({ username: 'secret_from' });
    const path = join(folder, 'secret.bin');
    writeFileSync(path, BYTES);
    const outcome = await killed({ ...common(from), what: 'upload-encrypted', path, peer: '' });
    const { input, key, iv, size } = JSON.parse(outcome.result) as {
      input: { id: string; parts: number; keyFingerprint: number };
      key: string;
      iv: string;
      size: number;
    };
    const file = new base.InputEncryptedFileBigUploaded({ ...input, id: BigInt(input.id) });
    const { bytes } = inputEncryptedFile(dc.world, dc.world.user(from.id)!, file);
    const cipher = bytes.read(0, bytes.size);
    const plain = nodeCrypto.aesIgeDecrypt(cipher, Buffer.from(key, 'hex'), Buffer.from(iv, 'hex'));
    expect(hash(plain.subarray(0, size))).toBe(hash(BYTES));
    expectResumed(outcome);
  });
});

function common({
  phone,
}: {
  readonly phone: string | null;
}): Omit<TransferPlan, 'what' | 'path' | 'peer'> {
  return { dc: dc.clientOptions, storage: join(folder, `${phone}.session`), phone: phone ?? '' };
}

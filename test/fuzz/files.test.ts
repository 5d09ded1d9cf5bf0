import { base } from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import { downloadParts } from '../../packages/runtime/src/files/download/index.js';
import type { RemoteFile } from '../../packages/runtime/src/files/location/index.js';
import { uploadEncrypted, uploadFile } from '../../packages/runtime/src/files/upload/index.js';
import { Random, RUNS, seedFor } from '../support/random.js';
import { fakeContext } from '../unit/runtime/files/upload/support/fake-context.js';
import { drain, ending, rig, tally } from './hostile-files-rig.js';
import { HostileServer } from './hostile-files.js';

const KiB = 1024;
const NOISE = new Random(3).bytes(1100 * KiB);
const SIZES = [0, 1, 4096, 100_001, 512 * KiB, 512 * KiB + 1, 1100 * KiB];

function remoteFile(size: number | undefined): RemoteFile {
  const fileReference = new Uint8Array([1]);
  const init = { id: 1n, accessHash: 2n, fileReference, thumbSize: '' };
  return {
    kind: 'document',
    dc: undefined,
    location: new base.InputDocumentFileLocation(init),
    size,
    name: undefined,
    mimeType: undefined,
    date: undefined,
    media: { type: 'document', id: 1n },
    thumbSize: '',
    identity: 'document:1',
  };
}

/** What is said of the size: mostly the truth. */
function toldSize(random: Random, size: number): number | undefined {
  if (random.chance(60)) return size;
  return random.pick([undefined, 0, size + 1, Math.max(0, size - 1), 2 ** 40, 2 ** 53 - 1]);
}

describe('downloads from a hostile server', () => {
  it('end, with all that was wanted or a typed error', async () => {
    const ends = tally();
    for (let run = 0; run < 300 * RUNS; run += 1) {
      const random = new Random(seedFor('download', run));
      const content = NOISE.subarray(0, random.pick(SIZES));
      const honest = random.pick([0, 50, 90, 98]);
      const { server, context } = rig(random, { content, honest, most: 4000 });
      const size = toldSize(random, content.length);
      const start = random.chance(70) ? 0 : random.below(content.length + 2);
      const end = start + random.below(1200 * KiB);
      const parallel = 1 + random.below(6);
      const controller = new AbortController();
      const stopAt = random.chance(10) ? random.below(12) : Infinity;
      server.onCall = (count) => {
        if (count > stopAt) controller.abort();
      };
      const encryption = random.chance(20)
        ? { key: random.bytes(32), iv: random.bytes(32), fingerprint: undefined }
        : undefined;
      const file = { ...remoteFile(size), encryption };
      const { signal } = controller;
      const options = { start, end, parallel, signal, tail: random.bytes(random.below(40)) };
      let length = -1;
      const error = await ending(
        drain(downloadParts(context, file, options), end - start).then((all) => (length = all)),
      );
      if (!error && size !== undefined) expect(length).toBe(Math.min(end, size) - start);
      // Refreshes and hashes are asked for one at a time, beside the parts themselves.
      expect(server.mostInFlight).toBeLessThanOrEqual(parallel + 2);
      expect(server.inFlight).toBe(0);
      ends.add(error);
    }
    expect(ends.good).toBeGreaterThan(25);
    for (const code of ['WRONG_SIZE', 'WRONG_HASH', 'WRONG_KEY', 'ABORTED'])
      expect(ends.codes.has(code), code).toBe(true);
  });

  it('take no byte of a hostile CDN that is not the file’s', async () => {
    const ends = tally();
    for (let run = 0; run < 100 * RUNS; run += 1) {
      const random = new Random(seedFor('cdn', run));
      const content = NOISE.subarray(0, random.pick(SIZES));
      const honest = random.pick([0, 60, 90, 100]);
      const { context } = rig(random, { content, honest, honestMaster: true, most: 4000 });
      const size = random.chance(70) ? content.length : undefined;
      const start = random.below(content.length + 1);
      const parts = downloadParts(context, remoteFile(size), { start, parallel: 3 });
      const check = (bytes: Uint8Array, at: number): void => {
        const right = content.subarray(start + at, start + at + bytes.length);
        expect(Buffer.compare(bytes, right)).toBe(0);
      };
      ends.add(await ending(drain(parts, content.length - start, check)));
    }
    expect(ends.good).toBeGreaterThan(30);
    expect(ends.codes.has('WRONG_HASH')).toBe(true);
  });
});

async function* stream(random: Random, content: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length;) {
    const length = random.pick([0, 1, 4096, 65_536, 600 * KiB]);
    yield content.slice(at, at + length);
    at += length;
  }
}

it('uploads to a hostile server end, after three tries of each part', async () => {
  const ends = tally();
  const { context: good } = await fakeContext();
  for (let run = 0; run < 100 * RUNS; run += 1) {
    const random = new Random(seedFor('upload', run));
    const content = NOISE.subarray(0, random.pick(SIZES));
    const honest = random.pick([0, 50, 90, 98]);
    const server = new HostileServer(random, { content, honest, most: 12 });
    const context = { ...good, invoke: server.invoke };
    const upload = random.chance(50) ? uploadFile : uploadEncrypted;
    const source = random.chance(50) ? content : stream(random, content);
    const size = random.chance(70) ? undefined : toldSize(random, content.length);
    // Under one name, so that each goes on with what the one before has left.
    const resume = random.chance(50) ? 'one' : undefined;
    const parallel = 1 + random.below(4);
    const error = await ending(upload(context, source, { size, resume, parallel }));
    expect(server.calls).toBeLessThanOrEqual(3 * Math.ceil(content.length / (512 * KiB)));
    expect(server.mostInFlight).toBeLessThanOrEqual(parallel);
    ends.add(error);
  }
  expect(ends.good).toBeGreaterThan(10);
  for (const code of ['EMPTY', 'REFUSED', 'SOURCE_CHANGED'])
    expect(ends.codes.has(code), code).toBe(true);
});

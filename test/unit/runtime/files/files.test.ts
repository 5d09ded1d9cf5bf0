import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { base, storage, upload } from '@tlgen/telegram';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Files } from '../../../../packages/runtime/src/files/files.js';
import type { Progress } from '../../../../packages/runtime/src/files/types.js';
import { nodeFileSystem } from '../../../../packages/runtime/src/platform/node-file-system.js';
import { fakeContext, type FakeContext } from './location/fake-context.js';
import { document } from './location/objects.js';

const root = mkdtempSync(join(tmpdir(), 'tlgen-files-'));
afterAll(() => rmSync(root, { recursive: true }));
let folder = '';
let folders = 0;
beforeEach(() => mkdirSync((folder = join(root, String(folders++)))));

/** Everything a process ends for when nobody listens. */
const stray: unknown[] = [];
const note = (error: unknown): void => void stray.push(error);
beforeEach(() => {
  stray.length = 0;
  process.on('unhandledRejection', note);
  process.on('uncaughtException', note);
});
afterEach(async () => {
  await turn();
  await turn();
  process.off('unhandledRejection', note);
  process.off('uncaughtException', note);
  expect(stray).toEqual([]);
});

const content = new Uint8Array(3000).map((_, at) => at);
const file = (size = content.length): base.Document => document(undefined, { size: BigInt(size) });

function rig(): { files: Files; context: FakeContext } {
  const context = fakeContext((request) => {
    if (request._ !== 'upload.getFile') throw new Error(`${request._} was not expected`);
    const { offset, limit } = request as upload.GetFileRequest;
    const bytes = content.slice(Number(offset), Number(offset) + limit);
    return new upload.File({ type: new storage.FilePartial(), mtime: 0, bytes });
  });
  const parts = {
    fileSystem: nodeFileSystem,
    refresh: () => Promise.reject(new Error('no reference is stale')),
  };
  return { files: new Files(Object.assign(context, parts)), context };
}

describe('progress is told when nothing is left to fetch', () => {
  it('of an empty file', async () => {
    const { files, context } = rig();
    const told: Progress[] = [];
    const path = join(folder, 'a.bin');
    await files.downloadToFile(file(0), path, { onProgress: (one) => told.push(one) });
    expect(told).toEqual([{ done: 0, total: 0, percent: 100 }]);
    expect(readFileSync(path).length).toBe(0);
    expect(context.asked).toEqual([]);
  });

  it('of a file that is on the disk already, without its name', async () => {
    const { files, context } = rig();
    const path = join(folder, 'a.bin');
    // Its name is taken at the last moment, so that only that is missing.
    const first = files.downloadToFile(file(), path, {
      resume: true,
      onProgress: () => writeFileSync(path, 'taken'),
    });
    await expect(first).rejects.toMatchObject({ code: 'EXISTS' });
    const asked = context.asked.length;
    const told: Progress[] = [];
    await files.downloadToFile(file(), path, {
      resume: true,
      overwrite: true,
      onProgress: (one) => told.push(one),
    });
    expect(told).toEqual([{ done: 3000, total: 3000, percent: 100 }]);
    expect(context.asked.length).toBe(asked);
    expect(Buffer.compare(readFileSync(path), content)).toBe(0);
  });
});

describe('what JavaScript may pass', () => {
  it.each(['start', 'end'])('saving refuses %s', async (option) => {
    const { files } = rig();
    const options = { [option]: 10 };
    for (const saved of [
      files.downloadToFile(file(), join(folder, 'a.bin'), options),
      files.downloadToDirectory(file(), folder, options),
    ]) {
      await expect(saved).rejects.toMatchObject({ name: 'CallOptionError', option });
    }
    expect(existsSync(join(folder, 'a.bin'))).toBe(false);
  });

  it.each([5, null, {}])('a name has to be a string, not %j', async (name) => {
    const { files } = rig();
    const options = { name } as never;
    for (const refused of [
      files.downloadToDirectory(file(), folder, options),
      files.upload(content, options),
      files.uploadEncrypted(content, options),
    ]) {
      await expect(refused).rejects.toMatchObject({ name: 'CallOptionError', option: 'name' });
    }
  });

  it.each([5, undefined])('a path has to be a string, not %s', async (path) => {
    const { files } = rig();
    for (const refused of [
      files.downloadToDirectory(file(), path as never),
      files.downloadToFile(file(), path as never),
    ]) {
      await expect(refused).rejects.toMatchObject({ name: 'FileError', code: 'FILE_ACCESS' });
    }
  });
});

describe('downloadTo', () => {
  it('files/abort: ends with the signal though the stream never drains', async () => {
    const { files } = rig();
    const controller = new AbortController();
    let reached = (): void => undefined;
    const there = new Promise<void>((resolve) => (reached = resolve));
    const stream = new Writable({ highWaterMark: 1, write: () => reached() });
    const written = files.downloadTo(file(), stream, { signal: controller.signal });
    const outcome = expect(written).rejects.toMatchObject({ name: 'AbortError' });
    await there;
    controller.abort();
    await outcome;
    expect(stream.destroyed).toBe(true);
  });

  it('destroys the stream when there is no file', async () => {
    const { files } = rig();
    const stream = new Writable();
    const written = files.downloadTo(new base.MessageMediaEmpty(), stream);
    await expect(written).rejects.toMatchObject({ code: 'NO_FILE' });
    expect(stream.destroyed).toBe(true);
  });
});

describe('a stream to upload', () => {
  it.each(['upload', 'uploadEncrypted'] as const)(
    '%s ends it when it fails before',
    async (how) => {
      const { files } = rig();
      const stream = new Readable({ read() {} });
      await expect(files[how](stream, { parallel: 99 })).rejects.toMatchObject({
        name: 'CallOptionError',
      });
      expect(stream.destroyed).toBe(true);
      const missing = createReadStream('/missing/file');
      const signal = AbortSignal.abort();
      await expect(files[how](missing, { signal })).rejects.toMatchObject({ name: 'AbortError' });
      await turn();
    },
  );
});

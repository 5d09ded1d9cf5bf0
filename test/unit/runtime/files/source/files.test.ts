import {
  appendFileSync,
  mkdtempSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { openSource } from '../../../../../packages/runtime/src/files/source/index.js';
import type { FileSystem } from '../../../../../packages/runtime/src/platform/file-system.js';
import { nodeFileSystem } from '../../../../../packages/runtime/src/platform/node-file-system.js';
import { context, readAll } from './kinds.js';

const folder = mkdtempSync(join(tmpdir(), 'tlgen-files-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'a.bin');
beforeEach(() => writeFileSync(path, new Uint8Array(1000)));

/** Files that say how many of them are open. */
function watched(): { readonly fileSystem: FileSystem; readonly open: () => number } {
  let open = 0;
  const fileSystem: FileSystem = {
    ...nodeFileSystem,
    async open(file, mode) {
      const opened = await nodeFileSystem.open(file, mode);
      open++;
      return {
        stat: () => opened.stat(),
        read: (position, length) => opened.read(position, length),
        write: (position, bytes) => opened.write(position, bytes),
        truncate: (size) => opened.truncate(size),
        sync: () => opened.sync(),
        close: async () => {
          open--;
          await opened.close();
        },
      };
    },
  };
  return { fileSystem, open: () => open };
}

describe('files', () => {
  it.each([
    ['grow', () => appendFileSync(path, 'x'), '1000 to 1001'],
    ['shrink', () => truncateSync(path, 500), 'after 500 of 1000'],
    ['are written to', () => utimesSync(path, 1, 1), 'was written to'],
  ])('files/changed: that %s meanwhile are not what they were', async (_how, change, said) => {
    const source = await openSource(path, context);
    expect((await source.read(300)).length).toBe(300);
    change();
    const error: unknown = await readAll(source).catch((e: unknown) => e);
    expect(error).toMatchObject({ name: 'FileError', code: 'SOURCE_CHANGED' });
    expect(String(error)).toContain(said);
    await source.close();
  });

  it('tell by their version when they were written to', async () => {
    const versions = new Set<string | undefined>();
    for (const time of [1, 1, 2]) {
      utimesSync(path, time, time);
      const source = await openSource(path, context);
      versions.add(source.version);
      await source.close();
    }
    expect(versions.size).toBe(2);
  });

  it.each([
    [folder, 'BAD_SOURCE', 'directory'],
    [join(folder, 'none.bin'), 'FILE_ACCESS', 'nothing at that path; check it (ENOENT)'],
    [join(path, 'below'), 'FILE_ACCESS', 'ENOTDIR'],
    ['with\0nul', 'FILE_ACCESS', 'NUL'],
    [`/${'long'.repeat(2000)}`, 'FILE_ACCESS', 'ENAMETOOLONG'],
    [`file://${join(folder, 'none.bin')}`, 'FILE_ACCESS', 'ENOENT'],
    ['file://host.test/a', 'BAD_SOURCE', 'file URL'],
  ])('%s is refused', async (given, code, said) => {
    const error: unknown = await openSource(given, context).catch((e: unknown) => e);
    expect(error).toMatchObject({ name: 'FileError', code });
    expect(String(error)).toContain(said);
    expect(String(error).length).toBeLessThan(600);
  });

  it('a pipe that nobody writes to does not hold anything up', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    await expect(openSource(pipe, context)).rejects.toMatchObject({ code: 'FILE_ACCESS' });
  });

  it('are unsupported where there are none', async () => {
    for (const source of ['a.bin', new URL('file:///a.bin')]) {
      await expect(openSource(source, { proxied: false })).rejects.toMatchObject({
        code: 'UNSUPPORTED',
      });
    }
  });

  it('are closed once: by close, by abort, and when they turn out to be none', async () => {
    const { fileSystem, open } = watched();
    const one = await openSource(path, { fileSystem, proxied: false });
    expect(open()).toBe(1);
    await Promise.all([one.close(), one.close()]);
    expect(open()).toBe(0);

    const controller = new AbortController();
    const { signal } = controller;
    const two = await openSource(path, { fileSystem, proxied: false }, { signal });
    const reason = new Error('enough');
    const reading = two.read(10);
    controller.abort(reason);
    await expect(reading).rejects.toBe(reason);
    await two.close();
    expect(open()).toBe(0);

    await expect(
      openSource(path, { fileSystem, proxied: false }, { size: 5 }),
    ).rejects.toMatchObject({ code: 'SOURCE_CHANGED' });
    expect(open()).toBe(0);

    const unlike: FileSystem = { ...fileSystem, stat: async () => null };
    await expect(openSource(folder, { fileSystem: unlike, proxied: false })).rejects.toMatchObject({
      code: 'BAD_SOURCE',
    });
    expect(open()).toBe(0);
  });

  it('that fail say so, and keep the reason', async () => {
    const cause = Object.assign(new Error('EIO: i/o error'), { code: 'EIO' });
    const fileSystem: FileSystem = {
      ...nodeFileSystem,
      open: async (file, mode) => {
        const opened = await nodeFileSystem.open(file, mode);
        return {
          ...opened,
          stat: () => opened.stat(),
          close: () => opened.close(),
          read: () => Promise.reject(cause),
        } as typeof opened;
      },
    };
    const source = await openSource(path, { fileSystem, proxied: false });
    await expect(source.read(10)).rejects.toMatchObject({ code: 'FILE_ACCESS', cause });
    await source.close();
  });
});

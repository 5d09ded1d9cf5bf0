import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import {
  saveToDirectory,
  saveToFile,
} from '../../../../../packages/runtime/src/files/sink/index.js';
import type { SaveOptions } from '../../../../../packages/runtime/src/files/sink/types.js';
import type { FileSystem } from '../../../../../packages/runtime/src/platform/file-system.js';
import { nodeFileSystem as fs } from '../../../../../packages/runtime/src/platform/node-file-system.js';
import { Random, RUNS, SEED } from '../../../../support/random.js';

const root = mkdtempSync(join(tmpdir(), 'tlgen-sinks-'));
afterAll(() => rmSync(root, { recursive: true }));
let folder = '';
let folders = 0;
beforeEach(() => mkdirSync((folder = join(root, String(folders++)))));

const bytes = new Random(SEED).bytes(100_000);
const cut = new Error('the connection broke');

interface Given extends Partial<SaveOptions> {
  /** What is saved. */
  readonly content?: Uint8Array;
  /** Fails there. */
  readonly failAt?: number;
  readonly chunk?: number;
  /** Called before each chunk. */
  readonly before?: (position: number) => unknown;
}

/** Parts from memory; tells where they were asked for. */
function saving(given: Given = {}): SaveOptions & { starts: number[]; tails: Uint8Array[] } {
  const { content = bytes, failAt = Number.POSITIVE_INFINITY, chunk = 7000, before } = given;
  const starts: number[] = [];
  const tails: Uint8Array[] = [];
  return {
    identity: 'document 1',
    size: content.length,
    resume: false,
    overwrite: false,
    ...given,
    starts,
    tails,
    async *parts(start, tail) {
      starts.push(start);
      tails.push(tail);
      for (let at = start; at < content.length; at += chunk) {
        await before?.(at);
        if (at >= failAt) throw cut;
        yield content.slice(at, at + chunk);
      }
    },
  };
}

const inside = (): string[] => readdirSync(folder).sort();
const same = (path: string, expected: Uint8Array = bytes): void =>
  expect(Buffer.compare(readFileSync(path), expected)).toBe(0);
const isPartial = /^\.a\.bin\.[0-9a-f]{16}\.part$/;

describe('saveToFile', () => {
  it('saves, and leaves nothing else', async () => {
    const path = join(folder, 'a.bin');
    expect(await saveToFile(fs, path, saving())).toEqual({ path, size: 100_000 });
    same(path);
    expect(inside()).toEqual(['a.bin']);
  });

  it('files/atomic: nobody sees half a file, nor half of the one that takes its place', async () => {
    const path = join(folder, 'a.bin');
    const unseen = saving({
      before: () => expect(inside()).toEqual([expect.stringMatching(isPartial)]),
    });
    await saveToFile(fs, path, unseen);
    const old = new Uint8Array(10);
    writeFileSync(path, old);
    await saveToFile(fs, path, saving({ overwrite: true, before: () => same(path, old) }));
    same(path);
    expect(inside()).toEqual(['a.bin']);
  });

  it('saves empty files, files of unknown size, and to relative paths', async () => {
    const empty = saving({ content: new Uint8Array(0) });
    expect((await saveToFile(fs, join(folder, 'empty'), empty)).size).toBe(0);
    expect(readFileSync(join(folder, 'empty')).length).toBe(0);
    await saveToFile(fs, join(folder, 'unknown'), saving({ size: undefined }));
    same(join(folder, 'unknown'));
    const path = relative(process.cwd(), join(folder, 'relative'));
    expect((await saveToFile(fs, path, saving())).path).toBe(path);
    same(join(folder, 'relative'));
  });

  it('files/exists: does not overwrite unasked, and asks for no byte then', async () => {
    const path = join(folder, 'a.bin');
    writeFileSync(path, 'mine');
    const options = saving();
    await expect(saveToFile(fs, path, options)).rejects.toMatchObject({
      name: 'FileError',
      code: 'EXISTS',
    });
    expect(options.starts).toEqual([]);
    expect(readFileSync(path, 'utf8')).toBe('mine');
    expect(inside()).toEqual(['a.bin']);
  });

  it('files/exists: nor what came to be in the last moment', async () => {
    const path = join(folder, 'a.bin');
    for (const [resume, left] of [
      [false, 1],
      [true, 2],
    ] as const) {
      rmSync(path, { force: true });
      const before = (): void => writeFileSync(path, 'mine');
      await expect(saveToFile(fs, path, saving({ resume, before }))).rejects.toMatchObject({
        code: 'EXISTS',
      });
      expect(readFileSync(path, 'utf8')).toBe('mine');
      expect(inside().length).toBe(left);
    }
    // All of it is there: only the name is missing.
    const again = saving({ resume: true, overwrite: true });
    await saveToFile(fs, path, again);
    expect(again.starts).toEqual([bytes.length]);
    same(path);
    expect(inside()).toEqual(['a.bin']);
  });

  it('files/resume: goes on at any byte, and tells the bytes before it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.integer({ min: 0, max: 40 }), fc.nat(99_999)), { maxLength: 4 }),
        fc.boolean(),
        async (stops, known) => {
          const path = join(folder, 'a.bin');
          rmSync(path, { force: true });
          let start = 0;
          for (const stop of [...stops].sort((a, b) => a - b)) {
            const content = bytes.subarray(0, Math.max(stop, start));
            const part = saving({ resume: true, size: known ? bytes.length : undefined });
            const parts: SaveOptions['parts'] = async function* (from, tail) {
              yield* saving({ content }).parts(from, tail);
              throw cut;
            };
            await expect(saveToFile(fs, path, { ...part, parts })).rejects.toBe(cut);
            start = content.length;
            expect(inside().length).toBe(start === 0 ? 0 : 1);
          }
          const last = saving({ resume: true, size: known ? bytes.length : undefined });
          await saveToFile(fs, path, last);
          expect(last.starts).toEqual([start]);
          const tail = bytes.subarray(Math.max(0, start - 32), start);
          expect(Buffer.compare(last.tails[0]!, tail)).toBe(0);
          same(path);
          expect(inside()).toEqual(['a.bin']);
        },
      ),
      { numRuns: 25 * RUNS, seed: SEED },
    );
  });

  it('files/resume: starts anew when told to, and leaves nothing when it fails', async () => {
    const path = join(folder, 'a.bin');
    await expect(saveToFile(fs, path, saving({ resume: true, failAt: 50_000 }))).rejects.toBe(cut);
    expect(inside()).toEqual([expect.stringMatching(isPartial)]);
    const anew = saving({ failAt: 20_000 });
    await expect(saveToFile(fs, path, anew)).rejects.toBe(cut);
    expect(anew.starts).toEqual([0]);
    expect(inside()).toEqual([]);
  });

  it('files/resume: what is of another file, or longer than the file, is not gone on with', async () => {
    const path = join(folder, 'a.bin');
    await expect(saveToFile(fs, path, saving({ resume: true, failAt: 50_000 }))).rejects.toBe(cut);
    const other = saving({ resume: true, identity: 'document 2', content: bytes.subarray(5) });
    await saveToFile(fs, join(folder, 'a.bin'), other);
    expect(other.starts).toEqual([0]);
    expect(inside().length).toBe(2);
    const shorter = saving({ resume: true, overwrite: true, content: bytes.subarray(0, 300) });
    await saveToFile(fs, path, shorter);
    expect(shorter.starts).toEqual([0]);
    same(path, bytes.subarray(0, 300));
    expect(inside()).toEqual(['a.bin']);
  });

  it.each([
    ['fewer', bytes.length + 1],
    ['more', bytes.length - 1],
  ])('files/wrong-size: %s bytes than there should be leave nothing', async (_how, size) => {
    for (const resume of [true, false]) {
      const saved = saveToFile(fs, join(folder, 'a.bin'), saving({ size, resume }));
      await expect(saved).rejects.toMatchObject({ name: 'FileError', code: 'WRONG_SIZE' });
      expect(inside()).toEqual([]);
    }
  });

  it('several at once to one path do not mix', async () => {
    const path = join(folder, 'a.bin');
    for (const resume of [true, false]) {
      rmSync(path, { force: true });
      const all = Array.from({ length: 5 }, (_, at) =>
        saveToFile(fs, path, saving({ resume, chunk: 900 + at })),
      );
      const results = await Promise.allSettled(all);
      const codes = results.map((one) => (one.status === 'fulfilled' ? 'ok' : one.reason.code));
      expect(codes.sort()).toEqual(['EXISTS', 'EXISTS', 'EXISTS', 'EXISTS', 'ok']);
      same(path);
      await Promise.all([1, 2, 3].map(() => saveToFile(fs, path, saving({ overwrite: true }))));
      same(path);
    }
  });

  it('security/symlink: follows none, at the target or at the partial file', async () => {
    const outside = join(root, 'outside');
    writeFileSync(outside, 'mine');
    const path = join(folder, 'a.bin');
    symlinkSync(outside, path);
    await expect(saveToFile(fs, path, saving())).rejects.toMatchObject({ code: 'EXISTS' });
    await saveToFile(fs, path, saving({ overwrite: true }));
    expect(lstatSync(path).isSymbolicLink()).toBe(false);
    same(path);
    rmSync(path);
    // Leads nowhere: nothing is made where it leads to.
    symlinkSync(join(root, 'nowhere'), path);
    await expect(saveToFile(fs, path, saving())).rejects.toMatchObject({ code: 'EXISTS' });
    expect(existsSync(join(root, 'nowhere'))).toBe(false);
    rmSync(path);

    await expect(saveToFile(fs, path, saving({ resume: true, failAt: 5000 }))).rejects.toBe(cut);
    const partial = join(folder, inside()[0]!);
    rmSync(partial);
    symlinkSync(outside, partial);
    await expect(saveToFile(fs, path, saving({ resume: true }))).rejects.toMatchObject({
      code: 'FILE_ACCESS',
    });
    expect(existsSync(path)).toBe(false);
    // Who does not go on with it has one of their own instead.
    await saveToFile(fs, path, saving());
    expect(lstatSync(path).isSymbolicLink()).toBe(false);
    same(path);
    expect(inside()).toEqual(['a.bin']);
    expect(readFileSync(outside, 'utf8')).toBe('mine');
  });

  it.each([true, false])(
    'a finished file that still has its other name is not written to (resume: %s)',
    async (resume) => {
      const path = join(folder, 'a.bin');
      await expect(saveToFile(fs, path, saving({ resume: true, failAt: 5000 }))).rejects.toBe(cut);
      const partial = join(folder, inside()[0]!);
      rmSync(partial);
      // As when the process ended between the two steps of putting the file at its path.
      writeFileSync(path, bytes);
      linkSync(path, partial);
      const finished = join(folder, 'kept.bin');
      renameSync(path, finished);
      const options = saving({ resume, content: bytes.subarray(0, 200) });
      await saveToFile(fs, path, options);
      expect(options.starts).toEqual([0]);
      same(finished);
      same(path, bytes.subarray(0, 200));
      expect(inside()).toEqual(['a.bin', 'kept.bin']);
    },
  );

  it.each([undefined, null, 5, {}])('refuses %j for a path', async (path) => {
    const options = saving();
    for (const saved of [
      saveToFile(fs, path as never, options),
      saveToDirectory(fs, path as never, 'a.bin', options),
    ]) {
      await expect(saved).rejects.toMatchObject({ name: 'FileError', code: 'FILE_ACCESS' });
    }
    expect(options.starts).toEqual([]);
  });

  it.each(['', '/', '.', '..', 'none/a.bin', 'a\0b', 'n'.repeat(300)])(
    'refuses the path %j',
    async (name) => {
      const path = name.length > 2 ? join(folder, name) : name;
      const options = saving();
      await expect(saveToFile(fs, path, options)).rejects.toMatchObject({
        name: 'FileError',
        code: 'FILE_ACCESS',
      });
      expect(options.starts).toEqual([]);
    },
  );

  it('takes the place of no directory, and makes none', async () => {
    const taken = saveToFile(fs, folder, saving({ overwrite: true }));
    await expect(taken).rejects.toMatchObject({ code: 'EXISTS' });
    writeFileSync(join(folder, 'file'), '');
    const below = saveToFile(fs, join(folder, 'file', 'a.bin'), saving());
    await expect(below).rejects.toThrow('is no directory');
  });

  it('names of 255 bytes have a partial file too', async () => {
    const path = join(folder, `${'ä'.repeat(126)}xyz`);
    await expect(saveToFile(fs, path, saving({ resume: true, failAt: 9000 }))).rejects.toBe(cut);
    expect(Buffer.byteLength(inside()[0]!)).toBeLessThanOrEqual(255);
    await saveToFile(fs, path, saving({ resume: true }));
    same(path);
  });

  /** As of a file system without second names. */
  const linkless: FileSystem = {
    ...fs,
    link: () => Promise.reject(Object.assign(new Error('EPERM'), { code: 'EPERM' })),
  };

  it('does the same where files have one name only', async () => {
    const path = join(folder, 'a.bin');
    await saveToFile(linkless, path, saving());
    same(path);
    expect(inside()).toEqual(['a.bin']);
    rmSync(path);
    const before = (): void => writeFileSync(path, 'mine');
    await expect(saveToFile(linkless, path, saving({ before }))).rejects.toMatchObject({
      code: 'EXISTS',
    });
    expect(readFileSync(path, 'utf8')).toBe('mine');
    rmSync(path);
    const stuck: FileSystem = { ...linkless, rename: linkless.link };
    await expect(saveToFile(stuck, path, saving())).rejects.toMatchObject({ code: 'FILE_ACCESS' });
    expect(inside()).toEqual([]);
  });

  it.each(['write', 'sync', 'truncate', 'close', 'stat'] as const)(
    'a host whose %s fails is a FileError, and what is open is closed',
    async (step) => {
      const path = join(folder, 'a.bin');
      await expect(saveToFile(fs, path, saving({ resume: true, failAt: 9000 }))).rejects.toBe(cut);
      const cause = Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
      let open = 0;
      const full: FileSystem = {
        ...fs,
        async open(file, mode) {
          const opened = await fs.open(file, mode);
          open++;
          return {
            stat: () => opened.stat(),
            read: (position, length) => opened.read(position, length),
            write: (position, part) => opened.write(position, part),
            truncate: (size) => opened.truncate(size),
            sync: () => opened.sync(),
            [step]: () => Promise.reject(cause),
            close: async () => {
              if (open > 0) open--;
              await opened.close();
              if (step === 'close') throw cause;
            },
          };
        },
      };
      // What is there is longer than the file, so that it is cut off.
      const content = bytes.subarray(0, 100);
      const saved = saveToFile(full, path, saving({ resume: true, content }));
      await expect(saved).rejects.toMatchObject({ name: 'FileError', code: 'FILE_ACCESS', cause });
      expect(open).toBe(0);
      expect(existsSync(path)).toBe(false);
      if (step === 'truncate') return;
      const anew = saveToFile(full, path, saving());
      await expect(anew).rejects.toMatchObject({ name: 'FileError', code: 'FILE_ACCESS', cause });
      expect(open).toBe(0);
      expect(inside()).toEqual([]);
    },
  );
});

describe('saveToDirectory', () => {
  it('saves under the name, and the next free one when it is taken', async () => {
    const save = async (name: string, more: Given = {}): Promise<string> =>
      relative(folder, (await saveToDirectory(fs, folder, name, saving(more))).path);
    expect(await save('a.bin')).toBe('a.bin');
    expect(await save('a.bin')).toBe('a (2).bin');
    expect(await save('a.bin', { overwrite: true })).toBe('a.bin');
    expect(await save('a.bin')).toBe('a (3).bin');
    expect(await save('name')).toBe('name');
    expect(await save('name')).toBe('name (2)');
    mkdirSync(join(folder, 'd.x'));
    expect(await save('d.x')).toBe('d (2).x');
    expect(inside()).toEqual(
      ['a.bin', 'a (2).bin', 'a (3).bin', 'name', 'name (2)', 'd.x', 'd (2).x'].sort(),
    );
    await expect(save('d.x', { overwrite: true })).rejects.toMatchObject({ code: 'EXISTS' });
  });

  it('several at once have a name each', async () => {
    const all = Array.from({ length: 8 }, () => saveToDirectory(fs, folder, 'a.bin', saving()));
    const paths = (await Promise.all(all)).map(({ path }) => path);
    expect(new Set(paths).size).toBe(8);
    for (const path of paths) same(path);
    expect(inside().length).toBe(8);
  });

  it.each(['../../etc/passwd', '..', '/etc/passwd', 'a/b', '\u202ex', '😀'.repeat(300), 'CON'])(
    'security/traversal: %j stays in the directory',
    async (name) => {
      const { path } = await saveToDirectory(fs, folder, name, saving());
      expect(inside()).toEqual([relative(folder, path)]);
      same(path);
    },
  );

  it('security/symlink: does not write through one', async () => {
    const outside = join(root, 'outside 2');
    writeFileSync(outside, 'mine');
    symlinkSync(outside, join(folder, 'a.bin'));
    const { path } = await saveToDirectory(fs, folder, 'a.bin', saving());
    expect(relative(folder, path)).toBe('a (2).bin');
    await saveToDirectory(fs, folder, 'a.bin', saving({ overwrite: true }));
    same(join(folder, 'a.bin'));
    expect(readFileSync(outside, 'utf8')).toBe('mine');
  });

  it('files/resume: goes on with what an earlier save left', async () => {
    const broken = saving({ resume: true, failAt: 50_000 });
    await expect(saveToDirectory(fs, folder, 'a.bin', broken)).rejects.toBe(cut);
    const last = saving({ resume: true });
    await saveToDirectory(fs, folder, 'a.bin', last);
    expect(last.starts[0]).toBeGreaterThanOrEqual(49_000);
    same(join(folder, 'a.bin'));
    expect(inside()).toEqual(['a.bin']);
  });

  it('says when there is no such directory', async () => {
    writeFileSync(join(folder, 'file'), '');
    for (const directory of ['', join(folder, 'none'), join(folder, 'file')]) {
      const options = saving();
      await expect(saveToDirectory(fs, directory, 'a.bin', options)).rejects.toMatchObject({
        name: 'FileError',
        code: 'FILE_ACCESS',
      });
      expect(options.starts).toEqual([]);
    }
  });

  it('gives up when all names are taken', async () => {
    const exists = Object.assign(new Error('EEXIST'), { code: 'EEXIST' });
    const full: FileSystem = { ...fs, link: () => Promise.reject(exists) };
    await expect(saveToDirectory(full, folder, 'a.bin', saving())).rejects.toMatchObject({
      code: 'EXISTS',
    });
    expect(inside()).toEqual([]);
  });
});

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { nodeFileSystem as fs } from '../../../../packages/runtime/src/platform/node-file-system.js';
import { nodePlatform } from '../../../../packages/runtime/src/platform/node.js';
import { webPlatform } from '../../../../packages/runtime/src/platform/web.js';
import { Random, SEED } from '../../../support/random.js';

const root = mkdtempSync(join(tmpdir(), 'tlgen-node-files-'));
afterAll(() => rmSync(root, { recursive: true }));
let folder = '';
let folders = 0;
beforeEach(() => mkdirSync((folder = join(root, String(folders++)))));
const at = (name: string): string => join(folder, name);

describe('nodeFileSystem', () => {
  it('is what the platform of Node has, and no other', () => {
    expect(nodePlatform.fileSystem).toBe(fs);
    expect(webPlatform.fileSystem).toBeUndefined();
    expect(nodePlatform.fetchFile).toBeTypeOf('function');
    expect(webPlatform.fetchFile).toBeTypeOf('function');
  });

  it('reads and writes at any position', async () => {
    const bytes = new Random(SEED).bytes(300_000);
    const file = await fs.open(at('a'), 'update');
    await file.write(100_000, bytes.subarray(100_000));
    await file.write(0, bytes.subarray(0, 100_000));
    expect(await file.read(0, 300_000)).toEqual(bytes);
    expect(await file.read(299_990, 50)).toEqual(bytes.slice(-10));
    expect(await file.read(300_000, 50)).toEqual(new Uint8Array(0));
    expect(await file.read(300_001, 50)).toEqual(new Uint8Array(0));
    expect((await file.read(5, 10)).constructor).toBe(Uint8Array);
    await file.truncate(10);
    expect((await file.stat()).size).toBe(10);
    await file.write(12, Uint8Array.of(1));
    await file.sync();
    await file.close();
    const stat = await fs.stat(at('a'));
    expect(stat).toMatchObject({ size: 13, isDirectory: false });
    expect(stat?.modified).toBeGreaterThan(1_600_000_000_000);
  });

  it('keeps what is there when it updates, and makes what is not', async () => {
    writeFileSync(at('a'), 'abc');
    const file = await fs.open(at('a'), 'update');
    await file.write(1, Uint8Array.of(0x58));
    await file.close();
    expect(readFileSync(at('a'), 'utf8')).toBe('aXc');
  });

  it.each([
    ['read', 'none', 'ENOENT'],
    ['create', 'file', 'EEXIST'],
    ['create', 'link', 'EEXIST'],
    ['create', 'nowhere', 'EEXIST'],
    ['update', 'link', 'ELOOP'],
    ['update', 'nowhere', 'ELOOP'],
    ['update', 'none/a', 'ENOENT'],
    ['update', 'file/a', 'ENOTDIR'],
    ['read', 'pipe', 'EINVAL'],
  ] as const)('to %s %s fails with %s', async (mode, name, code) => {
    writeFileSync(at('file'), '');
    symlinkSync(at('file'), at('link'));
    symlinkSync(at('gone'), at('nowhere'));
    execFileSync('mkfifo', [at('pipe')]);
    await expect(fs.open(at(name), mode)).rejects.toMatchObject({ code });
  });

  it('reads through links, and a directory is told from a file', async () => {
    writeFileSync(at('file'), 'abc');
    symlinkSync(at('file'), at('link'));
    const file = await fs.open(at('link'), 'read');
    expect((await file.read(0, 9)).length).toBe(3);
    await expect(file.write(0, Uint8Array.of(1))).rejects.toMatchObject({ code: 'EBADF' });
    await file.close();
    expect((await fs.stat(folder))?.isDirectory).toBe(true);
    expect((await fs.stat(at('link')))?.isDirectory).toBe(false);
    expect(await fs.stat(at('none'))).toBeNull();
    expect(await fs.stat(at('file/below'))).toBeNull();
  });

  it('renames, links and removes', async () => {
    writeFileSync(at('a'), 'a');
    writeFileSync(at('b'), 'b');
    await expect(fs.link(at('a'), at('b'))).rejects.toMatchObject({ code: 'EEXIST' });
    await fs.rename(at('a'), at('b'));
    expect(readFileSync(at('b'), 'utf8')).toBe('a');
    await fs.link(at('b'), at('c'));
    await fs.remove(at('b'));
    await fs.remove(at('b'));
    expect(readFileSync(at('c'), 'utf8')).toBe('a');
    await expect(fs.rename(at('none'), at('d'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('knows the parts of paths', () => {
    const path = at('ä b.txt');
    expect(fs.baseName(path)).toBe('ä b.txt');
    expect(fs.directoryOf(path)).toBe(folder);
    expect(fs.directoryOf(relative(process.cwd(), path))).toBe(folder);
    expect(fs.join(folder, 'ä b.txt')).toBe(path);
    expect(fs.pathOf(pathToFileURL(path).href)).toBe(path);
    expect(() => fs.pathOf('file://host.test/a')).toThrow();
  });
});

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../../../packages/runtime/src/crypto/provider/node.js';
import {
  readTdata,
  writeTdata,
} from '../../../../../packages/runtime/src/storage/formats/index.js';
import { folderReader } from '../../../../../packages/runtime/src/storage/node-folder.js';

describe('folderReader', () => {
  let above: string;
  let folder: string;
  beforeEach(() => {
    above = mkdtempSync(join(tmpdir(), 'tlgen-folder-'));
    folder = join(above, 'tdata');
    mkdirSync(join(folder, 'inner'), { recursive: true });
    writeFileSync(join(above, 'secret'), 'outside');
    writeFileSync(join(folder, 'file'), 'content');
    writeFileSync(join(folder, 'inner', 'file'), 'deeper');
  });
  afterEach(() => rmSync(above, { recursive: true }));

  const io = (): unknown => expect.objectContaining({ name: 'StorageError', code: 'io' });
  const text = async (name: string): Promise<string | null> => {
    const bytes = await folderReader(folder)(name);
    return bytes && Buffer.from(bytes).toString();
  };

  it('reads files in the folder and below, and says null for others', async () => {
    expect(await text('file')).toBe('content');
    expect(await text('inner/file')).toBe('deeper');
    expect(await text('inner/../file')).toBe('content');
    expect(await text('none')).toBeNull();
    expect(await text('none/file')).toBeNull();
    expect(await text('file/file')).toBeNull();
    expect(await folderReader(join(above, 'none'))('file')).toBeNull();
  });

  it('reads nothing outside: not by dots, not by a path from the root, not by links', async () => {
    symlinkSync(join(above, 'secret'), join(folder, 'link'));
    symlinkSync(above, join(folder, 'up'));
    mkdirSync(`${folder}2`);
    writeFileSync(join(`${folder}2`, 'file'), 'neighbour');
    for (const name of ['../secret', join(above, 'secret'), 'link', 'up/secret', '../tdata2/file'])
      await expect(text(name), name).rejects.toThrow(io());
  });

  it('reads through a link to the folder itself', async () => {
    symlinkSync(folder, join(above, 'alias'));
    expect(await folderReader(join(above, 'alias'))('file')).toEqual(
      new Uint8Array(Buffer.from('content')),
    );
  });

  it('reads files only, and none that is too large', async () => {
    await expect(text('inner')).rejects.toThrow(io());
    await expect(text('.')).rejects.toThrow(io());
    truncateSync(join(folder, 'file'), 16 * 1024 * 1024 + 1);
    await expect(text('file')).rejects.toThrow(io());
  });

  it('reads tdata', async () => {
    const accounts = [
      { dcId: 2, testMode: false, authKey: new Uint8Array(256).fill(3), userId: 5n },
    ];
    for (const [name, bytes] of await writeTdata(accounts, { crypto: nodeCrypto })) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), bytes);
    }
    expect(await readTdata(folderReader(folder), { crypto: nodeCrypto })).toEqual(accounts);
    await expect(readTdata(folderReader(above), { crypto: nodeCrypto })).rejects.toThrow(
      expect.objectContaining({ code: 'UNKNOWN_FORMAT' }),
    );
  });
});

import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compareOutput } from '../../../../generator/src/io/compare-output.js';
import { isInside, manifestText } from '../../../../generator/src/io/out-manifest.js';
import { sha256 } from '../../../../generator/src/io/hash.js';
import { writeOutput } from '../../../../generator/src/io/output.js';
import { Folder } from '../cli/run-cli.js';

let folder = new Folder();
beforeEach(() => {
  folder = new Folder();
});
afterEach(() => folder.remove());

const files = (texts: Record<string, string>) => new Map(Object.entries(texts));
const FIRST = files({ 'a.ts': 'a', 'b.ts': 'b', 'deep/c.ts': 'c' });
const SECOND = files({ 'a.ts': 'a2', 'b.ts': 'b2', 'd.ts': 'd' });

const state = () =>
  Object.fromEntries(
    (readdirSync(folder.path, { recursive: true }) as string[])
      .filter((name) => name.endsWith('.ts'))
      .sort()
      .map((name) => [name.replaceAll('\\', '/'), folder.read(name)]),
  );

describe('writeOutput', () => {
  it('writes, skips and prunes, empty folders too', async () => {
    expect((await writeOutput(folder.path, FIRST)).written).toHaveLength(3);
    expect(await writeOutput(folder.path, FIRST)).toMatchObject({ written: [], unchanged: 3 });
    const result = await writeOutput(folder.path, SECOND);
    expect(result).toEqual({
      written: ['a.ts', 'b.ts', 'd.ts'],
      removed: ['deep/c.ts'],
      kept: [],
      unchanged: 0,
    });
    expect(state()).toEqual(Object.fromEntries(SECOND));
    expect(existsSync(join(folder.path, 'deep'))).toBe(false);
  });

  it.each([0, 1, 2, 3, 4, 5, 6])('leaves all old files when rename %i fails', async (failing) => {
    await writeOutput(folder.path, FIRST);
    const before = state();
    const manifest = folder.read('.tlgen-manifest.json');
    let calls = 0;
    const rename = (from: string, to: string): void => {
      if (calls++ === failing) throw Object.assign(new Error('disk full'), { code: 'ENOSPC' });
      renameSync(from, to);
    };
    const writing = writeOutput(folder.path, SECOND, { ops: { rename } });
    await expect(writing).rejects.toMatchObject({ code: 'output-failed' });
    expect(state()).toEqual(before);
    expect(folder.read('.tlgen-manifest.json')).toBe(manifest);
    expect(readdirSync(folder.path).sort()).toEqual([
      '.tlgen-manifest.json',
      'a.ts',
      'b.ts',
      'deep',
    ]);
  });

  it('knows what a run that died half-way has put into place', async () => {
    await writeOutput(folder.path, FIRST);
    // As if killed between two renames: a.ts is new, the staging folder is left.
    const dead = '.tlgen-staging-999999999';
    mkdirSync(join(folder.path, dead));
    const journal = manifestText({ fingerprint: null, files: { 'a.ts': sha256('a2') } });
    folder.write(`${dead}/journal.json`, journal);
    folder.write('a.ts', 'a2');
    await writeOutput(folder.path, files({ 'a.ts': 'a3' }));
    expect(state()).toEqual({ 'a.ts': 'a3' });
    expect(existsSync(join(folder.path, dead))).toBe(false);
  });

  it('never deletes or overwrites files that it does not know', async () => {
    await writeOutput(folder.path, FIRST);
    folder.write('mine.ts', 'mine');
    folder.write('deep/c.ts', 'edited');
    expect(await writeOutput(folder.path, SECOND)).toMatchObject({
      removed: [],
      kept: ['deep/c.ts'],
    });
    expect(state()).toMatchObject({ 'mine.ts': 'mine', 'deep/c.ts': 'edited' });
    const conflict = writeOutput(folder.path, files({ 'mine.ts': 'theirs' }));
    await expect(conflict).rejects.toMatchObject({ code: 'output-conflict' });
    await writeOutput(folder.path, files({ 'mine.ts': 'theirs' }), { force: true });
    expect(folder.read('mine.ts')).toBe('theirs');
  });

  it('never leaves its folder', async () => {
    for (const path of ['../x', '/x', 'a/../../x', 'C:/x', 'a\\b', '']) {
      expect(isInside(path), path).toBe(false);
      const writing = writeOutput(folder.path, files({ [path]: 'x' }));
      await expect(writing).rejects.toMatchObject({ code: 'output-failed' });
    }
    // A manifest that someone tampered with does not make it delete files elsewhere.
    const outside = folder.write('outside.txt', 'x');
    folder.write(
      'out/.tlgen-manifest.json',
      JSON.stringify({ files: { '../outside.txt': sha256('x') } }),
    );
    await writeOutput(join(folder.path, 'out'), FIRST);
    expect(existsSync(outside)).toBe(true);
  });

  it('compares without writing', async () => {
    await writeOutput(folder.path, FIRST);
    expect(compareOutput(folder.path, SECOND)).toEqual({
      missing: ['d.ts'],
      differing: ['a.ts', 'b.ts'],
      edited: [],
      stale: ['deep/c.ts'],
    });
    folder.write('a.ts', 'edited');
    expect(compareOutput(folder.path, SECOND).edited).toEqual(['a.ts']);
  });
});

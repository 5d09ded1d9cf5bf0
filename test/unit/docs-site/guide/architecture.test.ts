import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, sourcesBelow } from '../../../structure/imports.js';
import { guideFile, tableRows } from './guide-files.js';

const { body } = guideFile('architecture.md');
/** Sections by heading. */
const sections = body.split(/^#+ /m).map((text) => [text.split('\n')[0], text] as const);
const present = sections
  .filter(([heading]) => heading !== 'Planned')
  .map(([, text]) => text)
  .join('\n');

/** What stands in backticks and looks like a path. */
const pathsOf = (text: string): string[] =>
  [...text.matchAll(/`([^`\s]+)`/g)]
    .map(([, one = '']) => one)
    .filter((one) => /\/$|^[\w.-]+(?:\/[\w.-]+)*\.(?:ts|mjs|js|md|json|tl|hbs)$/.test(one));

/** Folders that hold a file git knows or would take, so many steps below `parent`. */
function foldersIn(parent: string): string[] {
  const options = ['ls-files', '--cached', '--others', '--exclude-standard', '--', parent || '.'];
  const { stdout } = spawnSync('git', options, { cwd: root, encoding: 'utf8' });
  const names = stdout
    .split('\n')
    .filter((file) => file.startsWith(parent))
    .map((file) => file.slice(parent.length))
    .flatMap((file) => (file.includes('/') ? [file.slice(0, file.indexOf('/') + 1)] : []));
  return [...new Set(names)].map((name) => parent + name).sort();
}

describe('the guide of the architecture', () => {
  it('names paths that are there', () => {
    const paths = pathsOf(present);
    expect(paths.length).toBeGreaterThan(35);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it.each(['', 'generator/src/', 'packages/'])('names every folder of /%s', (parent) => {
    const folders = foldersIn(parent);
    expect(folders.length).toBeGreaterThan(3);
    expect(folders.filter((folder) => !pathsOf(present).includes(folder))).toEqual([]);
  });

  it('calls nothing planned that is there', () => {
    const planned = sections.find(([heading]) => heading === 'Planned')?.[1] ?? '';
    const paths = pathsOf(planned);
    expect(paths.length).toBeGreaterThan(0);
    expect(paths.filter((path) => existsSync(join(root, path)))).toEqual([]);
  });

  it('puts the rooms of the generator on floors that their imports keep', () => {
    const floors = new Map(
      tableRows(present).flatMap(([floor = '', path = '']) => {
        const room = /^`generator\/src\/(\w+)\/`$/.exec(path)?.[1];
        return room === undefined ? [] : [[room, Number(floor)] as const];
      }),
    );
    expect(floors.size).toBe(foldersIn('generator/src/').length);
    const wrong = sourcesBelow('generator/src').flatMap(({ path, imports }) => {
      const from = floors.get(/^generator\/src\/(\w+)\//.exec(path)?.[1] ?? '');
      if (from === undefined) return [];
      return imports.flatMap((one) => {
        const to = floors.get(/^(?:\.\.\/)+(\w+)\//.exec(one.from)?.[1] ?? '');
        return one.kind === 'value' && to !== undefined && to > from
          ? [`${path}: ${one.from}`]
          : [];
      });
    });
    expect(wrong).toEqual([]);
  });

  it('says of codec and of generated packages what the test of imports enforces', () => {
    const outside = (folder: string): string[] => [
      ...new Set(
        sourcesBelow(folder).flatMap(({ imports }) =>
          imports.flatMap(({ from }) => (from.startsWith('.') ? [] : [from])),
        ),
      ),
    ];
    expect(present).toContain('`@tlgen/codec` imports nothing but its own files');
    expect(outside('packages/codec/src')).toEqual([]);
    expect(present).toContain('Generated modules take values from `@tlgen/codec` alone');
    for (const name of ['telegram', 'secret', 'calls', 'mtproto'])
      expect(outside(`packages/${name}/src`), name).toEqual(['@tlgen/codec']);
  });
});

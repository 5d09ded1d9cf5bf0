import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../packages/runtime/src/client/settings.js';
import { LEFT_OUT, SETTINGS } from './feature-rows-apart.js';
import { FILE_ROWS } from './feature-rows-files.js';
import { UPDATE_ROWS } from './feature-rows-updates.js';
import { ROWS as OTHER_ROWS } from './feature-rows.js';
import { root } from './imports.js';

const ROWS = { ...OTHER_ROWS, files: FILE_ROWS, updates: UPDATE_ROWS };

const files = readdirSync(`${root}test`, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.test.ts') && !file.includes('node_modules'));

/** Titles by file, without `.test.ts`. */
const titles = new Map(
  files.map((file) => [file.replace(/\.test\.ts$/, ''), titlesOf(`${root}test/${file}`)]),
);

function titlesOf(file: string): Set<string> {
  // Either `it('title'`, or `])('title'` behind the values of `it.each`.
  const call = /(?:\b(?:it|describe|test)\b[^'"`\n]*|\](?: as const)?\))\(\s*(['"`])(.+?)\1,/g;
  return new Set([...readFileSync(file, 'utf8').matchAll(call)].map(([, , title = '']) => title));
}

const ids = Object.values(ROWS).flatMap((rows) => rows.map(([id]) => id));

describe('the rows of features', () => {
  it.each(Object.entries(ROWS))('%s: every row has its tests', (_, rows) => {
    const missing = rows.flatMap(([id, , proofs]) =>
      Object.entries(proofs).flatMap(([file, wanted]) =>
        wanted
          .filter((title) => !titles.get(file)?.has(title))
          .map((title) => `${id} ${file}: ${title}`),
      ),
    );
    expect(missing).toEqual([]);
  });

  it('settings: every one is there and has a test that names it', () => {
    const known = defaultSettings({ model: '', system: '', langCode: '', logFile: '' }, true);
    const tests = files
      .filter((file) => /^(unit\/runtime\/client|end-to-end)\//.test(file))
      .map((file) => readFileSync(`${root}test/${file}`, 'utf8'))
      .join('\n');
    const missing = Object.values(SETTINGS)
      .flat()
      .filter((path) => {
        const steps = path.split('.');
        const name = steps.at(-1) ?? '';
        const parent = steps
          .slice(0, -1)
          .reduce<object>((at, step) => at[step as keyof typeof at], known);
        return !Object.hasOwn(parent, name) || !new RegExp(`\\b${name}\\b`).test(tests);
      });
    expect(missing).toEqual([]);
  });

  it('all are in one of the lists, once', () => {
    const settings = Object.keys(SETTINGS).filter((id) => id.startsWith('T'));
    const all = [...ids, ...settings, ...Object.keys(LEFT_OUT)];
    expect(new Set(all).size).toBe(all.length);
    const upTo = (letter: string, count: number): string[] =>
      Array.from({ length: count }, (_, i) => `${letter}${i + 1}`);
    const wanted = [
      ...upTo('E', 7),
      ...upTo('M', 22),
      ...upTo('L', 10),
      ...upTo('P', 6),
      ...upTo('F', 12),
      ...upTo('T', 38),
      ...upTo('U', 7),
      ...upTo('MS', 2),
      ...upTo('X-', 8),
    ];
    expect(wanted.filter((id) => !all.includes(id))).toEqual([]);
    for (const reason of Object.values(LEFT_OUT)) expect(reason).toMatch(/\w \w.*\.$/);
  });
});

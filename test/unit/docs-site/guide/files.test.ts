import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { guideFile } from './guide-files.js';

const guide = guideFile('files.md');
const read = (path: string): string =>
  readFileSync(new URL(`../../../../packages/runtime/src/files/${path}`, import.meta.url), 'utf8');
const quoted = (text: string): string[] =>
  [...text.matchAll(/'([\w-]+)'/g)].map(([, one = '']) => one);
const firstCells = (section: string): string[] =>
  [...section.matchAll(/^\| `([\w-]+)`/gm)].map(([, one = '']) => one);

/** What stands below a heading of level 2. */
const section = (heading: string): string => {
  const start = guide.body.indexOf(`\n## ${heading}\n`);
  const rest = guide.body.slice(start + heading.length + 5);
  return rest.slice(0, rest.search(/\n## /));
};

it('the guide of files has every code of FileError, and no other', () => {
  const union = /export type FileErrorCode =([^;]+);/.exec(read('errors.ts'))?.[1] ?? '';
  const codes = quoted(union.replaceAll(/\/\*[^]*?\*\//g, ''));
  expect(codes.length).toBeGreaterThan(10);
  const told = firstCells(section('Errors')).filter((one) => one !== 'code');
  expect(told.sort()).toEqual(codes.sort());
});

it('the guide of files has every kind of media, and no other', () => {
  const kinds = [...read('media/types.ts').matchAll(/readonly type: '([\w-]+)';/g)].map(
    ([, kind = '']) => kind,
  );
  expect(kinds.length).toBeGreaterThan(5);
  const told = firstCells(section('Sending')).filter((one) => kinds.includes(one));
  expect(told.sort()).toEqual(kinds.sort());
});

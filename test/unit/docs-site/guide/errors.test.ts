import { TlError, TlgenError, type TlErrorCode } from '@tlgen/codec';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as runtime from '../../../../packages/runtime/src/index.js';
import { root, sourcesBelow } from '../../../structure/imports.js';
import { guideFile, tableRows } from './guide-files.js';

const { body } = guideFile('errors.md');
const section = (title: string): string =>
  body.split(/^(?=#+ )/m).find((one) => one.startsWith(title)) ?? '';
const rows = tableRows(section('## Every class')).map(([name = '', codes = '']) => ({
  name: name.replaceAll('`', ''),
  codes: [...codes.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code),
}));

/** Names of all classes of errors that a package exports. */
const classesOf = (exported: object): string[] =>
  Object.values(exported).flatMap((one: unknown) =>
    typeof one === 'function' && one.prototype instanceof Error ? [one.name] : [],
  );

/** What a class's sources say its codes are: the literal, or the members of the union. */
function codesOf(name: string): string[] {
  const files = sourcesBelow('packages/runtime/src').map(({ path }) => path);
  const text = files
    .map((path) => readFileSync(join(root, path), 'utf8'))
    .find((one) => one.includes(`export class ${name} extends TlgenError`));
  if (text === undefined) throw new Error(`${name} is declared nowhere`);
  const own = text.slice(text.indexOf(`export class ${name} extends`));
  const literal = /readonly code = '([^']+)'/.exec(own.slice(0, own.indexOf('\n}')))?.[1];
  if (literal !== undefined) return [literal];
  const union = new RegExp(`export type ${name}Code =([^;]+);`).exec(text)?.[1] ?? '';
  return [...union.replaceAll(/\/\*[^]*?\*\//g, '').matchAll(/'([^']+)'/g)].map(
    ([, code = '']) => code,
  );
}

describe('the guide of errors', () => {
  it('has every class that the runtime exports, and no other', () => {
    const classes = classesOf(runtime);
    expect(classes.length).toBeGreaterThan(20);
    expect(rows.map(({ name }) => name).sort()).toEqual([...classes, 'TlError'].sort());
  });

  it('is right that all of them are a TlgenError', () => {
    const all = Object.values(runtime).filter(
      (one: unknown) => typeof one === 'function' && one.prototype instanceof Error,
    );
    for (const one of [...all, TlError])
      expect((one as { prototype: unknown }).prototype).toBeInstanceOf(TlgenError);
  });

  it.each(rows.filter(({ name, codes }) => codes.length > 0 && name !== 'TlError'))(
    'names the codes of $name',
    ({ name, codes }) => {
      expect([...codes].sort()).toEqual(codesOf(name).sort());
    },
  );

  it('says how many codes there are where it does not list them', () => {
    const signIn = codesOf('SignInError');
    expect(section('## Every class')).toContain(`${signIn.length} codes: [Signing in]`);
    const told = tableRows(guideFile('signing-in.md').body.split('## Errors')[1] ?? '').flatMap(
      ([codes = '']) => [...codes.matchAll(/`(\w+)`/g)].map(([, code = '']) => code),
    );
    expect(told.sort()).toEqual(signIn.sort());
    const codes = tableRows(section('### Codes')).map(([code = '']) => code.replaceAll('`', ''));
    expect(codes satisfies string[] as TlErrorCode[]).toHaveLength(14);
    expect(section('## Every class')).toContain('14 codes');
  });

  it.each([
    ['sessions.md', 'SessionFormatError'],
    ['sessions.md', 'StorageError'],
    ['peers.md', 'PeerError'],
  ])('%s has a row for each code of %s', (guide, name) => {
    const text = guideFile(guide).body;
    const codes = tableRows(text).map(([code = '']) => code.replaceAll('`', ''));
    expect(codesOf(name).filter((code) => !codes.includes(code))).toEqual([]);
  });
});

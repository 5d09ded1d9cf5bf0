import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { crc32, normalForm } from '../../../../generator/src/schema/crc.js';
import { parseSchema } from '../../../../generator/src/schema/parse-schema.js';
import { verifyIds } from '../../../../generator/src/schema/verify.js';
import { parse } from '../../../../generator/src/syntax/parser.js';

const form = (line: string, dialect?: 'verbatim'): string =>
  parse(line)
    .tree.combinators.map((one) => normalForm(one, dialect))
    .join();

describe('ids', () => {
  it('knows the check value of CRC32', () => {
    expect(crc32('123456789')).toBe(0xcbf43926);
  });

  it('takes the normal form of a line', () => {
    expect(
      form('a#1 {X:Type} flags:# b:bytes c:flags.1?bytes d:flags.2?true e:Vector<bytes> q:!X = X;'),
    ).toBe('a X:Type flags:# b:string c:flags.1?string e:Vector bytes q:!X = X');
    expect(form('a b:bytes d:flags.2?true e:(vector %Foo) = A;', 'verbatim')).toBe(
      'a b:bytes d:flags.2?true e:vector %Foo = A',
    );
  });

  // Ids that the services themselves use, computed from lines without ids.
  it.each([
    ['vector {t:Type} # [ t ] = Vector t;', 0x1cb5c415],
    ['int ? = Int;', 0xa8509bda],
    ['dictionary {t:Type} %(Vector %(DictionaryField t)) = Dictionary t;', 0x1f4c618f],
    ['bytes data:string = Bytes; q.query data:bytes = q.R;', crc32('q.query data:bytes = q.R')],
    [
      'bytes data:string = Bytes; adnl.message.query query_id:int256 query:bytes = adnl.Message;',
      0xb48bf97a,
    ],
    [
      'getLibraries library_list:(vector int256) = R;',
      crc32('getLibraries library_list:vector int256 = R'),
    ],
    ['inputPeerEmpty = InputPeer;', 0x7f3b18ea],
  ])('%s', (text, id) => {
    expect(verifyIds({ tree: parse(text).tree }).computed.at(-1)?.computed).toBe(id);
  });

  it('proves all ids of layer 198', () => {
    const require = createRequire(import.meta.url);
    const { schema, diagnostics } = parseSchema(require('telegram/tl/apiTl.js') as string);
    const { ok, computed, mismatched } = verifyIds(schema);
    expect([diagnostics, computed, mismatched]).toEqual([[], [], []]);
    expect(ok.length).toBe(2091);
  });

  it('sorts ids into ok, computed and mismatched, built-in lines included', () => {
    const { schema, diagnostics } = parseSchema('boolTrue#997275b5 = Bool;\na#5 = A;\nb = B;', {
      verifyIds: true,
    });
    const report = verifyIds(schema);
    expect(report.ok.map(({ name }) => name)).toEqual(['boolTrue']);
    expect(report.mismatched).toMatchObject([{ name: 'a', explicit: 5, line: 2 }]);
    expect(report.computed.map(({ name }) => name)).toEqual(['b']);
    expect(diagnostics).toMatchObject([{ code: 'id-mismatch', severity: 'warning' }]);
    expect(parseSchema('a#5 = A;').diagnostics).toEqual([]);
  });
});

const schemas = new URL('../../../../schemas/', import.meta.url);
const files = readdirSync(schemas, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.tl'),
);

describe.skipIf(files.length === 0)('the schemas of this repository', () => {
  it.each(files)('%s has no errors', (name) => {
    const { diagnostics } = parseSchema(readFileSync(new URL(name, schemas), 'utf8'), {
      file: name,
    });
    expect(diagnostics).toEqual([]);
  });
});

import { decode, encode, fromJson, toJson, type JsonObject } from '@tlgen/codec';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generate } from '../../../../generator/src/emit/generate.js';
import { liveRegistry } from '../../../../generator/src/live/live-registry.js';
import { parseSchema } from '../../../../generator/src/schema/parse-schema.js';
import { print } from '../../../../generator/src/syntax/print.js';
import { schemaText } from '../../../../generator/src/cli/schema-text.js';

const folder = new URL('fixtures/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
const parse = (name: string) => parseSchema(read(name), { file: name });

/** A tree without the places its parts stand at. */
const plainTree = (tree: object): unknown =>
  JSON.parse(JSON.stringify(tree, (key, value: unknown) => (key === 'span' ? undefined : value)));

describe.each(readdirSync(folder))('%s', (name) => {
  it('parses without a complaint', () => {
    expect(parse(name).diagnostics).toEqual([]);
  });

  it('prints as TL that parses to the same tree', () => {
    const { tree } = parse(name).schema;
    const again = parseSchema(print(tree), { file: name });
    expect(again.diagnostics).toEqual([]);
    expect(plainTree(again.schema.tree)).toEqual(plainTree(tree));
  });

  it('keeps every id through TL-JSON', () => {
    const { schema } = parse(name);
    const ids = (one: typeof schema) =>
      [...one.constructors, ...one.methods].map(({ key, id }) => [key, id]);
    const again = parseSchema(schemaText(schema, 'json'), { file: `${name}.json` });
    expect(again.diagnostics).toEqual([]);
    expect(ids(again.schema)).toEqual(ids(schema));
  });

  it('becomes a package', async () => {
    const { schema } = parse(name);
    const { files, stats } = await generate({ schema, name: 'dialect' });
    expect(stats.constructors).toBe(schema.constructors.length);
    expect([...files.keys()]).toContain('dist/generated/registry.js');
  });
});

const roundTrip = (name: string, json: JsonObject): unknown => {
  const registry = liveRegistry(parse(name).schema);
  return toJson(decode(encode(fromJson(json, registry)), registry));
};

describe('what they say', () => {
  it('td_api: descriptions, bare constructors, computed ids', () => {
    const { schema } = parse('td-api-style.tl');
    const keyboard = schema.constructors.find(({ key }) => key === 'keyboard');
    expect(keyboard?.fields.map(({ description }) => description)).toEqual([
      'Rows of buttons; the first is the top one',
      'Words under the keyboard',
      'Whether keys are large',
      null,
      null,
    ]);
    expect(schema.types.find(({ name }) => name === 'Shape')?.description).toBe(
      'Something that can be drawn',
    );
    const button = { _: 'keyboardButton', text: 'a', data: 'AQI=' };
    const json = {
      _: 'keyboard',
      rows: [[button], []],
      description: '',
      isBig: true,
      id: '-5',
      userId: 7,
    };
    expect(roundTrip('td-api-style.tl', json)).toEqual(json);
  });

  it('TON: ids that its programs use, open words, objects and functions', () => {
    const { schema } = parse('ton-style.tl');
    const ids = new Map(
      [...schema.constructors, ...schema.methods].map(({ key, id }) => [key, id]),
    );
    // Published by TON beside the schema; `lookupBlock` among them.
    expect(ids.get('liteServer.lookupBlock')).toBe(0xfac8f71e);
    const id = { _: 'tonNode.blockId', workchain: -1, shard: '5', seqno: 3 };
    const json = { _: 'liteServer.lookupBlock', mode: 3, id, lt: '7' };
    expect(roundTrip('ton-style.tl', json)).toEqual(json);
    const held = { _: 'testObject', value: 1, o: id, f: { _: 'dht.ping' } };
    expect(roundTrip('ton-style.tl', held)).toEqual(held);
  });

  it('botAPI: invented ids, short, in either case', () => {
    const { schema } = parse('bot-api-style.tl');
    expect(schema.constructors.map(({ id }) => id)).toEqual([0, 2, 3, 0xa, 0xd, 0x1f]);
    const json = { _: 'wrapped', inner: { _: 'sticker', dcId: 2, id: '1', accessHash: '-1' } };
    expect(roundTrip('bot-api-style.tl', json)).toEqual(json);
  });

  it('CRLF, BOM, several on a line, one over several, spaces anywhere', () => {
    const { schema } = parse('windows-style.tl');
    expect(schema.layer).toBe(7);
    expect(schema.constructors.map(({ key }) => key)).toEqual(['user', 'nobody', 'last']);
    expect(schema.methods.map(({ key, id }) => [key, id])).toEqual([
      ['getUsers', 0xff],
      ['wrap', 0xfe],
    ]);
    const json = { _: 'user', name: 'x', age: -1, tags: [[], ['a']] };
    expect(roundTrip('windows-style.tl', json)).toEqual(json);
  });
});

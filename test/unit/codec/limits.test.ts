import { decode, encode, fromJson, toJson, type JsonObject, type TlObject } from '@tlgen/codec';
import { describe, expect, it } from 'vitest';
import { liveRegistry } from '../../../generator/src/live/live-registry.js';
import { parseSchema } from '../../../generator/src/schema/parse-schema.js';
import { tlError } from '../../support/tl-error.js';

const { schema } = parseSchema(`
  e#1 = E;
  v#2 a:vector<vector<%E>> = V;
  loop#4 flags:# next:flags.0?%Loop = Loop;
  open#5 mask:# size:mask.0?int = Open;
  node#3 flags:# next:flags.0?Node list:flags.1?Vector<Vector<Node>> = Node;
`);
const registry = liveRegistry(schema);

/** Bytes of `v` with `rows` vectors of `items` empty items each. */
function empties(rows: number, items: number): Uint8Array {
  return new Uint8Array(new Int32Array([2, rows, ...new Array<number>(rows).fill(items)]).buffer);
}

const nested = (depth: number): JsonObject => {
  let json: JsonObject = { _: 'node' };
  for (let i = 1; i < depth; i++) json = { _: 'node', next: json };
  return json;
};

describe('limits of a whole packet', () => {
  it('items without bytes are counted over all vectors', () => {
    expect((toJson(decode(empties(2, 30_000), registry))['a'] as unknown[][])[1]).toHaveLength(
      30_000,
    );
    expect(tlError(() => decode(empties(3, 30_000), registry)).code).toBe('vector-too-long');
    expect(tlError(() => decode(empties(1000, 65_535), registry)).path.slice(0, 2)).toEqual([
      'v',
      'a',
    ]);
    // The budget is a packet's own: the next one has it whole.
    expect(() => decode(empties(2, 30_000), registry)).not.toThrow();
  });

  it('what is written can be read: both sides count depth alike', () => {
    const deepest = encode(fromJson(nested(100), registry));
    expect(encode(decode(deepest, registry))).toEqual(deepest);
    expect(tlError(() => fromJson(nested(101), registry)).code).toBe('bad-json');
    const tooDeep = fromJson(nested(100), registry) as TlObject & { next?: unknown };
    const outer = fromJson({ _: 'node' }, registry) as TlObject & { next?: unknown };
    outer.next = tooDeep;
    expect(tlError(() => encode(outer)).code).toBe('too-deep');
    expect(encode(tooDeep)).toEqual(deepest);
  });

  it('objects without ids count as depth too', () => {
    type Loop = TlObject & { next?: unknown };
    const make = (): Loop => fromJson({ _: 'loop' }, registry) as Loop;
    const chain = (length: number): Loop => {
      let outer = make();
      for (let i = 1; i < length; i++) outer = Object.assign(make(), { next: outer });
      return outer;
    };
    expect(encode(decode(encode(chain(100)), registry))).toEqual(encode(chain(100)));
    expect(tlError(() => encode(chain(101))).code).toBe('too-deep');
  });

  it('a flag word that the user sets is an unsigned int', () => {
    const open = (mask: number): TlObject =>
      Object.assign(fromJson({ _: 'open' }, registry), { mask });
    expect(toJson(decode(encode(open(0xfffffffe)), registry))).toMatchObject({ mask: 0xfffffffe });
    for (const mask of [-1, 1.5, 2 ** 32, NaN]) {
      expect(tlError(() => encode(open(mask))).code).toBe('bad-value');
    }
  });

  it('vectors of vectors do not count as depth', () => {
    let json: JsonObject = { _: 'node' };
    for (let i = 1; i < 80; i++) json = { _: 'node', list: [[json]] };
    const bytes = encode(fromJson(json, registry));
    expect(encode(fromJson(toJson(decode(bytes, registry)), registry))).toEqual(bytes);
  });

  it('a long path is shown by its ends', () => {
    const bytes = encode(fromJson(nested(90), registry)).slice(0, -4);
    const error = tlError(() => decode(bytes, registry));
    expect(error.path).toHaveLength(90);
    expect(error.message).toContain(' → … → ');
    expect(error.message.length).toBeLessThan(400);
  });
});

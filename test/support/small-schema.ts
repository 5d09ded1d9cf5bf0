import type { Registry, TlObject } from '@tlgen/codec';
import { liveRegistry } from '../../generator/src/live/live-registry.js';
import { generatedFrom } from './generated-layer.js';
import { schemaOf } from './schemas.js';

/** A schema with every kind of field, for tests that build objects by hand. */
export const SMALL_SCHEMA = `
---types---
leaf n:int = Leaf;
leafEmpty = Leaf;
other text:string = Other;
pair a:int b:int = Pair;
nothing = Nothing;
node flags:# value:long next:flags.0?Node items:flags.1?Vector<Leaf> name:flags.2?string first:flags.3?int second:flags.3?string mark:flags.3?true quiet:flags.4?true on:flags.5?Bool blob:flags.31?bytes flags2:# count:flags2.0?int top:flags2.31?int = Node;
everything i:int u:# l:long d:double s:string b:bytes k:int128 m:int256 n:int512 t:Bool leaf:Leaf bare:%Pair pairs:vector<%Pair> ints:Vector<int> longs:Vector<long> texts:Vector<string> blobs:Vector<bytes> grid:Vector<Vector<int>> three:3*[ int ] any:Object = Everything;
open mode:# size:mode.0?int title:mode.3?string = Open;
idle flags:# flags2:# a:flags2.0?int n:int = Idle;
whole any:# when:any?int b:int = Whole;
counted total:# flags:# a:flags.0?int b:int = Counted;
empties list:vector<%Nothing> = Empties;
grove nodes:Vector<Node> = Grove;
forest trees:Vector<Forest> = Forest;
bareChain flags:# next:flags.0?%BareChain = BareChain;
call query:function = Call;
---functions---
getLeaf n:int = Leaf;
getInts = Vector<int>;
wrap {X:Type} layer:int query:!X = X;
`;

type Make = new (init?: object) => TlObject;

/** Makes objects of a registry's classes by TL name, as an untyped JavaScript caller would. */
export type Maker = (name: string, init?: object) => TlObject;

export function makerOf(registry: Registry): Maker {
  return (name, init) => {
    const found = registry.named(name);
    if (found === undefined) throw new Error(`no ${name}`);
    return new (found as unknown as Make)(init);
  };
}

/** The small schema as generated classes and as live ones: both must behave alike. */
export const SMALL_REGISTRIES: [string, Registry][] = [
  ['generated classes', (await generatedFrom('small', SMALL_SCHEMA)).registry],
  ['live classes', liveRegistry(schemaOf(SMALL_SCHEMA))],
];

/** A valid value for every field of `everything`. */
export function everything(make: Maker): Record<string, unknown> {
  return {
    i: -1,
    u: 7,
    l: 2n ** 40n,
    d: 0.5,
    s: 'text',
    b: new Uint8Array([1, 2, 3]),
    k: new Uint8Array(16).fill(1),
    m: new Uint8Array(32).fill(2),
    n: new Uint8Array(64).fill(3),
    t: true,
    leaf: make('leaf', { n: 5 }),
    bare: make('pair', { a: 1, b: 2 }),
    pairs: [make('pair', { a: 3, b: 4 })],
    ints: [1, 2],
    longs: [1n],
    texts: ['a', ''],
    blobs: [new Uint8Array(2)],
    grid: [[1], [], [2, 3]],
    three: [7, 8, 9],
    any: make('other', { text: 'any' }),
  };
}

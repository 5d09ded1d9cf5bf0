/** What, TL text, the class to look at, lines it must have. */
export type Row = [what: string, tl: string, className: string, lines: string[]];

/** Schema text in, exact lines out. `point` and `box` are there for others to hold. */
export const ROWS: Row[] = [
  ['int', 'a x:int = A;', 'A', ['declare x: number;', 'w.int(this.x);', 'o.x = r.int();']],
  ['#', 'a x:# = A;', 'A', ['declare x: number;', 'w.nat(this.x);', 'o.x = r.nat();']],
  ['long', 'a x:long = A;', 'A', ['declare x: bigint;', 'w.long(this.x);', 'o.x = r.long();']],
  ['int53', 'a x:int53 = A;', 'A', ['declare x: number;', 'w.int53(this.x);', 'o.x = r.int53();']],
  [
    'double',
    'a x:double = A;',
    'A',
    ['declare x: number;', 'w.double(this.x);', 'o.x = r.double();'],
  ],
  [
    'string',
    'a x:string = A;',
    'A',
    ['declare x: string;', 'w.string(this.x);', 'o.x = r.string();'],
  ],
  [
    'bytes',
    'a x:bytes = A;',
    'A',
    ['declare x: Uint8Array;', 'w.bytes(this.x);', 'o.x = r.bytes();'],
  ],
  [
    'int128',
    'a x:int128 = A;',
    'A',
    ['declare x: Uint8Array;', 'w.fixed(this.x, 16);', 'o.x = r.fixed(16);'],
  ],
  ['int256', 'a x:int256 = A;', 'A', ['w.fixed(this.x, 32);', 'o.x = r.fixed(32);']],
  ['int512', 'a x:int512 = A;', 'A', ['w.fixed(this.x, 64);', 'o.x = r.fixed(64);']],
  ['Bool', 'a x:Bool = A;', 'A', ['declare x: boolean;', 'w.bool(this.x);', 'o.x = r.bool();']],
  ['True', 'a x:True = A;', 'A', ['declare x: true;', 'w.true();', 'o.x = r.true();']],
  [
    'a boxed type',
    'a x:Point = A;',
    'A',
    ['declare x: TypePoint;', 'w.object(this.x);', 'o.x = r.object(248290182);'],
  ],
  [
    'Object',
    'a x:Object = A;',
    'A',
    ['declare x: TlObject;', 'w.object(this.x);', 'o.x = r.object(0);'],
  ],
  [
    'a bare constructor',
    'a x:box = A;',
    'A',
    ['declare x: Box;', "w.bare(this.x, 'box');", 'o.x = r.bare(0x00000b0e);'],
  ],
  ['a bare type', 'a x:%Box = A;', 'A', ["w.bare(this.x, 'box');", 'o.x = r.bare(0x00000b0e);']],
  [
    'a body without id, where held bare',
    'a x:box = A;',
    'Box',
    ['w.id(0x00000b0e);', 'this.$body(w);', '$body(w: TlWriter): void {'],
  ],
  [
    'Vector<int>',
    'a x:Vector<int> = A;',
    'A',
    ['declare x: number[];', 'w.ints(this.x);', 'o.x = r.ints();'],
  ],
  ['Vector<long>', 'a x:Vector<long> = A;', 'A', ['w.longs(this.x);', 'o.x = r.longs();']],
  ['Vector<string>', 'a x:Vector<string> = A;', 'A', ['w.strings(this.x);', 'o.x = r.strings();']],
  [
    'Vector<Point>',
    'a x:Vector<Point> = A;',
    'A',
    ['declare x: TypePoint[];', 'w.objects(this.x);', 'o.x = r.objects(248290182);'],
  ],
  [
    'vector<int>',
    'a x:vector<int> = A;',
    'A',
    ['w.vector(this.x, false, (w, v) => w.int(v));', 'o.x = r.vector(false, 4, (r) => r.int());'],
  ],
  [
    'vector<%Box>',
    'a x:vector<%Box> = A;',
    'A',
    [
      "w.vector(this.x, false, (w, v) => w.bare(v, 'box'));",
      'o.x = r.vector(false, 8, (r) => r.bare(0x00000b0e));',
    ],
  ],
  [
    'Vector<Vector<int>>',
    'a x:Vector<Vector<int>> = A;',
    'A',
    [
      'declare x: number[][];',
      'w.vector(this.x, true, (w, v) => w.ints(v));',
      'o.x = r.vector(true, 8, (r) => r.ints());',
    ],
  ],
  [
    '3*[ int ]',
    'a x:3*[ int ] = A;',
    'A',
    ['w.tuple(this.x, 3, (w, v) => w.int(v));', 'o.x = r.tuple(3, (r) => r.int());'],
  ],
  [
    'an optional field',
    'a flags:# x:flags.3?int = A;',
    'A',
    [
      'declare x?: number | undefined;',
      'constructor(init: Init<A> = {}) {',
      'if (this.x !== undefined) flags |= 0x8;',
      'if (this.x !== undefined) w.int(this.x);',
      'o.x = flags & 0x8 ? r.int() : undefined;',
    ],
  ],
  [
    'a true flag',
    'a flags:# x:flags.0?true = A;',
    'A',
    [
      'declare x: boolean;',
      "declare readonly $flags?: 'x';",
      'this.x = init.x === true;',
      'if (this.x) flags |= 0x1;',
      'o.x = (flags & 0x1) !== 0;',
    ],
  ],
  [
    'bit 31',
    'a flags:# x:flags.31?int = A;',
    'A',
    [
      'if (this.x !== undefined) flags |= 0x80000000;',
      'o.x = flags & 0x80000000 ? r.int() : undefined;',
    ],
  ],
  [
    'flags2',
    'a flags:# flags2:# x:flags2.1?int = A;',
    'A',
    [
      'let flags2 = 0;',
      'w.flags(flags2);',
      'const flags2 = r.flags();',
      'o.x = flags2 & 0x2 ? r.int() : undefined;',
    ],
  ],
  [
    'a shared bit',
    'a flags:# x:flags.0?int y:flags.0?int = A;',
    'A',
    [
      "if (flags & 0x1 && this.x === undefined) w.unpaired('x, y');",
      "if (flags & 0x1 && this.y === undefined) w.unpaired('x, y');",
    ],
  ],
  [
    'an open word',
    'a mode:# x:mode.1?int = A;',
    'A',
    [
      'declare mode?: number | undefined;',
      'o.mode = flags >>> 0;',
      'let flags = w.bits(this.mode);',
      "if (flags & 0x2 && this.x === undefined) w.unpaired('mode, x');",
      'w.flags(flags);',
    ],
  ],
  [
    'flags of an open word',
    'a mode:# x:mode.1?true y:mode.1?true z:mode.2?true = A;',
    'A',
    [
      "if (flags & 0x2 && !this.x && !this.y) w.unpaired('mode, x, y');",
      "if (flags & 0x4 && !this.z) w.unpaired('mode, z');",
    ],
  ],
  [
    'fields whose names meet: the one that is spelled like that keeps it',
    'a x_y:int xY:long = A;',
    'A',
    ['declare xY2: number;', 'declare xY: bigint;', 'this.xY2 = init.xY2;', 'o.xY2 = r.int();'],
  ],
  [
    'a class that reads nothing',
    'a x:true = A;',
    'A',
    ['static $read(_r: TlReader): A {', '$write(w: TlWriter): void {'],
  ],
  [
    'items that are written without their value',
    'a x:Vector<True> = A;',
    'A',
    ['w.vector(this.x, true, (w) => w.true());'],
  ],
  [
    'a method that answers with no bytes',
    '---functions---\nget = true;',
    'GetRequest',
    ['$result(_r: TlReader): true {', 'return true;'],
  ],
  [
    'several type parameters',
    '---functions---\nm {X:Type} {Y:Type} {Z:Type} a:!X b:!Y = Y;',
    'MRequest',
    [
      'export class MRequest<X = unknown, Y = unknown> extends TlMethod<Y> {',
      'declare a: TlMethod<X>;',
      'constructor(init: Init<MRequest<X, Y>>) {',
      'return this.b.$result(r);',
      'static $read(r: TlReader): MRequest<unknown, unknown> {',
    ],
  ],
  [
    'a type parameter that may not be called so',
    'y = Y;\n---functions---\nm {class:Type} {y:Type} {promise:Type} a:!class b:!y c:!promise = class;',
    'MRequest',
    [
      'export class MRequest<Class = unknown, Y2 = unknown, Promise_ = unknown> extends TlMethod<Class> {',
      'declare b: TlMethod<Y2>;',
      'return this.a.$result(r);',
    ],
  ],
  ['a required and a true field', 'a x:true = A;', 'A', ['declare x: true;', 'o.x = true;']],
  [
    'snake_case',
    'a random_id:long srp_B:bytes = A;',
    'A',
    ['declare randomId: bigint;', 'declare srpB: Uint8Array;'],
  ],
  [
    'reserved field names',
    'a constructor:int _:int = A;',
    'A',
    ['declare constructor_: number;', 'declare __: number;'],
  ],
  [
    'an id that is given',
    'a#00c0ffee = A;',
    'A',
    ['static readonly id = 0x00c0ffee;', "static readonly tl = 'a';", "declare readonly _: 'a';"],
  ],
  ['an id that is computed', 'boolStub = BoolStub;', 'BoolStub', ['static readonly id = 0x']],
  [
    'a method',
    '---functions---\nget id:int = Point;',
    'GetRequest',
    [
      'export class GetRequest extends TlMethod<TypePoint> {',
      '$result(r: TlReader): TypePoint {',
      'return r.object(248290182);',
    ],
  ],
  [
    'a method with a vector',
    '---functions---\nget = Vector<long>;',
    'GetRequest',
    ['export class GetRequest extends TlMethod<bigint[]> {', 'return r.longs();'],
  ],
  [
    'a method with a Bool',
    '---functions---\nget = Bool;',
    'GetRequest',
    ['export class GetRequest extends TlMethod<boolean> {', 'return r.bool();'],
  ],
  [
    'a generic method',
    '---functions---\nwrap {X:Type} query:!X = X;',
    'WrapRequest',
    [
      'export class WrapRequest<X = unknown> extends TlMethod<X> {',
      'declare query: TlMethod<X>;',
      'return this.query.$result(r);',
      'o.query = r.method();',
    ],
  ],
];

/** Stands before the TL text of every row. */
export const PRELUDE = 'point x:double y:double = Point;\nbox#b0e w:int h:int = Box;\n';

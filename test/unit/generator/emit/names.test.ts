import { decode, encode, fromJson, Registry, typeHash, type TlMethod } from '@tlgen/codec';
import { describe, expect, it } from 'vitest';
import { generate } from '../../../../generator/src/emit/generate.js';
import { literal } from '../../../../generator/src/model/literal.js';
import { liveRegistry } from '../../../../generator/src/live/live-registry.js';
import { exportNames, modulePlaces } from '../../../../generator/src/model/module-places.js';
import { NameScope } from '../../../../generator/src/model/names.js';
import { classText, generatedModules } from '../../../support/generated-files.js';
import { generatedFrom } from '../../../support/generated-layer.js';
import { schemaOf } from '../../../support/schemas.js';

const files = (namespaces: string[]): string[] =>
  namespaces.map((one) => modulePlaces(namespaces).get(one)?.module ?? '');
const aliases = (namespaces: string[]): string[] =>
  namespaces.map((one) => modulePlaces(namespaces).get(one)?.alias ?? '');

describe('names of modules', () => {
  it('of files are unique where case does not count', () => {
    expect(files(['', 'Base', 'base', 'index', 'index_', 'Api', 'x.y', 'X.Y'])).toEqual([
      'base',
      'Base_2',
      'base_',
      'index_2',
      'index_',
      'Api_',
      'x.y',
      'X.Y2',
    ]);
    expect(files(['a.d', 'a.d.e', 'a.dd'])).toEqual(['a.d_', 'a.d_.e', 'a.dd']);
  });

  it('of imports are unique, no keyword, and no local of generated code', () => {
    expect(aliases(['a.b', 'aB', 'Users', 'users', '_1', '1.x', ''])).toEqual([
      'aB2',
      'aB',
      'users2',
      'users',
      'ns_1',
      'x',
      'base',
    ]);
    for (const name of [
      'class',
      'string',
      'flags',
      'flags2',
      'v',
      'w',
      'layer',
      'registry',
      'base',
    ])
      expect(aliases([name]), name).toEqual([`${name}_`]);
  });

  it('do not depend on the order of the namespaces', () => {
    const all = ['', 'a.b', 'aB', 'Base', 'base', 'index', 'index_'];
    expect(new Map([...modulePlaces(all)].sort())).toEqual(
      new Map([...modulePlaces(all.toReversed())].sort()),
    );
  });

  it('of exports are no keywords and hide no class', () => {
    const names = exportNames(['class', 'default', 'Foo', 'of', 'x', 'x.y'], '', ['Foo', 'base']);
    expect([...names.values()].sort()).toEqual(['Foo_', 'class_', 'default_', 'of', 'x']);
    expect([...exportNames(['x', 'x.let'], 'x', [])]).toEqual([['x.let', 'let_']]);
  });
});

describe('names that meet', () => {
  it('go to who is spelled like that', () => {
    const derive = (one: string): string => one.replace('_b', 'B');
    expect(new NameScope().takeAll(['a_b', 'aB', 'aB2'], derive)).toEqual(
      new Map([
        ['aB', 'aB'],
        ['aB2', 'aB2'],
        ['a_b', 'aB3'],
      ]),
    );
  });

  it('in live classes are as in generated ones', () => {
    const registry = liveRegistry(schemaOf('a#1 x_y:int xY:int = A;'));
    const bytes = encode(fromJson({ _: 'a', xY: 2, xY2: 1 }, registry));
    expect(Buffer.from(bytes).toString('hex')).toBe('010000000100000002000000');
  });

  it('of methods and namespaces in Api', async () => {
    const modules = await generatedModules(
      '---functions---\na#1 = Bool;\na.send_it#2 = Bool;\na.sendIt#3 x:int = Bool;',
    );
    const api = modules.get('api') ?? '';
    expect(api).toContain('  a<O extends');
    expect(api).toContain('  readonly a2: {\n    sendIt2<O extends');
    expect(api).toContain('    sendIt<O extends Options = Options>(\n');
  });

  it('in a view of a layer, where all namespaces stand together', async () => {
    const modules = await generatedModules(
      '===1===\na#1 x:int = A;\nn.a#2 = n.A;\nb#6 a:n.A = B;\n===2===\na#3 = A;\nn.a#4 y:int = n.A;\nn.c#5 = n.A;',
    );
    const view = modules.get('layers/1') ?? '';
    expect(view).toContain("import { A1 as A } from '../base.js';");
    expect(view).toContain("import { A1 as A2 } from '../n.js';");
    expect(view).toContain('export type TypeA = A;\nexport type TypeA2 = A2;\n');
  });

  it('of types in their 29 bits: both are decoded, only a wrong one would go unnoticed', async () => {
    expect(typeHash('Alfqarz')).toBe(typeHash('Ciworfn'));
    const text = 'a#1 = Alfqarz;\nb#2 = Ciworfn;\nc#3 x:Alfqarz y:Ciworfn = C;';
    const { registry } = await generatedFrom('hash', text);
    const json = { _: 'c', x: { _: 'a' }, y: { _: 'b' } };
    expect(decode(encode(fromJson(json, registry)), registry).toJSON()).toEqual(json);
    expect(liveRegistry(schemaOf(text)).size).toBe(3);
  });
});

describe('results of generic methods', () => {
  it('are those of the method in the field of that parameter', async () => {
    const text =
      '---functions---\nint#1 = int;\nstr#2 = string;\nm#3 {X:Type} {Y:Type} a:!X b:!Y = Y;';
    const { registry: generated } = await generatedFrom('generics', text);
    for (const registry of [generated, liveRegistry(schemaOf(text))]) {
      const json = { _: 'm', a: { _: 'int' }, b: { _: 'str' } };
      const results: string[] = [];
      const reader = { int: () => results.push('int'), string: () => results.push('string') };
      (fromJson(json, registry) as TlMethod).$result(reader as never);
      expect(results).toEqual(['string']);
    }
  });
});

describe('text from data', () => {
  it.each([
    ['plain', "'plain'"],
    ["it's", `"it's"`],
    [`it's "so"`, `'it\\'s "so"'`],
    ['back\\slash "\\" ', `'back\\\\slash "\\\\" '`],
    ['line\nend\u2028', "'line\\nend\\u2028'"],
  ])('%j becomes a literal', (text, code) => {
    expect(literal(text)).toBe(code);
    // oxlint-disable-next-line no-eval -- the point: the code means the text.
    expect((0, eval)(code)).toBe(text);
  });

  it('gets into code only escaped', async () => {
    const evil = "*/ x = 1; /* ' \\ \n `${y}";
    const words = { description: evil, fields: { id: evil } };
    const { files: made } = await generate({
      schema: schemaOf('a#1 id:int = A;\n---functions---\nn.get#2 id:int = A;'),
      name: evil,
      format: true,
      descriptions: {
        constructors: { a: words },
        methods: { 'n.get': words },
        types: { A: evil },
      },
      errors: {
        source: evil,
        date: evil,
        methods: { 'n.get': [{ name: evil, code: 400 }] },
        callers: {},
      },
      overlay: {
        substitutes: {},
        filled: [],
        instead: [{ use: evil, words: evil, methods: ['n.get'] }],
      },
    });
    // It was formatted and compiled, so it is TypeScript; what is left is that nothing else runs.
    for (const [path, text] of made)
      if (path.endsWith('.js')) expect(text, path).not.toMatch(/^\s*x = 1/m);
    expect(made.get('src/generated/api.ts')).toContain('@see *\u200b/ x = 1;');
    expect(made.get('src/generated/n.ts')).toContain(
      `declare readonly $errors?: ${literal(evil)};`,
    );
  });

  it('as keys and types is escaped too, whoever made the schema', async () => {
    const schema = schemaOf('a = A;');
    const odd = { ...schema.constructors[0], key: "a'b" } as (typeof schema.constructors)[number];
    const types = [{ ...schema.types[0], constructors: ["a'b"] }] as typeof schema.types;
    const { files: made } = await generate({
      schema: { ...schema, constructors: [odd], types },
      name: 'p',
      compile: false,
    });
    expect(made.get('src/generated/base.ts')).toContain(`static readonly tl = "a'b";`);
  });
});

describe('a schema that declares nothing', () => {
  it('becomes a package of modules', async () => {
    const { files: made } = await generate({ schema: schemaOf(''), name: 'nothing', format: true });
    expect(made.get('src/generated/base.ts')).toMatch(/\nexport \{\};\n$/);
    expect(made.get('dist/generated/base.d.ts')).toContain('export {}');
    expect(made.get('README.md')).not.toContain('```');
    const { registry } = await generatedFrom('nothing', '');
    expect(registry).toBeInstanceOf(Registry);
    expect(registry.size).toBe(0);
  });

  it('for a layer becomes a view of nothing', async () => {
    const modules = await generatedModules('===1===\na#1 = A;\n===2===\na#2 x:A = A;');
    expect([...modules.keys()]).toContain('layers/1');
    for (const text of modules.values()) expect(text).not.toMatch(/\{ {2}\}|\n\n\n/);
  });
});

describe('sizes of bare values', () => {
  it('are found at once, also where they grow with every step', async () => {
    const chain = Array.from({ length: 60 }, (_, i) => `c${i + 1} a:%C${i} b:%C${i} = C${i + 1};`);
    const text = ['c0 x:int = C0;', ...chain, 'v a:vector<%C3> b:vector<%C60> = V;'].join('\n');
    expect(liveRegistry(schemaOf(text)).size).toBe(62);
    const lines = classText(await generatedModules(text), 'V');
    expect(lines).toContain('r.vector(false, 32, ');
    expect(lines).toContain('r.vector(false, 65535, ');
  });

  it('do without an end of the chain that is too far away', () => {
    const id = (i: number): string => (i + 1).toString(16);
    const chain = Array.from(
      { length: 5000 },
      (_, i) => `c${i + 1}#${id(i + 1)} a:%C${i} = C${i + 1};`,
    );
    const text = ['c0#1 x:int = C0;', ...chain, 'v#ffffff a:vector<%C5000> = V;'].join('\n');
    expect(liveRegistry(schemaOf(text)).size).toBe(5002);
  });
});

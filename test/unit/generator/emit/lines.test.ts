import { describe, expect, it } from 'vitest';
import { generate } from '../../../../generator/src/emit/generate.js';
import { classText, generatedModules } from '../../../support/generated-files.js';
import { schemaOf } from '../../../support/schemas.js';
import { PRELUDE, ROWS } from './rows.js';

describe('emitted lines', () => {
  it.each(ROWS)('%s', async (_what, tl, className, lines) => {
    const modules = await generatedModules(PRELUDE + tl);
    const text = classText(modules, className)
      .split('\n')
      .map((line) => line.trim());
    for (const line of lines) {
      const found = line.endsWith('0x')
        ? text.some((one) => one.startsWith(line))
        : text.includes(line);
      expect(found, `${line}\nis not in\n${text.join('\n')}`).toBe(true);
    }
  });

  it('unions, one member a line where they are long', async () => {
    const short = await generatedModules('a = T;\nb = T;');
    expect(short.get('base')).toContain('\nexport type TypeT = A | B;\n');
    const names = Array.from({ length: 9 }, (_, i) => `constructorNumber${i} = T;`).join('\n');
    const long = await generatedModules(names);
    expect(long.get('base')).toContain(
      '\nexport type TypeT =\n  | ConstructorNumber0\n  | ConstructorNumber1\n',
    );
  });

  it('namespaces: a module each, types of others by type-only imports', async () => {
    const modules = await generatedModules(
      'a = A;\nx.one a:A = x.One;\nx.y.two one:x.One = x.y.Two;',
    );
    expect([...modules.keys()]).toEqual(expect.arrayContaining(['base', 'x', 'x.y']));
    expect(modules.get('x')).toContain("import type * as base from './base.js';");
    expect(modules.get('x')).toContain("export * as y from './x.y.js';");
    expect(classText(modules, 'Two', 'x.y')).toContain('declare one: x.TypeOne;');
    expect(modules.get('index')).toContain("export * as x from './x.js';");
    expect(modules.get('index')).not.toContain('x.y');
  });

  it('descriptions from doc comments', async () => {
    const modules = await generatedModules('//@description A pair @x First one\na x:int = A;');
    expect(modules.get('base')).toContain('/**\n * A pair\n *\n');
    expect(classText(modules, 'A')).toContain('  /** First one */\n  declare x: number;');
  });

  it('descriptions of types, of one line and of several', async () => {
    const tl = (text: string): string => `//@class T @description ${text}\na = T;`;
    const one = await generatedModules(tl('Short'));
    expect(one.get('base')).toContain('\n/** Short */\nexport type TypeT = A;');
    const descriptions = { constructors: {}, methods: {}, types: { T: 'First\n\nSecond */ end ' } };
    const { files } = await generate({ schema: schemaOf('a = T;'), name: 'p', descriptions });
    const text = files.get('src/generated/base.ts') ?? '';
    expect(text).toContain(
      '\n/**\n * First\n *\n * Second *\u200b/ end\n */\nexport type TypeT = A;',
    );
  });

  it('names that every JavaScript object has', async () => {
    const names = ['toString', 'constructor', 'valueOf', 'hasOwnProperty', 'prototype'];
    const lines = names.map((name) => `${name} ${name}:int = X${name};`);
    const descriptions = { constructors: {}, methods: {}, types: {} };
    const errors = { source: '', date: '', methods: {}, callers: {} };
    const schema = schemaOf(`${lines.join('\n')}\n---functions---\ngetconstructor = Bool;\n`);
    const { files } = await generate({ schema, name: 'p', descriptions, errors });
    expect(files.get('src/generated/base.ts')).toContain(
      'export class Constructor extends TlObject',
    );
  });

  it('a layered schema: every version once, a view per layer', async () => {
    const modules = await generatedModules(
      '===8===\na x:int = A;\n===9===\na x:long = A;\nb a:A = B;',
    );
    expect(classText(modules, 'A8')).toContain("declare readonly _: 'a_8';");
    expect(classText(modules, 'A')).toContain('declare x: bigint;');
    expect([...modules.keys()].filter((name) => name.startsWith('layers/'))).toEqual([
      'layers/8',
      'layers/9',
    ]);
    expect(modules.get('layers/8')).toContain('A8 as A');
    expect(modules.get('layers/8')).not.toContain('B');
  });
});

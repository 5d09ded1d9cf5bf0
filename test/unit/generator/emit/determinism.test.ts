import { describe, expect, it } from 'vitest';
import { generate } from '../../../../generator/src/emit/generate.js';
import { generatedModules } from '../../../support/generated-files.js';
import { ownSchema, schemaOf } from '../../../support/schemas.js';

describe('generating', () => {
  it('gives the same files twice, with the same names in the same order', async () => {
    const run = async (): Promise<[string, string][]> => [
      ...(await generate({ schema: ownSchema('secret'), name: '@tlgen/secret' })).files,
    ];
    expect(await run()).toEqual(await run());
  });

  it('does not depend on where a namespace stands in the file', async () => {
    const parts = [
      'a x:int = A;\nb = A;',
      'x.one a:A = x.One;',
      'y.two = y.Two;\ny.three = y.Two;',
      'z.er.o = z.er.O;',
    ];
    const first = await generatedModules(parts.join('\n'));
    const second = await generatedModules([...parts].reverse().join('\n'));
    expect([...second.keys()].sort()).toEqual([...first.keys()].sort());
    for (const module of ['base', 'x', 'y', 'z', 'z.er', 'index']) {
      expect(second.get(module), module).toBe(first.get(module));
    }
  });

  it('reports progress to the end and changes nothing it was given', async () => {
    const schema = schemaOf('a = A;\nx.one = x.One;');
    const before = JSON.stringify({ ...schema, tree: null });
    const steps: string[] = [];
    await generate({ schema, name: 'p', onProgress: (one) => steps.push(one.step) });
    expect(new Set(steps)).toEqual(new Set(['emit', 'compile']));
    expect(JSON.stringify({ ...schema, tree: null })).toBe(before);
  });
});

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { format } from 'prettier';
import { beforeAll, describe, expect, it } from 'vitest';
import { PRETTIER_OPTIONS } from '../../../../generator/src/format/format-sources.js';
import { liveRegistry } from '../../../../generator/src/live/live-registry.js';
import { generatedFrom, type Generated } from '../../../support/generated-layer.js';
import { checkRoundTrip, expectBytes, forEveryClass } from '../../../support/round-trip.js';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const ODD = readFileSync(join(root, 'test/golden/fixtures/odd.tl'), 'utf8');

/** As strict as a user's project may be. */
const COMPILER_OPTIONS = {
  target: 'ES2022',
  module: 'NodeNext',
  lib: ['ES2022'],
  types: [],
  noEmit: true,
  declaration: true,
  isolatedDeclarations: true,
  verbatimModuleSyntax: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitOverride: false,
  noUnusedLocals: true,
  noUnusedParameters: true,
};

/** Names that collide, are keywords, or mean something to JavaScript, the compilers or file systems. */
describe('a schema of odd names', () => {
  let odd: Generated;
  beforeAll(async () => {
    odd = await generatedFrom('odd', ODD);
  });

  it.each(['typescript', 'typescript7'])('compiles with %s, sources and typings', async (name) => {
    const project = join(odd.folder, `${name}.json`);
    const include = ['src/**/*.ts', 'dist/**/*.d.ts'];
    await writeFile(project, JSON.stringify({ compilerOptions: COMPILER_OPTIONS, include }));
    const tsc = join(root, 'node_modules', name, 'bin/tsc');
    const { stdout } = spawnSync(process.execPath, [tsc, '-p', project], { encoding: 'utf8' });
    expect(stdout).toBe('');
  });

  it('is laid out as prettier would', async () => {
    const folder = join(odd.folder, 'src/generated');
    for (const file of readdirSync(folder)) {
      const text = readFileSync(join(folder, file), 'utf8');
      expect(await format(text, PRETTIER_OPTIONS), file).toBe(text);
    }
  });

  it('has files that differ in more than case', () => {
    const files = readdirSync(join(odd.folder, 'src/generated')).map((file) => file.toLowerCase());
    expect(new Set(files).size).toBe(files.length);
  });

  it('can be imported whole, every class within reach', async () => {
    const file = join(odd.folder, 'dist/index.js');
    const exported = (await import(pathToFileURL(file).href)) as Record<string, object>;
    const reach = (module: object): unknown[] =>
      Object.values(module).flatMap((one) => (typeof one === 'function' ? [one] : reach(one)));
    const found = new Set(reach(exported));
    for (const one of odd.registry) expect(found.has(one), one.tl).toBe(true);
    expect(Object.keys(exported)).toEqual(
      expect.arrayContaining(['base', 'base_', 'Base', 'class_', 'Class', 'default_']),
    );
    expect(exported).not.toHaveProperty('default');
  });

  it('round-trips, with generated classes and live ones alike', () => {
    const live = liveRegistry(odd.schema);
    forEveryClass(odd.schema, 30, (one, json) => {
      const bytes = checkRoundTrip(json, odd.registry);
      expectBytes(checkRoundTrip(json, live), bytes, `live ${one.key}`);
    });
  });

  it('explains in the README what has another name', () => {
    const text = readFileSync(join(odd.folder, 'README.md'), 'utf8');
    expect(text).toContain('- The namespace `class` is exported as `class_`.\n');
    expect(text).toContain(
      '- The namespace `base` is exported as `base_` and found under `/base_`.',
    );
    expect(text).toContain('- The namespace `Class` is found under `/Class2`.');
    expect(text).not.toContain('namespace `prototype`');
  });
});

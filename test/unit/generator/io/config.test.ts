import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../../../generator/src/io/config.js';
import { Folder } from '../cli/run-cli.js';

let folder = new Folder();
afterEach(() => folder.remove());

const ENTRY = `{ file: 'a.tl', package: 'a', out: 'out' }`;

describe('loadConfig', () => {
  it.each([
    [
      'tlgen.config.ts',
      `import { defineConfig } from 'tlgen';\nexport default defineConfig({ schemas: { a: ${ENTRY} } });`,
    ],
    ['tlgen.config.mjs', `export default { schemas: { a: ${ENTRY} } };`],
    ['tlgen.config.js', `module.exports = { schemas: { a: ${ENTRY} } };`],
    [
      'tlgen.config.json',
      `{ "schemas": { "a": { "file": "a.tl", "package": "a", "out": "out" } } }`,
    ],
    [
      'schemas/manifest.json',
      `{ "schemas": { "a": { "file": "../a.tl", "package": "a", "out": "out" } } }`,
    ],
  ])('reads %s', async (name, text) => {
    folder = new Folder({ [name]: text });
    const config = await loadConfig(folder.path);
    expect(config?.file).toBe(join(folder.path, name));
    expect(config?.entries).toMatchObject([
      {
        key: 'a',
        files: [join(folder.path, 'a.tl')],
        out: join(folder.path, 'out'),
        package: 'a',
        layer: null,
      },
    ]);
    expect(config?.entries[0]?.standalone).toBe(!name.startsWith('schemas'));
  });

  it('finds nothing where there is nothing', async () => {
    folder = new Folder();
    expect(await loadConfig(folder.path)).toBeNull();
    await expect(loadConfig(folder.path, 'x.ts')).rejects.toMatchObject({ code: 'file-not-found' });
  });

  it('names every wrong key with its path', async () => {
    const wrong = {
      schemas: { a: { file: 1, packge: 'a', out: '', layer: 'x' }, b: [] },
      shemas: {},
    };
    folder = new Folder({ 'tlgen.config.json': JSON.stringify(wrong) });
    const problems = await loadConfig(folder.path).catch(
      (error: { details: unknown }) => error.details,
    );
    expect(problems).toEqual({
      problems: [
        'schemas.a.file: expected a non-empty string, got a number',
        'schemas.a.packge: unknown key; did you mean "package"?',
        'schemas.a.out: expected a non-empty string, got a string',
        'schemas.a.layer: expected a layer number, got a string',
        'schemas.a.package: this key is required',
        'schemas.b: expected an object, got an array',
        'shemas: unknown key; did you mean "schemas"?',
      ],
    });
  });

  it.each([
    ['tlgen.config.ts', 'export default {'],
    ['tlgen.config.ts', 'throw new Error("boom");'],
    ['tlgen.config.ts', 'export default 5;'],
    ['tlgen.config.mjs', 'import "no-such-package-at-all"; export default {};'],
    ['tlgen.config.json', '[]'],
  ])('explains a broken %s: %s', async (name, text) => {
    folder = new Folder({ [name]: text });
    await expect(loadConfig(folder.path)).rejects.toMatchObject({
      name: 'InputError',
      code: 'bad-config',
    });
  });
});

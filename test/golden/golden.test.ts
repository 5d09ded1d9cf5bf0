import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { generatedModules } from '../support/generated-files.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const UPDATE = process.env['UPDATE_GOLDEN'] === '1';

const filesBelow = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
        .sort()
    : [];

/**
 * Generated code as it is meant to look, for reading in reviews. After an intended change, `UPDATE_GOLDEN=1 npx vitest
 * run --root test golden` writes the files anew.
 */
describe.each(['features', 'layers'])('golden files of %s.tl', (name) => {
  const folder = join(here, 'files', name);

  it('are what is generated, file by file', async () => {
    const text = readFileSync(join(here, 'fixtures', `${name}.tl`), 'utf8');
    const modules = await generatedModules(text, `@golden/${name}`);
    if (UPDATE) {
      await rm(folder, { recursive: true, force: true });
      for (const [module, content] of modules) {
        const file = join(folder, `${module}.ts`);
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, content);
      }
    }
    expect(filesBelow(folder)).toEqual([...modules.keys()].map((module) => `${module}.ts`).sort());
    for (const [module, content] of modules) {
      expect(content, module).toBe(readFileSync(join(folder, `${module}.ts`), 'utf8'));
    }
  });
});

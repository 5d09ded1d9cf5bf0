import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { CONFIG_FILES } from '../../io/config.js';
import { InputError, systemCode } from '../../io/errors.js';
import type { Run } from '../command.js';

/** `tlgen init`: a config to start from. */
export const run: Run = async (context) => {
  const there = CONFIG_FILES.find((name) => existsSync(join(context.cwd, name)));
  if (there !== undefined) throw exists(there);
  const file = 'tlgen.config.ts';
  const schemas = findSchemas(context.cwd);
  try {
    await writeFile(join(context.cwd, file), configText(schemas), { flag: 'wx' });
  } catch (thrown) {
    if (systemCode(thrown) === 'EEXIST') throw exists(file);
    throw thrown;
  }
  const next =
    schemas.length > 0
      ? 'now run `tlgen generate`'
      : 'put your schema in, then run `tlgen generate`';
  context.answer({ file, schemas }, () => (context.quiet ? '' : `wrote ${file}; ${next}`));
  return 0;
};

const exists = (file: string): InputError =>
  new InputError('file-exists', `${file} is there already; it was left as it is`);

/** Schema files of the folder, or of its `schemas/`. */
function findSchemas(cwd: string): string[] {
  for (const folder of ['.', 'schemas']) {
    const path = join(cwd, folder);
    if (!existsSync(path)) continue;
    const files = readdirSync(path)
      .filter((name) => name.endsWith('.tl'))
      .sort();
    if (files.length > 0) return files.map((name) => (folder === '.' ? name : `${folder}/${name}`));
  }
  return [];
}

function configText(schemas: readonly string[]): string {
  const entries = (schemas.length > 0 ? schemas : ['my-api.tl']).map((file) => {
    const name =
      basename(file, '.tl')
        .toLowerCase()
        .replace(/[^a-z0-9-]+/g, '-')
        .replace(/^-+/, '') || 'api';
    return [
      `    '${name}': {`,
      `      file: '${file.replaceAll("'", "\\'")}',`,
      `      package: '${name}',`,
      `      out: './packages/${name}',`,
      '    },',
    ].join('\n');
  });
  return [
    `import { defineConfig } from 'tlgen';`,
    '',
    'export default defineConfig({',
    '  schemas: {',
    ...entries,
    '  },',
    '});',
    '',
  ].join('\n');
}

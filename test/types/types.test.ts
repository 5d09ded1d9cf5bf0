import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { OWN_NAMES } from '../support/schemas.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const compilers = [
  ['TypeScript 7', 'node_modules/typescript7/bin/tsc'],
  ['TypeScript 6', 'node_modules/typescript/bin/tsc'],
] as const;

/** What the compiler says of a project; '' when it has no complaint. */
function complaints(tsc: string, project: string, ...flags: string[]): string {
  const run = spawnSync(process.execPath, [tsc, '-p', project, '--noEmit', ...flags], {
    cwd: root,
    encoding: 'utf8',
  });
  return run.status === 0 ? '' : `${run.stdout}${run.stderr}` || `exit ${String(run.status)}`;
}

const STRICT = ['--strict', '--exactOptionalPropertyTypes'];

describe.each(compilers)('%s', (_name, tsc) => {
  it('refuses what is wrong and takes what is right', () => {
    expect(complaints(tsc, 'test/types/cases')).toBe('');
  });

  it('takes the golden files', () => {
    expect(complaints(tsc, 'test/types/golden.tsconfig.json')).toBe('');
  });

  it.each(OWN_NAMES)('takes @tlgen/%s, strictly', (name) => {
    expect(complaints(tsc, `packages/${name}`, ...STRICT)).toBe('');
  });
});

describe('generated code', () => {
  const withoutComments = (text: string): string =>
    text.replace(/\/\*[^]*?\*\/|\/\/.*/g, '').replace(/'(?:[^'\\\n]|\\.)*'/g, "''");
  const folders = OWN_NAMES.flatMap((name) => [
    `packages/${name}/src/generated`,
    `packages/${name}/dist/generated`,
  ]);

  it.each(folders)('%s says `any` nowhere', (folder) => {
    const files = readdirSync(join(root, folder), { recursive: true })
      .map(String)
      .filter((file) => file.endsWith('.ts'));
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) {
      const text = withoutComments(readFileSync(join(root, folder, file), 'utf8'));
      const types = text.match(/[:<|&,=(]\s*any\b(?!\s*[?]?:)|\bas any\b/g);
      expect(types, file).toBeNull();
      expect(text, file).not.toMatch(/@ts-(?:ignore|expect-error|nocheck)/);
    }
  });
});

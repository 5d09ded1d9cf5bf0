import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = `${root}test/readme/generated`;

/** What the snippets take for granted. */
const PRELUDE = `
declare const sealed: Uint8Array;
declare const received: Uint8Array;
declare const bytes: Uint8Array;
declare const text: string;
declare const registry: import('@tlgen/codec').Registry;
`;

const READMES = [
  'README.md',
  'generator/README.md',
  'packages/codec/README.md',
  'packages/runtime/README.md',
  'packages/local-dc/README.md',
];

/** TypeScript blocks of a page, each as a module that declares only what it does not import or define itself. */
function snippets(page: string): string[] {
  const blocks = readFileSync(root + page, 'utf8').matchAll(/```ts\n([^]*?)```/g);
  return [...blocks].map(([, code = '']) => {
    const needed = PRELUDE.split('\n').filter((line) => {
      const name = /const (\w+):/.exec(line)?.[1];
      return name !== undefined && !new RegExp(`(const |import \\{[^}]*)\\b${name}\\b`).test(code);
    });
    return `${needed.join('\n')}\n${code}\nexport {};\n`;
  });
}

describe('the TypeScript in our READMEs', () => {
  it('compiles', () => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const files = READMES.flatMap((page) =>
      snippets(page).map((code, i) => {
        const file = `${folder}/${page.replaceAll(/\W/g, '-')}-${i}.ts`;
        writeFileSync(file, code);
        return file;
      }),
    );
    expect(files.length).toBeGreaterThan(4);
    const options = [
      '--noEmit',
      '--strict',
      '--exactOptionalPropertyTypes',
      '--skipLibCheck',
      '--types',
      'node',
    ];
    const target = ['--target', 'es2022', '--module', 'nodenext', '--ignoreConfig'];
    const tsc = `${root}node_modules/typescript7/bin/tsc`;
    const { stdout } = spawnSync(process.execPath, [tsc, ...options, ...target, ...files], {
      encoding: 'utf8',
      cwd: root,
    });
    expect(stdout).toBe('');
  });
});

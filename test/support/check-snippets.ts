import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** Where projects of snippets are written to, each in a folder of its name. */
export const cacheFolder = join(root, 'test/.cache');

const COMPILER = 'node_modules/typescript7/bin/tsc';

/** A module of TypeScript or JavaScript, as documentation shows it. */
export interface Snippet {
  /** Where it stands, for messages; unique per language. */
  readonly name: string;
  readonly language: 'ts' | 'js';
  readonly code: string;
}

const OPTIONS = {
  target: 'ES2022',
  module: 'NodeNext',
  moduleResolution: 'NodeNext',
  lib: ['ES2023'],
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  isolatedModules: true,
  verbatimModuleSyntax: true,
  allowJs: true,
  checkJs: true,
  noEmit: true,
  skipLibCheck: true,
};

/**
 * Type-checks every snippet as a module of its own, JavaScript too, against the built packages of this repository.
 *
 * @param project - name of the folder they are written to, below `test/.cache`; one per caller.
 * @returns the compiler's complaints, with the names of the snippets; '' when there are none.
 */
export async function complaintsAbout(
  project: string,
  snippets: readonly Snippet[],
): Promise<string> {
  const folder = join(cacheFolder, project);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  const names = new Map<string, string>();
  snippets.forEach(({ name, language, code }, at) => {
    const file = `${at}.${language}`;
    names.set(file, `${name} (${language})`);
    writeFileSync(join(folder, file), code);
  });
  const files = [...names.keys()];
  const config = JSON.stringify({ compilerOptions: OPTIONS, files });
  writeFileSync(join(folder, 'tsconfig.json'), config);
  const output = await compile(folder);
  return output.replace(
    /^(?:\S*[\\/])?(\d+\.(?:ts|js))(?=\()/gm,
    (whole, file: string) => names.get(file) ?? whole,
  );
}

function compile(folder: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const run = spawn(process.execPath, [COMPILER, '-p', folder, '--pretty', 'false'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [run.stdout, run.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
    run.on('error', reject);
    run.on('close', (code) => resolve(code === 0 ? '' : output || `exit ${String(code)}`));
  });
}

import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const packages = fileURLToPath(new URL('../../packages/', import.meta.url));
/** Those that cannot be put into one file with the rest: they load what lies beside them. */
const LEFT_OUTSIDE = ['libsql', 'ws'];

/**
 * Puts a program of the tests, with the sources of the runtime and the data center that it imports, into one file
 * that plain Node runs.
 *
 * @param entry - URL of the TypeScript module.
 * @param folder - where the file goes. @returns its path.
 * @param format - `cjs` starts faster, and can load `ws`.
 */
export async function bundleProgram(
  entry: URL,
  folder: string,
  format: 'esm' | 'cjs' = 'esm',
): Promise<string> {
  const require = createRequire(`${packages}runtime/package.json`);
  const outside = new Map(LEFT_OUTSIDE.map((name) => [name, require.resolve(name)]));
  const ending = format === 'esm' ? 'mjs' : 'cjs';
  const file = join(folder, `${basename(entry.pathname, '.ts')}.${ending}`);
  const build = await rolldown({
    input: fileURLToPath(entry),
    platform: 'node',
    logLevel: 'silent',
    resolve: {
      alias: {
        '#storage': `${packages}runtime/src/storage/node.ts`,
        '#platform': `${packages}runtime/src/platform/node.ts`,
        '@tlgen/runtime/crypto/provider': `${packages}runtime/src/crypto/provider/node.ts`,
        '@tlgen/runtime/crypto': `${packages}runtime/src/crypto/index.ts`,
        '@tlgen/runtime/transport': `${packages}runtime/src/transport/index.ts`,
        '@tlgen/runtime': `${packages}runtime/src/index.ts`,
        '@tlgen/local-dc': `${packages}local-dc/src/index.ts`,
      },
    },
    plugins: [
      {
        name: 'left-outside',
        resolveId(name: string) {
          const path = outside.get(name);
          if (path === undefined) return null;
          return { id: format === 'esm' ? pathToFileURL(path).href : path, external: true };
        },
      },
    ],
  });
  const inCjs = format === 'cjs' ? { dynamicImportInCjs: false } : {};
  await build.write({ file, format, codeSplitting: false, ...inCjs });
  await build.close();
  return file;
}

/** When a process is to be killed: so many milliseconds after it began, or after it printed a line. */
export interface Moment {
  readonly after: 'start' | string;
  readonly milliseconds: number;
  /** Done at the moment, while the process still lives; it is killed when the promise resolves. */
  before?(): Promise<void>;
}

/** How a process ended, and the whole lines it had printed by then. */
export interface Life {
  readonly lines: readonly string[];
  /** false: it ended by itself. */
  readonly killed: boolean;
  readonly code: number | null;
  readonly errors: string;
}

/**
 * Runs a program with Node and kills it, without a warning, at the moment; a program that never comes to the moment
 * runs to its end. What it prints with a synchronous write before it dies is never lost.
 */
export function liveAndDie(
  program: string,
  args: readonly string[],
  moment: Moment | null,
): Promise<Life> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    let timer: NodeJS.Timeout | undefined;
    const kill = async (): Promise<void> => {
      try {
        await moment?.before?.();
      } catch (error) {
        reject(error as Error);
      }
      child.kill('SIGKILL');
    };
    const arm = (): void => {
      if (moment) timer ??= setTimeout(() => void kill(), moment.milliseconds);
    };
    if (moment?.after === 'start') arm();
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (moment && output.includes(`${moment.after}\n`)) arm();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      const lines = output
        .slice(0, output.lastIndexOf('\n') + 1)
        .split('\n')
        .slice(0, -1);
      resolve({ lines, killed: signal === 'SIGKILL', code, errors });
    });
  });
}

/**
 * Whether a process died in the middle of something: programs print `begin …` before and `done …` after each
 * operation that matters.
 */
export function diedInside(life: Life): boolean {
  const last = life.lines.findLast((line) => /^(begin|done) /.test(line));
  return life.killed && last?.startsWith('begin ') === true;
}

// Compiles the AssemblyScript of the runtime's crypto into generated/module.ts: the module's bytes as base64, so that
// they load the same way in Node, in bundles and in browsers. Same sources and compiler, same bytes.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { root } from './tools.mjs';

const folder = `${root}packages/runtime/src/crypto/wasm/`;
const target = `${folder}generated/module.ts`;

/** One page of memory and not a byte more: the addresses in layout.ts fill it. */
const options =
  '--runtime stub -O3 --converge --noAssert --initialMemory 1 --maximumMemory 1'.split(' ');

/** The sources by name, sorted, so that the order of the file system plays no part. */
function readSources() {
  const names = readdirSync(`${folder}assembly`).filter((name) => name.endsWith('.ts'));
  return new Map(
    names.sort().map((name) => [name, readFileSync(`${folder}assembly/${name}`, 'utf8')]),
  );
}

/** What decides the output: sources, options, compiler. */
function fingerprint(/** @type {Map<string, string>} */ sources) {
  const manifest = createRequire(import.meta.url).resolve('assemblyscript/package.json');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
  const hash = createHash('sha256').update(JSON.stringify([version, options]));
  for (const [name, text] of sources) hash.update(JSON.stringify([name, text]));
  return hash.digest('hex');
}

/**
 * Compiles the sources in memory.
 *
 * @returns {Promise<Uint8Array>} the module.
 */
export async function compileWasm(sources = readSources()) {
  // Loading the compiler takes half a second: only when there is something to compile.
  const { default: asc } = await import('assemblyscript/asc');
  const read = (/** @type {string} */ name) => {
    const text = sources.get(name.replace(/^\.\//, ''));
    // TypeScript knows no decorators on functions, and formatters stumble over them: the sources write a comment.
    return text?.replace(/^\/\/ @inline$/gm, '@inline') ?? null;
  };
  /** @type {Uint8Array | undefined} */
  let binary;
  const { error, stderr } = await asc.main(
    ['index.ts', '--outFile', 'module.wasm', '--baseDir', '.', ...options],
    {
      readFile: read,
      writeFile: (/** @type {string} */ name, /** @type {any} */ contents) => {
        if (name === 'module.wasm') binary = contents;
      },
      listFiles: () => [],
    },
  );
  if (error || !binary)
    throw new Error(`AssemblyScript failed:\n${stderr.toString()}`, { cause: error });
  return binary;
}

/** Writes generated/module.ts unless it comes from these very sources. */
export async function buildWasm() {
  const sources = readSources();
  const mark = `// Sources: ${fingerprint(sources)}`;
  try {
    if (readFileSync(target, 'utf8').includes(mark)) return;
  } catch {
    // Not built yet.
  }
  const base64 = Buffer.from(await compileWasm(sources)).toString('base64');
  mkdirSync(`${folder}generated`, { recursive: true });
  const lines = [
    '// Written by scripts/build-wasm.mjs from ../assembly; not to be edited.',
    mark,
    '/** The WebAssembly module, base64. */',
    `export const moduleBase64 =\n  '${base64}';`,
  ];
  // In one step: two builds at once must not leave half a file.
  writeFileSync(`${target}.${process.pid}`, `${lines.join('\n')}\n`);
  renameSync(`${target}.${process.pid}`, target);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildWasm();

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's folder. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** One import of a module. */
export interface Import {
  /** As written: `./base.js`, `node:fs`, `@tlgen/codec`. */
  readonly from: string;
  readonly kind: 'value' | 'type' | 'dynamic';
}

/** A source file of this repository, its path with `/` from the root. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

const STATIC = /^\s*(import|export)\s+(type\s+)?(?:([\w*{}\s,$]+?)\s+from\s+)?['"]([^'"]+)['"]/gm;
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

/** The imports of a module. `import { type A }` counts as a type import when all its names are types. */
export function importsOf(source: string): Import[] {
  const text = source.replace(/\/\*[^]*?\*\/|^\s*\/\/.*/gm, '');
  const imports: Import[] = [];
  for (const [, , type, names = '', from = ''] of text.matchAll(STATIC)) {
    const inBraces = /^\{([^]*)\}$/.exec(names.trim())?.[1];
    const list = inBraces
      ?.split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '');
    const onlyTypes =
      list !== undefined && list.length > 0 && list.every((name) => name.startsWith('type '));
    imports.push({ from, kind: type !== undefined || onlyTypes ? 'type' : 'value' });
  }
  for (const match of text.matchAll(DYNAMIC)) {
    // `typeof import('x')` and `import('x').Y` in a type load nothing.
    const before = text.slice(0, match.index);
    const after = text.slice(match.index + match[0].length);
    const isType = /typeof\s+$/.test(before) || (/^\.\w/.test(after) && !/^\.then\b/.test(after));
    imports.push({ from: match[1] ?? '', kind: isType ? 'type' : 'dynamic' });
  }
  return imports;
}

/** All TypeScript sources below a folder. */
export function sourcesBelow(folder: string): Source[] {
  return readdirSync(join(root, folder), { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .map((file) => {
      const path = `${folder}/${file.replaceAll('\\', '/')}`;
      const text = readFileSync(join(root, path), 'utf8');
      return { path, text, imports: importsOf(text) };
    });
}

/** Path of the source that a relative import means; null for a package. */
export function targetOf(source: Source, { from }: Import): string | null {
  if (!from.startsWith('.')) return null;
  const path = join(root, dirname(source.path), from);
  return relative(root, path).replaceAll('\\', '/').replace(/\.js$/, '.ts');
}

/** Chains of modules that import each other in a circle, by imports that load them at once. */
export function cyclesOf(sources: readonly Source[]): string[][] {
  const edges = new Map(
    sources.map((source) => [
      source.path,
      source.imports
        .filter((one) => one.kind === 'value')
        .map((one) => targetOf(source, one))
        .filter((path) => path !== null),
    ]),
  );
  const done = new Set<string>();
  const cycles: string[][] = [];
  const visit = (path: string, way: readonly string[]): void => {
    if (way.includes(path)) cycles.push([...way.slice(way.indexOf(path)), path]);
    else if (!done.has(path)) {
      for (const next of edges.get(path) ?? []) visit(next, [...way, path]);
      done.add(path);
    }
  };
  for (const path of edges.keys()) visit(path, []);
  return cycles;
}

/** `file: import` of all imports that break a rule. */
export const breaking = (
  sources: readonly Source[],
  allowed: (one: Import, source: Source) => boolean,
): string[] =>
  sources.flatMap((source) =>
    source.imports
      .filter((one) => !allowed(one, source))
      .map((one) => `${source.path}: ${one.kind} ${one.from}`),
  );

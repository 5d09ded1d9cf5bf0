import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Descriptions, EntryDescription } from '../emit/options.js';
import type { DocsSource } from './config-types.js';
import { readJson } from './read-file.js';
import { plainWords } from './plain-words.js';
import { checkShape } from './shape.js';
import { DOCS_FILE, PACKAGE_DATA } from './validate-facts.js';

interface DataEntry {
  readonly kind: 'class' | 'method';
  readonly name: string;
  readonly comment?: string;
  readonly arguments: readonly { readonly name: string; readonly comment?: string }[];
}

interface DataFile {
  readonly e: readonly DataEntry[];
  readonly u?: Readonly<Record<string, string>>;
}

interface OwnFile {
  readonly constructors?: Descriptions['constructors'];
  readonly methods?: Descriptions['methods'];
  readonly types?: Readonly<Record<string, string | { readonly description: string }>>;
}

/** Descriptions, or why there are none. */
export interface DescriptionsFound {
  readonly descriptions: Descriptions | null;
  readonly note: string | null;
}

/** Reads descriptions from a `docs.json` or from an npm package's data, where that is installed. */
export async function readDescriptions(docs: DocsSource, from: string): Promise<DescriptionsFound> {
  if (typeof docs === 'string') {
    const words = await readJson(docs);
    checkShape(words, DOCS_FILE, docs, 'docs file');
    return { descriptions: ownWords(words as OwnFile), note: null };
  }
  const folder = findPackage(docs.package, from);
  const file = folder === null ? null : join(folder, docs.file);
  if (file === null || !existsSync(file)) {
    const version = docs.version ? `@${docs.version}` : '';
    const note = `no descriptions: npm package ${docs.package}${version} is not installed`;
    return { descriptions: null, note };
  }
  const data = await readJson(file);
  checkShape(data, PACKAGE_DATA, file, `description file of ${docs.package}`);
  return { descriptions: packageData(data as DataFile), note: null };
}

/** The file that `readDescriptions` would read; null when there is none. */
export function descriptionsFile(docs: DocsSource, from: string): string | null {
  if (typeof docs === 'string') return docs;
  const folder = findPackage(docs.package, from);
  return folder === null ? null : join(folder, docs.file);
}

/** A data file of an npm package; null when the package is not installed or has no such file. */
export function findInPackage(name: string, file: string, from: string): string | null {
  const folder = findPackage(name, from);
  const path = folder === null ? null : join(folder, file);
  return path !== null && existsSync(path) ? path : null;
}

/** Data files are rarely exported, so the package's folder is looked for, not its modules resolved. */
function findPackage(name: string, from: string): string | null {
  const own = createRequire(import.meta.url).resolve.paths(name) ?? [];
  const near = createRequire(join(from, 'x.js')).resolve.paths(name) ?? [];
  for (const folder of [...near, ...own]) {
    if (existsSync(join(folder, name, 'package.json'))) return join(folder, name);
  }
  return null;
}

function ownWords(file: OwnFile): Descriptions {
  const types = Object.entries(file.types ?? {}).map(([name, words]): [string, string] => [
    name,
    typeof words === 'string' ? words : words.description,
  ]);
  const { constructors = {}, methods = {} } = file;
  return { constructors, methods, types: Object.fromEntries(types) };
}

function packageData(data: DataFile): Descriptions {
  const constructors: Record<string, EntryDescription> = {};
  const methods: Record<string, EntryDescription> = {};
  for (const entry of data.e) {
    const fields: Record<string, string> = {};
    for (const { name, comment } of entry.arguments)
      if (comment) fields[name] = plainWords(comment);
    const table = entry.kind === 'method' ? methods : constructors;
    table[entry.name] = {
      ...(entry.comment ? { description: plainWords(entry.comment) } : {}),
      fields,
    };
  }
  const types = Object.entries(data.u ?? {}).map(([name, words]) => [name, plainWords(words)]);
  return { constructors, methods, types: Object.fromEntries(types) as Record<string, string> };
}

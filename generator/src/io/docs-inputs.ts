import { dirname } from 'node:path';
import type { DocsError, DocsSchema } from '../docs/types.js';
import { readFacts } from './build-inputs.js';
import type { DocsSource, SchemaEntry } from './config-types.js';
import { findInPackage } from './descriptions.js';
import { readKnownErrors } from './facts.js';
import { plainWords } from './plain-words.js';
import { readJson } from './read-file.js';
import { checkShape } from './shape.js';
import { PACKAGE_DATA, PACKAGE_ERRORS } from './validate-facts.js';

/** What is known of a schema beside its lines. */
export type DocsFacts = Pick<
  DocsSchema,
  'descriptions' | 'errors' | 'knownErrors' | 'overlay' | 'layer'
>;

/** Facts of an entry, as `renderDocs` takes them, and notes about what is missing. */
export async function readDocsFacts(
  entry: SchemaEntry,
): Promise<{ readonly facts: DocsFacts; readonly notes: readonly string[] }> {
  const { facts, notes } = await readFacts(entry);
  if (entry.errors === null) return { facts, notes };
  const found = await readErrorDescriptions(entry.docs, dirname(entry.files[0] ?? entry.out));
  const known = await readKnownErrors(entry.errors);
  const knownErrors = known.map((error): DocsError => {
    const description = found.words.get(error.name) ?? null;
    return { ...error, description };
  });
  const note = found.note === null ? [] : [found.note];
  return { facts: { ...facts, knownErrors }, notes: [...notes, ...note] };
}

/** Descriptions of RPC errors by name, or why there are none. */
interface ErrorDescriptions {
  readonly words: ReadonlyMap<string, string>;
  readonly note: string | null;
}

interface ErrorData {
  readonly errors: Readonly<Record<string, { readonly description?: string }>>;
}

/** Reads descriptions of errors from an npm package's data, where that is installed. */
async function readErrorDescriptions(
  docs: DocsSource | null,
  from: string,
): Promise<ErrorDescriptions> {
  const none = new Map<string, string>();
  if (docs === null || typeof docs === 'string' || docs.errors === undefined)
    return { words: none, note: null };
  const file = findInPackage(docs.package, docs.errors, from);
  if (file === null)
    return {
      words: none,
      note: `no descriptions of errors: ${docs.errors} of npm package ${docs.package} is not there`,
    };
  const data = await readJson(file);
  checkShape(data, PACKAGE_ERRORS, file, `error file of ${docs.package}`);
  const words = Object.entries((data as ErrorData).errors).flatMap(
    ([name, { description = '' }]): [string, string][] => {
      const plain = plainWords(description).replaceAll('&raquo;', '»');
      return plain === '' ? [] : [[name, plain]];
    },
  );
  // The data of methods describes errors that the list has not; where both do, the list counts.
  const more = await methodErrors(docs, from);
  return { words: new Map([...more, ...words]), note: null };
}

interface MethodData {
  readonly e: readonly {
    readonly throws?: readonly { readonly name: string; readonly comment?: string }[];
  }[];
}

/** Descriptions of errors as they stand beside the methods that throw them. */
async function methodErrors(
  docs: Exclude<DocsSource, string>,
  from: string,
): Promise<ReadonlyMap<string, string>> {
  const file = findInPackage(docs.package, docs.file, from);
  if (file === null) return new Map();
  const data = await readJson(file);
  checkShape(data, PACKAGE_DATA, file, `description file of ${docs.package}`);
  const words = new Map<string, string>();
  for (const { name, comment } of (data as MethodData).e.flatMap(({ throws = [] }) => throws)) {
    const plain = plainWords(comment ?? '').replaceAll('&raquo;', '»');
    if (plain !== '' && !words.has(name)) words.set(name, plain);
  }
  return words;
}

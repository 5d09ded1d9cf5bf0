import { relative } from 'node:path';
import { parseSchema } from '../schema/parse-schema.js';
import type { Schema } from '../schema/types.js';
import type { Diagnostic } from '../syntax/diagnostics.js';
import { readText } from './read-file.js';
import { SchemaError } from './schema-error.js';

/** A schema read from files. */
export interface LoadedSchema {
  readonly schema: Schema;
  /** Warnings only. */
  readonly diagnostics: readonly Diagnostic[];
  /** File as diagnostics name it → its text. */
  readonly texts: ReadonlyMap<string, string>;
}

/**
 * Reads and parses a schema that stands in one file or in several.
 *
 * @throws SchemaError with all diagnostics when there are errors.
 */
export async function loadSchema(files: readonly string[], cwd: string): Promise<LoadedSchema> {
  const texts = new Map<string, string>();
  for (const file of files) {
    const shown = relative(cwd, file);
    // Far away from here the whole path says more.
    const name = shown.startsWith('../../..') ? file : shown;
    texts.set(name, await readText(file, name));
  }
  return parseTexts(texts);
}

/** Parses a schema whose texts are at hand. */
export async function parseTexts(texts: ReadonlyMap<string, string>): Promise<LoadedSchema> {
  const { schema, diagnostics } = await parseAll(texts);
  if (diagnostics.some(({ severity }) => severity === 'error')) {
    throw new SchemaError(diagnostics, texts);
  }
  return { schema, diagnostics, texts };
}

async function parseAll(
  texts: ReadonlyMap<string, string>,
): Promise<{ readonly schema: Schema; readonly diagnostics: readonly Diagnostic[] }> {
  const [only, ...more] = texts;
  if (only !== undefined && more.length === 0) return parseSchema(only[1], { file: only[0] });
  const { parseSchemas } = await import('../schema/merge.js');
  return parseSchemas([...texts].map(([file, text]) => ({ file, text })));
}

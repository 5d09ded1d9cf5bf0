import type { SchemaTree, Span } from '../syntax/ast.js';
import type { Diagnostic } from '../syntax/diagnostics.js';
import { type ParsedSchema, parseTree } from './parse-schema.js';
import { Reporter } from './reporter.js';
import { type Source, resolve } from './resolve.js';
import type { Schema } from './types.js';

const START: Span = { start: 0, end: 0, line: 1, column: 1 };

/**
 * Makes one schema of several. Names of one file may be used in another; a declaration that several
 * files repeat counts once; contradictions are diagnostics, each naming its file. The layer is the
 * one the files state: two different ones are an error.
 */
export function mergeSchemas(schemas: readonly Schema[], file?: string): ParsedSchema {
  return resolveTogether(schemas, file);
}

/**
 * Reads a schema that stands in several files. Unlike {@link mergeSchemas} it also reports what is
 * wrong in each text, and only here may one file use the names of another without complaint.
 */
export function parseSchemas(
  texts: readonly { readonly file: string; readonly text: string }[],
  file?: string,
): ParsedSchema {
  const parsed = texts.map(({ file: name, text }) => ({
    file: name,
    ...parseTree(text, { file: name }),
  }));
  const { schema, diagnostics } = resolveTogether(parsed, file);
  return { schema, diagnostics: [...parsed.flatMap((one) => one.diagnostics), ...diagnostics] };
}

function resolveTogether(
  sources: readonly Source[],
  file = sources.map((source) => source.file).join('+'),
): ParsedSchema {
  const typeDescriptions = new Map<string, string>();
  const diagnostics: Diagnostic[] = [];
  let stated: Source | null = null;
  for (const source of sources) {
    const { layer } = source.tree;
    for (const [name, text] of source.tree.typeDescriptions) typeDescriptions.set(name, text);
    if (layer === null) continue;
    stated ??= source;
    if (stated.tree.layer === layer) continue;
    const other = `${stated.file} is layer ${String(stated.tree.layer)}`;
    const message = `this is layer ${String(layer)}, but ${other}`;
    const reporter = new Reporter(source.file, diagnostics);
    reporter.error('layer-order', START, message, 'merge files of one layer');
  }
  const tree: SchemaTree = {
    combinators: sources.flatMap((source) => source.tree.combinators),
    layer: stated?.tree.layer ?? null,
    typeDescriptions,
  };
  const resolved = resolve(sources, tree, file);
  return { schema: resolved.schema, diagnostics: [...diagnostics, ...resolved.diagnostics] };
}

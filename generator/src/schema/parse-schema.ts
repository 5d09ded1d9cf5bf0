import type { Diagnostic } from '../syntax/diagnostics.js';
import { type ParseResult, parse } from '../syntax/parser.js';
import { parseTlJson } from '../syntax/tl-json.js';
import { formatId, Reporter } from './reporter.js';
import { resolve } from './resolve.js';
import type { Schema } from './types.js';

/** Settings of {@link parseSchema}. */
export interface ParseSchemaOptions {
  /** Named in diagnostics. */
  readonly file?: string;
  /** `auto`, the default, takes a text that begins with `{` for TL-JSON. */
  readonly format?: 'tl' | 'json' | 'auto';
  /** Warn about explicit ids that are not the CRC32 of their line. Off by default: some schemas invent all ids. */
  readonly verifyIds?: boolean;
}

/** A schema with all its diagnostics in source order. */
export interface ParsedSchema {
  readonly schema: Schema;
  readonly diagnostics: Diagnostic[];
}

/**
 * Reads a schema, TL or TL-JSON, and settles its names, ids and types. Never throws for what the text
 * says: look for errors among the diagnostics.
 */
export function parseSchema(text: string, options: ParseSchemaOptions = {}): ParsedSchema {
  const { file = 'schema.tl', verifyIds = false } = options;
  const parsed = parseTree(text, options);
  const { schema, diagnostics } = resolve([{ tree: parsed.tree, file }], parsed.tree, file);
  const all = [...parsed.diagnostics, ...diagnostics];
  if (verifyIds) all.push(...idMismatches(schema));
  all.sort((a, b) => a.span.start - b.span.start);
  return { schema, diagnostics: all };
}

/** The tree of a TL or TL-JSON text, nothing resolved. */
export function parseTree(text: string, options: ParseSchemaOptions = {}): ParseResult {
  const { file = 'schema.tl', format = 'auto' } = options;
  const isJson = format === 'json' || (format === 'auto' && /^[\s\ufeff]*\{/.test(text));
  return isJson ? parseTlJson(text, file) : parse(text, file);
}

/** A warning for every explicit id that is not the CRC32 of its line. */
export function idMismatches(schema: Schema): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const reporter = new Reporter(schema.file, diagnostics);
  for (const { name, id, computedId, span } of [...schema.constructors, ...schema.methods]) {
    if (id === computedId) continue;
    const message = `the id of \`${name}\` is ${formatId(id)}, its line gives ${formatId(computedId)}`;
    const place = { ...span, end: Math.min(span.end, span.start + name.length) };
    reporter.warn('id-mismatch', place, message, 'the written id counts');
  }
  return diagnostics;
}

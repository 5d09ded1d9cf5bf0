import type { SchemaTree } from '../syntax/ast.js';
import type { Diagnostic } from '../syntax/diagnostics.js';
import { Reporter } from './reporter.js';
import { resolve } from './resolve.js';
import type { Schema } from './types.js';

/**
 * Makes one schema of several files. Names of one file may be used in another; a declaration that
 * several files repeat word for word counts once; contradictions are diagnostics, each naming its
 * file. The layer is the one the files state: two different ones are an error.
 */
export function mergeSchemas(
  schemas: readonly Schema[],
  file = schemas.map((schema) => schema.file).join('+'),
): { readonly schema: Schema; readonly diagnostics: Diagnostic[] } {
  const typeDescriptions = new Map<string, string>();
  const layerDiagnostics: Diagnostic[] = [];
  let stated: Schema | null = null;
  for (const schema of schemas) {
    for (const [name, text] of schema.tree.typeDescriptions) typeDescriptions.set(name, text);
    if (schema.layer === null) continue;
    if (stated === null) {
      stated = schema;
    } else if (stated.layer !== schema.layer) {
      const message = `this is layer ${String(schema.layer)}, but ${stated.file} is layer ${String(stated.layer)}`;
      const span = { start: 0, end: 0, line: 1, column: 1 };
      const reporter = new Reporter(schema.file, layerDiagnostics);
      reporter.error('layer-order', span, message, 'merge files of one layer');
    }
  }
  const tree: SchemaTree = {
    combinators: schemas.flatMap((schema) => schema.tree.combinators),
    layer: stated?.layer ?? null,
    typeDescriptions,
  };
  const { schema, diagnostics } = resolve(schemas, tree, file);
  return { schema, diagnostics: [...layerDiagnostics, ...diagnostics] };
}

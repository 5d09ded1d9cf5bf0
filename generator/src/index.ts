/**
 * tlgen as a library: from schema text to the files of a TypeScript package.
 *
 * @packageDocumentation
 */
export { defineConfig } from './io/config-types.js';
export type { DocsSource, SchemaConfig, TlgenConfig } from './io/config-types.js';
export { generate } from './emit/generate.js';
export type {
  AliasedField,
  Descriptions,
  EntryDescription,
  ErrorFacts,
  Fill,
  FilledField,
  GenerateOptions,
  GenerateProgress,
  GenerateResult,
  Overlay,
} from './emit/options.js';
export { renderDocs } from './docs/render-docs.js';
export type {
  DocsCoverage,
  DocsError,
  DocsOptions,
  DocsProgress,
  DocsResult,
  DocsSchema,
} from './docs/types.js';
export { writeOutput } from './io/output.js';
export type { WriteOptions, WriteResult } from './io/output.js';
export { InputError, UsageError } from './io/errors.js';
export type { InputErrorCode } from './io/errors.js';
export { SchemaError } from './io/schema-error.js';
export { liveRegistry } from './live/live-registry.js';
export { diffSchemas } from './schema/diff.js';
export type {
  ChangedCombinator,
  ChangedType,
  CombinatorDiff,
  DiffEntry,
  SchemaDiff,
} from './schema/diff.js';
export { formatDiffMarkdown, formatDiffShort, formatDiffText } from './schema/diff-format.js';
export { mergeSchemas } from './schema/merge.js';
export { parseSchema } from './schema/parse-schema.js';
export type { ParsedSchema, ParseSchemaOptions } from './schema/parse-schema.js';
export { sliceSchema, UnknownNameError } from './schema/slice.js';
export type { SliceOptions } from './schema/slice.js';
export type {
  PrimitiveName,
  Schema,
  SchemaCombinator,
  SchemaField,
  SchemaType,
  TypeRef,
} from './schema/types.js';
export { verifyIds } from './schema/verify.js';
export type { IdEntry, IdReport } from './schema/verify.js';
export type {
  Combinator,
  Field,
  NamedType,
  NatType,
  RepeatType,
  SchemaTree,
  Span,
  TypeExpr,
  TypeParameter,
} from './syntax/ast.js';
export type { Diagnostic, DiagnosticCode } from './syntax/diagnostics.js';
export { formatDiagnostic } from './syntax/format-diagnostic.js';
export type { Paint } from './syntax/format-diagnostic.js';
export { print as printSchema } from './syntax/print.js';
export { toTlJson } from './syntax/tl-json.js';

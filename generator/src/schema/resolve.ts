import type { Combinator, Field, SchemaTree, TypeExpr } from '../syntax/ast.js';
import type { Diagnostic } from '../syntax/diagnostics.js';
import { declaresBuiltin } from './builtins.js';
import { type CrcDialect, detectDialect, expectedId } from './crc.js';
import { checkFields } from './flags.js';
import { type Entry, type Version, assignVersions, checkIds, collectLayers } from './layers.js';
import { Reporter, nameSpan } from './reporter.js';
import { type Names, TypeResolver } from './type-resolver.js';
import type { Schema, SchemaCombinator, SchemaField, SchemaType } from './types.js';

/** A tree and the name of its file. */
export interface Source {
  readonly tree: SchemaTree;
  readonly file: string;
}

/** A schema and what is wrong with it; with errors among the diagnostics it must not be generated from. */
export interface ResolveResult {
  readonly schema: Schema;
  readonly diagnostics: Diagnostic[];
}

/** Settles names, ids and types of one schema that stands in one file, or in several as if they were one. */
export function resolve(sources: readonly Source[], tree: SchemaTree, file: string): ResolveResult {
  const diagnostics: Diagnostic[] = [];
  const entries: Entry[] = [];
  const unsupported = new Map<string, string>();
  for (const source of sources) {
    const reporter = new Reporter(source.file, diagnostics);
    const dialect = detectDialect(source.tree.combinators);
    for (const combinator of source.tree.combinators) {
      if (declaresBuiltin(combinator)) noteBuiltin(combinator, unsupported);
      else if (isDeclarable(combinator, reporter, unsupported)) {
        entries.push(toEntry(combinator, dialect, reporter));
      }
    }
  }
  const layers = collectLayers(entries);
  const { versions, duplicates } = assignVersions(entries);
  checkIds(versions);
  const names = collectNames(versions, unsupported);
  const resolved = versions.map((version) => resolveCombinator(version, names));
  for (const duplicate of duplicates) resolveCombinator(duplicate, names);
  const constructors = resolved.filter(({ kind }) => kind === 'constructor');
  const methods = resolved.filter(({ kind }) => kind === 'method');
  const types = collectTypes(constructors, tree);
  const { layer } = tree;
  return { schema: { file, layer, layers, constructors, methods, types, tree }, diagnostics };
}

function toEntry(combinator: Combinator, dialect: CrcDialect, reporter: Reporter): Entry {
  const computedId = expectedId(combinator, dialect);
  return { combinator, id: combinator.id ?? computedId, computedId, reporter };
}

function noteBuiltin({ name, result }: Combinator, unsupported: Map<string, string>): void {
  if (name !== 'float') return;
  unsupported.set(name, 'use `double`');
  if (result.kind === 'named') unsupported.set(result.name, 'use `double`');
}

/** Reports constructors of generic types and of things that are no types. */
function isDeclarable(
  combinator: Combinator,
  reporter: Reporter,
  unsupported: Map<string, string>,
): boolean {
  const { name, result, typeParameters, kind } = combinator;
  const numeric = typeParameters.find(({ type }) => type !== 'Type');
  if (numeric !== undefined) {
    const message = `\`${name}\` has a number for a parameter, \`${numeric.name}\`: not supported`;
    const hint = `make it a field, \`${numeric.name}:#\``;
    reporter.error('unsupported', numeric.span, message, hint);
  }
  if (kind === 'function') return numeric === undefined;
  if (result.kind === 'named' && result.args.length === 0 && typeParameters.length === 0) {
    return isPlainResult(combinator, result, reporter);
  }
  if (result.kind === 'named') {
    const hint = 'write a constructor for each type it is used with; only `Vector` is generic';
    unsupported.set(result.name, hint);
    unsupported.set(name, hint);
    if (numeric === undefined) {
      const message = `\`${name}\` declares a generic type, \`${result.name}\`: not supported`;
      reporter.error('unsupported', nameSpan(combinator), message, hint);
    }
  } else {
    reporter.error('unsupported', result.span, 'a constructor must result in a named type');
  }
  return false;
}

function isPlainResult(
  { name }: Combinator,
  result: TypeExpr & { kind: 'named' },
  reporter: Reporter,
): boolean {
  if (!result.percent && !result.bang) return true;
  const message = `the result type of \`${name}\` cannot be bare or generic`;
  reporter.error('bare-type', result.span, message, `write \`= ${result.name}\``);
  return false;
}

function collectNames(
  versions: readonly Version[],
  unsupported: ReadonlyMap<string, string>,
): Names {
  const constructors = new Map<string, Version[]>();
  const types = new Map<string, Set<string>>();
  for (const version of versions) {
    const { kind, name, result } = version.combinator;
    if (kind !== 'constructor' || result.kind !== 'named') continue;
    const same = constructors.get(name);
    if (same === undefined) constructors.set(name, [version]);
    else same.push(version);
    const ofType = types.get(result.name);
    if (ofType === undefined) types.set(result.name, new Set([name]));
    else ofType.add(name);
  }
  for (const same of constructors.values()) same.sort((a, b) => (a.since ?? 0) - (b.since ?? 0));
  return { constructors, types, unsupported };
}

function resolveCombinator(version: Version, names: Names): SchemaCombinator {
  const { combinator, reporter, key, id, computedId, since, until } = version;
  const { name, description, span, fields } = combinator;
  checkFields(combinator, reporter);
  const resolver = new TypeResolver(names, combinator, reporter);
  const isMethod = combinator.kind === 'function';
  const { result } = combinator;
  return {
    kind: isMethod ? 'method' : 'constructor',
    key,
    name,
    namespace: namespaceOf(name),
    id,
    computedId,
    explicitId: combinator.id !== null,
    typeParameters: combinator.typeParameters.map((parameter) => parameter.name),
    fields: fields.map((field, index) => resolveField(field, index, fields, resolver)),
    result:
      !isMethod && result.kind === 'named'
        ? { kind: 'boxed', type: result.name }
        : resolver.resolveResult(result),
    since,
    until,
    description,
    span,
  };
}

function resolveField(
  field: Field,
  index: number,
  all: readonly Field[],
  resolver: TypeResolver,
): SchemaField {
  const { condition: flag, description } = field;
  const name = field.name ?? inventName(field, index, all);
  return { name, type: resolver.resolve(field.type), flag, description };
}

/** A name for a field that has none: `items` for a lone repetition, else `value`, numbered where several are nameless. */
function inventName({ type }: Field, index: number, all: readonly Field[]): string {
  const alone = all.filter((field) => field.name === null).length === 1;
  let name = type.kind === 'repeat' ? 'items' : 'value';
  if (!alone) name += String(index + 1);
  while (all.some((field) => field.name === name)) name += '_';
  return name;
}

function collectTypes(constructors: readonly SchemaCombinator[], tree: SchemaTree): SchemaType[] {
  const keys = new Map<string, string[]>();
  for (const { result, key } of constructors) {
    if (result.kind !== 'boxed' || result.type === 'Object') continue;
    const same = keys.get(result.type);
    if (same === undefined) keys.set(result.type, [key]);
    else same.push(key);
  }
  return [...keys].map(([name, ofType]) => ({
    name,
    namespace: namespaceOf(name),
    constructors: ofType,
    description: tree.typeDescriptions.get(name) ?? null,
  }));
}

/** `e2e.chain` of `e2e.chain.block`. */
export function namespaceOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('.')));
}

import type { SchemaCombinator, SchemaField, TypeRef } from '../../schema/types.js';
import { looksOld } from './looks.js';
import { propertyOf } from './property-of.js';
import { literal } from '../../model/literal.js';
import { SIDE_TABLES, type Sampler } from './sample.js';

const INDENT = '  ';

/** Statements, indented, that do something short with `result`. */
export function resultUse(method: SchemaCombinator, sampler: Sampler): string[] {
  return useOf(method.result, sampler).map((line) => INDENT + line);
}

function useOf(type: TypeRef, sampler: Sampler): string[] {
  switch (type.kind) {
    case 'primitive':
      return [log(isBytes(type) ? 'result.length' : 'result')];
    case 'vector':
    case 'tuple':
      return [log('result.length')];
    case 'boxed':
      return type.type === 'True' ? [log('result')] : ofType(type.type, sampler);
    case 'bare': {
      const one = sampler.constructorOf(type.constructor);
      return [one ? logField(one) : log('result._')];
    }
    case 'generic': {
      const inner = sampler.anyMethod;
      return inner ? useOf(inner.result, sampler) : [log('result')];
    }
    case 'object':
    case 'method':
      return [log('result._')];
  }
}

function ofType(type: string, sampler: Sampler): string[] {
  const [first, ...others] = sampler.constructorsOf(type);
  const typical = sampler.typical(type);
  if (first === undefined || typical === undefined) return [log('result._')];
  if (others.length === 0) return [logField(first)];
  if (telling(typical) === undefined) return [log('result._')];
  return [`if (result._ === ${literal(typical.key)}) {`, INDENT + logField(typical), '}'];
}

const log = (what: string): string => `console.log(${what});`;

/** Logs the field of `result` that tells most. */
function logField(one: SchemaCombinator): string {
  const field = telling(one);
  if (field === undefined) return log('result._');
  const property = propertyOf(one, field.name);
  const { kind } = field.type;
  if (kind === 'boxed') return log(`result.${property}._`);
  const long = kind === 'vector' || kind === 'tuple' || isBytes(field.type);
  return log(`result.${property}${long ? '.length' : ''}`);
}

/** A required field that prints well; hashes and flag words say nothing. */
function telling({ fields }: SchemaCombinator): SchemaField | undefined {
  const required = fields.filter(
    (field) =>
      field.flag === null && !isNat(field.type) && !/hash/.test(field.name) && !looksOld(field),
  );
  return (
    required.find(({ name, type }) => isNamed(type, 'string') && !name.endsWith('offset')) ??
    required.find(({ name, type }) => type.kind === 'vector' && !SIDE_TABLES.has(name)) ??
    required.find(({ type }) => type.kind === 'primitive' && !isBytes(type)) ??
    required.find(({ type }) => type.kind === 'boxed' && type.type !== 'True') ??
    required.find(({ type }) => type.kind !== 'object' && type.kind !== 'method')
  );
}

const isNamed = (type: TypeRef, name: string): boolean =>
  type.kind === 'primitive' && type.name === name;

const isNat = (type: TypeRef): boolean => isNamed(type, 'nat') || isNamed(type, 'true');

const isBytes = (type: TypeRef): boolean =>
  ['bytes', 'int128', 'int256', 'int512'].some((name) => isNamed(type, name));

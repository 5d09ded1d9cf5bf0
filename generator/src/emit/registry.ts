import type { ClassModel, ClassPlace, PackageModel } from '../model/types.js';
import type { Schema } from '../schema/types.js';
import { listCall } from './layout-text.js';
import { literal } from '../model/literal.js';

/** Classes in one call: larger literals break the type checker ("union type too complex"). */
const CLASSES_PER_CALL = 200;

const reference = ({ alias, className }: ClassPlace): string => `${alias}.${className}`;

/** What the templates of the two registry modules take. */
export interface RegistryData {
  readonly modules: readonly { readonly name: string; readonly alias: string }[];
  readonly statements: readonly string[];
}

/** Constructors by boxed type: all that a client meets in answers and updates. */
export function constructorRegistry(schema: Schema, model: PackageModel): RegistryData {
  const byType = new Map<string, string[]>(schema.types.map((type) => [type.name, []]));
  for (const { key, result } of schema.constructors) {
    // `gzip_packed = Object`: of a built-in type, which the schema does not list.
    const type = result.kind === 'boxed' ? result.type : 'Object';
    const classes = byType.get(type) ?? [];
    byType.set(type, [...classes, reference(model.constructors.get(key) as ClassPlace)]);
  }
  const statements = [...byType].flatMap(([type, classes]) =>
    chunks(classes).map((chunk) => listCall(`constructors.add(${literal(type)}, `, chunk, ');')),
  );
  return { modules: modulesWith(model, 'constructor'), statements };
}

/** Methods, which complete the constructors: a server, or a tool that shows requests, decodes these too. */
export function methodRegistry(model: PackageModel): RegistryData {
  const methods = [...model.methods.values()].map(reference);
  const statements = chunks(methods).map((chunk) => listCall('registry.addMethods(', chunk, ');'));
  return { modules: modulesWith(model, 'method'), statements };
}

function modulesWith(model: PackageModel, kind: ClassModel['kind']): RegistryData['modules'] {
  return model.modules
    .filter((module) => module.classes.some((one) => one.kind === kind))
    .map(({ name, alias }) => ({ name, alias }));
}

function chunks<T>(items: readonly T[]): T[][] {
  const result: T[][] = [];
  for (let i = 0; i < items.length; i += CLASSES_PER_CALL)
    result.push(items.slice(i, i + CLASSES_PER_CALL));
  return result;
}

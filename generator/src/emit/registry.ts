import { moduleAlias } from '../model/names.js';
import type { ClassPlace, PackageModel } from '../model/types.js';
import type { Schema } from '../schema/types.js';
import { listCall } from './layout-text.js';

/** Classes in one call: larger literals break the type checker ("union type too complex"). */
const CLASSES_PER_CALL = 200;

const reference = ({ module, className }: ClassPlace): string =>
  `${moduleAlias(module)}.${className}`;

/** Calls that fill the registry: constructors by boxed type, then methods. */
export function registryStatements(schema: Schema, model: PackageModel): string[] {
  const byType = new Map<string, string[]>(schema.types.map((type) => [type.name, []]));
  for (const { key, result } of schema.constructors) {
    // `gzip_packed = Object`: of a built-in type, which the schema does not list.
    const type = result.kind === 'boxed' ? result.type : 'Object';
    const classes = byType.get(type) ?? [];
    byType.set(type, [...classes, reference(model.constructors.get(key) as ClassPlace)]);
  }
  const statements = [...byType].flatMap(([type, classes]) =>
    chunks(classes).map((chunk) => listCall(`registry.add('${type}', `, chunk, ');')),
  );
  const methods = [...model.methods.values()].map(reference);
  return [
    ...statements,
    ...chunks(methods).map((chunk) => listCall('registry.addMethods(', chunk, ');')),
  ];
}

/** Modules that the registry imports: those with classes. */
export function registryModules(model: PackageModel): { name: string; alias: string }[] {
  return model.modules
    .filter((module) => module.classes.length > 0)
    .map(({ name }) => ({ name, alias: moduleAlias(name) }));
}

function chunks<T>(items: readonly T[]): T[][] {
  const result: T[][] = [];
  for (let i = 0; i < items.length; i += CLASSES_PER_CALL)
    result.push(items.slice(i, i + CLASSES_PER_CALL));
  return result;
}

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
  const statements = schema.types.flatMap((type) => {
    const classes = type.constructors.map((key) =>
      reference(model.constructors.get(key) as ClassPlace),
    );
    return chunks(classes).map((chunk) => listCall(`registry.add('${type.name}', `, chunk, ');'));
  });
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

import { namespaceOf } from './names.js';
import type { Places } from './ts-type.js';
import type { ClassPlace, PackageModel } from './types.js';

/** Module → how a program that imports the package's root reaches it: `messages`, `e2e.chain`. */
export function rootPaths({ modules }: PackageModel): ReadonlyMap<string, string> {
  const byNamespace = new Map(modules.map((one) => [one.namespace, one]));
  const pathOf = (namespace: string): string => {
    const name = byNamespace.get(namespace)?.exportName ?? namespace;
    const parent = namespaceOf(namespace);
    return parent === '' ? name : `${pathOf(parent)}.${name}`;
  };
  return new Map(modules.map((one) => [one.name, pathOf(one.namespace)]));
}

/** The places of a package as its root shows them: what `TypeWriter` needs to write types for readers. */
export function rootPlaces(model: PackageModel): Places {
  const paths = rootPaths(model);
  const seen = (places: ReadonlyMap<string, ClassPlace>): Map<string, ClassPlace> =>
    new Map(
      [...places].map(([key, place]) => [
        key,
        { ...place, alias: paths.get(place.module) ?? place.alias },
      ]),
    );
  return { constructors: seen(model.constructors), unions: seen(model.unions) };
}

import { rootPaths } from '../../model/root-paths.js';
import type { ClassPlace, PackageModel } from '../../model/types.js';

/** How a class is reached from the root of its package. */
export interface RootName {
  /** `messages.SendEncryptedRequest`, `e2e.chain.Block`. */
  readonly path: string;
  /** What is imported for that: `messages`, `e2e`. */
  readonly importName: string;
}

const paths = new WeakMap<PackageModel, ReadonlyMap<string, string>>();

/** The name of a class or union for who imports the package's root. */
export function rootName(model: PackageModel, place: ClassPlace): RootName {
  let known = paths.get(model);
  if (known === undefined) paths.set(model, (known = rootPaths(model)));
  const module = known.get(place.module) ?? place.alias;
  return {
    path: `${module}.${place.className}`,
    importName: module.split('.', 1)[0] ?? module,
  };
}

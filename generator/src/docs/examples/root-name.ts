import { namespaceOf } from '../../model/names.js';
import type { ClassPlace, ModuleModel, PackageModel } from '../../model/types.js';

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
  if (known === undefined) paths.set(model, (known = modulePaths(model)));
  const module = known.get(place.module) ?? place.alias;
  return {
    path: `${module}.${place.className}`,
    importName: module.split('.', 1)[0] ?? module,
  };
}

/** File of a module → its path of exports. */
function modulePaths({ modules }: PackageModel): ReadonlyMap<string, string> {
  const byNamespace = new Map(modules.map((one) => [one.namespace, one]));
  return new Map(modules.map((one) => [one.name, exportPath(one, byNamespace)]));
}

function exportPath(module: ModuleModel, byNamespace: ReadonlyMap<string, ModuleModel>): string {
  const parts = [module.exportName];
  for (let above = namespaceOf(module.namespace); above !== ''; above = namespaceOf(above)) {
    parts.unshift(byNamespace.get(above)?.exportName ?? above);
  }
  return parts.join('.');
}

import type { PackageModel } from '../model/types.js';

/** The package's root: every top-level namespace, and what has none also by itself. */
export function indexModule(model: PackageModel): string {
  const lines = model.modules
    .filter(({ namespace }) => !namespace.includes('.'))
    .map(({ name, exportName }) => `export * as ${exportName} from './${name}.js';`);
  return `${["export * from './base.js';", ...lines].join('\n')}\n`;
}

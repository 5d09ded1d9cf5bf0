import type { RootName } from './root-name.js';
import { layOut } from './layout.js';
import { literal } from '../../model/literal.js';

/** What examples call themselves or take from the platform. */
const TAKEN = new Set([
  'Invoker',
  'Promise',
  'TextEncoder',
  'Uint8Array',
  'client',
  'console',
  'example',
  'result',
]);

/** Collects what an example imports from the package, and says how it calls that. */
export class ImportNames {
  private readonly used = new Set<string>();

  /** Path of a class in the example: as from the package's root, unless its first name is taken. */
  use({ path, importName }: RootName): string {
    this.used.add(importName);
    return localOf(importName) + path.slice(importName.length);
  }

  /** Whether the example knows something by this name. */
  has(name: string): boolean {
    return TAKEN.has(name) || [...this.used].some((one) => localOf(one) === name);
  }

  /** `import { base } from '@tlgen/telegram';` */
  line(packageName: string): string {
    const items = [...this.used]
      .sort((a, b) => (a < b ? -1 : 1))
      .map((one) => (localOf(one) === one ? one : `${one} as ${localOf(one)}`));
    const from = ` from ${literal(packageName)};`;
    const names = { open: '{', close: '}', items, padding: ' ', trailing: ',' } as const;
    return `import ${layOut(names, 0, 'import '.length, from.length)}${from}`;
  }
}

function localOf(importName: string): string {
  return TAKEN.has(importName) ? `${importName}Namespace` : importName;
}

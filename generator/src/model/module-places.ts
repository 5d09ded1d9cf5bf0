import { localName, namespaceOf, NameScope } from './names.js';

/** Where a namespace is, and how others call it. All three are unique in the package. */
export interface ModulePlace {
  readonly namespace: string;
  /** File without ending: `e2e.chain`, `base`. */
  readonly module: string;
  /** Name of its import in other modules: `e2eChain`. */
  readonly alias: string;
}

/** Files that are no namespace. */
const RESERVED_MODULES = new Set([
  'index',
  'registry',
  'constructors',
  'schema',
  'metadata',
  'api',
  'layers',
  'base',
]);

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Words of JavaScript modules: nobody could write `import { class }`, and `default` means something else. */
const KEYWORDS = words(
  'arguments await break case catch class const continue debugger default delete do else enum eval export extends ' +
    'false finally for function if implements import in instanceof interface let new null package private protected ' +
    'public return static super switch this throw true try typeof var void while with yield',
);

/**
 * What an import in generated modules cannot be called: further words that TypeScript reads as a type or as a keyword,
 * and what these modules declare themselves, locals of their functions included.
 */
const NOT_FOR_IMPORTS = words(
  'abstract any as asserts async bigint boolean declare from get infer is keyof module namespace never number object ' +
    'of readonly require set string symbol type undefined unique unknown ' +
    'base init layer o registry constructors schema r v w',
);

const isTaken = (name: string): boolean =>
  KEYWORDS.has(name) || NOT_FOR_IMPORTS.has(name) || /^flags\d*$/.test(name);

/** Files and aliases of all namespaces, '' among them. The order in which they come does not matter. */
export function modulePlaces(namespaces: Iterable<string>): ReadonlyMap<string, ModulePlace> {
  // Small letters first: beside `Base`, it is `base` that keeps its name.
  const sorted = [...new Set(namespaces)].sort((a, b) => (a < b ? 1 : -1));
  // Some file systems take `Base.ts` and `base.ts` for the same.
  const files = new NameScope((name) => name.toLowerCase()).takeAll(sorted, fileName);
  const aliases = new NameScope().takeAll(sorted, aliasName);
  return new Map(
    sorted.map((namespace) => {
      const module = files.get(namespace) as string;
      return [namespace, { namespace, module, alias: aliases.get(namespace) as string }];
    }),
  );
}

function fileName(namespace: string): string {
  if (namespace === '') return 'base';
  // `x.d.ts` and `x.d.y.ts` are no sources to TypeScript.
  const name = namespace.replace(/[^\w.]/g, '_').replace(/\.d(?=\.|$)/gi, '$&_');
  return RESERVED_MODULES.has(name.toLowerCase()) ? `${name}_` : name;
}

/** Begins with a small letter, as no class does. */
function aliasName(namespace: string): string {
  if (namespace === '') return 'base';
  const [first = '', ...rest] = namespace.split(/[^\w]/).filter((part) => part !== '');
  const joined = first + rest.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');
  const letters = joined.replace(/^[^A-Za-z]+/, '');
  const name = letters === '' ? `ns${joined}` : letters.charAt(0).toLowerCase() + letters.slice(1);
  return isTaken(name) ? `${name}_` : name;
}

/**
 * The names under which a module exports the namespaces below it, by namespace.
 *
 * @param taken - what the module exports beside them.
 */
export function exportNames(
  namespaces: Iterable<string>,
  parent: string,
  taken: Iterable<string>,
): ReadonlyMap<string, string> {
  const reserved = new Set(taken);
  const below = [...namespaces].filter((one) => one !== '' && namespaceOf(one) === parent);
  const scope = new NameScope();
  for (const name of reserved) scope.take(name);
  const byLocal = new Map(below.map((one) => [localName(one), one]));
  const names = scope.takeAll([...byLocal.keys()], (local) => {
    const name = /^[A-Za-z_]\w*$/.test(local) ? local : `_${local.replace(/[^\w]/g, '_')}`;
    return KEYWORDS.has(name) || reserved.has(name) ? `${name}_` : name;
  });
  return new Map([...names].map(([local, name]) => [byLocal.get(local) as string, name]));
}

/** Members of every generated class that no field may take. */
const RESERVED_FIELDS = new Set(['constructor', 'toJSON', '_', '__proto__', 'prototype']);

/** Names that generated modules use themselves. */
const RESERVED_CLASSES = new Set([
  'TlObject',
  'TlMethod',
  'TlReader',
  'TlWriter',
  'Init',
  'Uint8Array',
  'Promise',
  'LayerView',
  'InstanceType',
]);

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

/** Words that cannot name an import. */
const RESERVED_WORDS = new Set(
  (
    'abstract any arguments as async await boolean break case catch class const continue debugger declare default delete ' +
    'do else enum eval export extends false finally for from function get if implements import in infer instanceof ' +
    'interface is keyof let module namespace never new null number object of package private protected public readonly ' +
    'require return set static string super switch symbol this throw true try type typeof undefined unique unknown var ' +
    'void while with yield init r w o'
  ).split(' '),
);

const capitalized = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** The part after the namespace: `sendMessage` of `messages.sendMessage`. */
export function localName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** `messages` of `messages.sendMessage`; '' without a namespace. */
export function namespaceOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('.')));
}

/** `p_q_inner_data_dc` → `PQInnerDataDc`. */
export function pascalCase(name: string): string {
  const text = name.split('_').map(capitalized).join('');
  return /^[A-Za-z]/.test(text) ? text : `_${text}`;
}

/** `random_id` → `randomId`; names that generated classes need for themselves get a `_` behind. */
export function fieldName(tl: string): string {
  const [first = '', ...rest] = tl.split('_').filter((part) => part !== '');
  const name = first.charAt(0).toLowerCase() + first.slice(1) + rest.map(capitalized).join('');
  if (name === '') return '__';
  if (RESERVED_FIELDS.has(name)) return `${name}_`;
  return /^[A-Za-z]/.test(name) ? name : `_${name}`;
}

/** Class of a constructor: `decryptedMessage_17` → `DecryptedMessage17`. */
export function constructorClass(key: string): string {
  return unreserved(pascalCase(localName(key)));
}

/** Class of a method: `messages.sendMessage` → `SendMessageRequest`. */
export function methodClass(key: string): string {
  return `${pascalCase(localName(key))}Request`;
}

/** Union of a type's constructors: `auth.SentCode` → `TypeSentCode`. */
export function unionName(type: string): string {
  return `Type${pascalCase(localName(type))}`;
}

/** File of a namespace, without ending. */
export function moduleName(namespace: string): string {
  if (namespace === '') return 'base';
  return RESERVED_MODULES.has(namespace) ? `${namespace}_` : namespace;
}

/** How other modules call a module they import: `e2e.chain` → `e2eChain`. */
export function moduleAlias(module: string): string {
  const alias = module
    .split('.')
    .map((part, i) => (i === 0 ? part : capitalized(part)))
    .join('');
  return RESERVED_WORDS.has(alias) || /^[A-Z]/.test(alias) ? `${alias}_` : alias;
}

function unreserved(name: string): string {
  return RESERVED_CLASSES.has(name) ? `${name}_` : name;
}

/** Hands out names that are unique within one scope: a second `FooBar` becomes `FooBar2`. */
export class NameScope {
  private readonly taken = new Set<string>();

  /** `name`, or the first of `name2`, `name3` … that is free. */
  take(name: string): string {
    let free = name;
    for (let n = 2; this.taken.has(free); n++) free = `${name}${n}`;
    this.taken.add(free);
    return free;
  }
}

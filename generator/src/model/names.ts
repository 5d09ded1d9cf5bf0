/** Members of every generated class that no field may take. */
const RESERVED_FIELDS = new Set(['constructor', 'toJSON', '_', '__proto__', 'prototype']);

/** Types that generated modules name without a prefix: in classes, layer views and `Api`. */
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

/** Loose types of the codec, which an overlay may name. */
export const LOOSE_TYPES = [
  'PeerLike',
  'SecretChatLike',
  'FileLike',
  'ReplyMarkupLike',
  'DataJsonLike',
] as const;

/** A type parameter hides these as well: `Api` names them beside the parameters of its methods. */
const RESERVED_PARAMETERS = new Set([
  ...RESERVED_CLASSES,
  'O',
  'Options',
  'CallOptions',
  'KnownOptions',
  'Answer',
  'EitherName',
  'ParseMode',
  ...LOOSE_TYPES,
]);

/** `_`, and whatever else a schema that no parser has seen may put into a name. */
const NO_WORD = /[^A-Za-z0-9]/;

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
  const text = name.split(NO_WORD).map(capitalized).join('');
  return /^[A-Za-z]/.test(text) ? text : `_${text}`;
}

/** `random_id` → `randomId`; names that generated classes need for themselves get a `_` behind. */
export function fieldName(tl: string): string {
  const [first = '', ...rest] = tl.split(NO_WORD).filter((part) => part !== '');
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

/** A type parameter in code: `class` → `Class`. */
export function typeParameter(tl: string): string {
  const name = pascalCase(tl);
  return RESERVED_PARAMETERS.has(name) ? `${name}_` : name;
}

function unreserved(name: string): string {
  return RESERVED_CLASSES.has(name) ? `${name}_` : name;
}

/** Hands out names that are unique within one scope: a second `FooBar` becomes `FooBar2`. */
export class NameScope {
  private readonly taken = new Map<string, string>();

  /** @param fold - names are the same when this is, for file systems that ignore case. */
  constructor(private readonly fold: (name: string) => string = (name) => name) {}

  /** `name`, or the first of `name2`, `name3` … that is free. */
  take(name: string): string {
    let free = name;
    for (let n = 2; this.taken.has(this.fold(free)); n++) free = `${name}${n}`;
    this.taken.set(this.fold(free), free);
    return free;
  }

  /** All names that were handed out. */
  names(): string[] {
    return [...this.taken.values()];
  }

  /**
   * Names for several things at once, by what they are called in TL. Who is spelled like that already goes before who
   * only comes to it: beside `aB`, `a_b` is `aB2`, whichever stands first.
   */
  takeAll(all: readonly string[], derive: (tl: string) => string): ReadonlyMap<string, string> {
    const names = new Map<string, string>();
    for (const literal of [true, false]) {
      for (const tl of all) {
        const wanted = derive(tl);
        if ((wanted === tl) === literal) names.set(tl, this.take(wanted));
      }
    }
    return names;
  }
}

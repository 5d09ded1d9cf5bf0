/** A row of symbols.json: positions of kind and schema, name, id or code, description, path where it is not the usual one. */
export type SymbolRow = readonly [
  kind: number,
  schema: number | null,
  name: string,
  code: string | number,
  description: string | null,
  path?: string,
];

/** symbols.json: see docs-site/README.md. */
export interface SymbolsFile {
  readonly kinds: readonly string[];
  readonly schemas: readonly { readonly title: string; readonly folder: string }[];
  readonly symbols: readonly SymbolRow[];
}

/** A symbol with what the scorer looks at, in lower case and worked out beforehand. */
export interface Entry {
  readonly kind: string;
  readonly name: string;
  /** Eight hex digits of an id, or the codes of an error. */
  readonly code: string;
  readonly description: string;
  /** From the root of the site. */
  readonly path: string;
  /** Title of the schema; '' for the main one, which is what most readers mean. */
  readonly schema: string;
  /** Position of schema and kind: the lower, the earlier among equals. */
  readonly order: number;
  readonly lower: string;
  /** Without its namespace. */
  readonly bare: string;
  /** Letters and digits alone, of the name and of the bare name; numbers that stand for any number are left out. */
  readonly flat: string;
  readonly flatBare: string;
  readonly words: readonly string[];
  readonly initials: string;
  /** Words of name, description and code, each behind a space. */
  readonly text: string;
}

/** Everything that can be found. */
export interface Index {
  readonly entries: readonly Entry[];
  /** Every word of a name, once: where misspelt words are looked up. */
  readonly vocabulary: readonly string[];
}

const KINDS = ['method', 'constructor', 'type', 'error', 'guide'];

/** Prepares the rows for searching. */
export function createIndex(file: SymbolsFile): Index {
  const entries = file.symbols.map((row) => toEntry(file, row));
  return { entries, vocabulary: [...new Set(entries.flatMap((entry) => entry.words))] };
}

function toEntry(file: SymbolsFile, row: SymbolRow): Entry {
  const [kindAt, schemaAt, key, code, about, path] = row;
  const kind = file.kinds[kindAt] ?? '';
  const name = kind === 'layer' ? `Layer ${key}` : key;
  const schema = file.schemas[schemaAt ?? 0];
  const description = about ?? '';
  const words = wordsOf(name);
  const plain = name.toLowerCase().replaceAll('%d', '');
  const rank = KINDS.indexOf(kind);
  return {
    kind,
    name,
    code: String(code),
    description,
    path: (path ?? usualPath(schema?.folder ?? '', kind, key)).replace(/\.md(?=#|$)/, '.html'),
    schema: schemaAt ? (schema?.title ?? '') : '',
    order: Math.max(0, schemaAt ?? 0) * 10 + (rank < 0 ? KINDS.length : rank),
    lower: name.toLowerCase(),
    bare: bareOf(kind, name.toLowerCase()),
    flat: flatten(plain),
    flatBare: flatten(bareOf(kind, plain)),
    words,
    initials: wordsOf(bareOf(kind, name)).map((word) => word.charAt(0)).join(''), // prettier-ignore
    text: ` ${[...words, name, code, description]
      .join(' ')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')}`,
  };
}

function usualPath(folder: string, kind: string, name: string): string {
  const plural = kind === 'builtin' ? 'types' : `${kind}s`;
  return `${folder}${plural}/${name}.md`;
}

function bareOf(kind: string, name: string): string {
  return kind === 'guide' ? name : name.slice(name.lastIndexOf('.') + 1);
}

/** `messages.sendEncrypted`, `FLOOD_WAIT_%d` → their words in lower case. */
export function wordsOf(text: string): string[] {
  return text
    .replaceAll('%d', '')
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** Drops numbers between separators, and what stands for one: `flood_wait_42`, `flood_wait_%d`, `flood_wait_x`. */
export function withoutNumbers(text: string): string {
  return text.replace(/[\s_](?:%d|\d+|x)(?=[\s_]|$)/g, '');
}

/** Letters and digits alone. */
export function flatten(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, '');
}

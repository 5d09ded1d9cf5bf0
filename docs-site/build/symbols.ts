import { SiteError } from './site-error.js';
import type { FrontMatter } from './types.js';

export type SymbolKind = Exclude<FrontMatter['kind'], 'index'>;

/** Positions of kind and schema (null for guides), name, id or code, description, path when it is not the usual one. */
export type SymbolRow = readonly [
  kind: number,
  schema: number | null,
  name: string,
  id: string | number,
  description: string,
  path?: string,
];

export interface SymbolSchema {
  readonly key: string;
  readonly title: string;
  /** '' or `secret/`. */
  readonly folder: string;
  readonly layer: number | null;
}

/** symbols.json: see docs-site/README.md. */
export interface SymbolFile {
  readonly version: number;
  readonly kinds: readonly SymbolKind[];
  readonly schemas: readonly SymbolSchema[];
  readonly symbols: readonly SymbolRow[];
}

/** Something that has a page. */
export interface SiteSymbol {
  readonly kind: SymbolKind;
  readonly schema: string;
  readonly name: string;
  readonly path: string;
}

/** Folder of each kind's pages, and the name of their list. */
export const FOLDERS: Readonly<Record<SymbolKind, string>> = {
  method: 'methods',
  constructor: 'constructors',
  type: 'types',
  builtin: 'types',
  error: 'errors',
  namespace: 'namespaces',
  layer: 'layers',
  guide: 'guide',
};

/** Finds pages by schema, kind and name, or by schema and id. */
export class SymbolTable {
  readonly file: SymbolFile;
  readonly all: readonly SiteSymbol[];
  readonly #byName = new Map<string, SiteSymbol>();
  readonly #byId = new Map<string, SiteSymbol>();

  constructor(file: SymbolFile) {
    this.file = file;
    this.all = file.symbols.map((row) => this.#add(row));
  }

  /** The schema whose pages stand at the root. */
  get main(): SymbolSchema {
    const [main] = this.file.schemas;
    if (!main) throw new SiteError('symbols.json names no schema');
    return main;
  }

  /** The schema of a key; the main one for null. */
  schema(key: string | null): SymbolSchema {
    if (key === null) return this.main;
    const schema = this.file.schemas.find((one) => one.key === key);
    if (!schema) throw new SiteError(`symbols.json has no schema ${key}`);
    return schema;
  }

  /** The first page of that name among the kinds, in their order. */
  find(schema: string, kinds: readonly SymbolKind[], name: string): SiteSymbol | null {
    for (const kind of kinds) {
      const found = this.#byName.get(`${schema} ${kind} ${name}`);
      if (found) return found;
    }
    return null;
  }

  /** The constructor or method with an id in hex, leading zeros or not. */
  findId(schema: string, id: string): SiteSymbol | null {
    return this.#byId.get(`${schema} ${id.padStart(8, '0')}`) ?? null;
  }

  #add([kindAt, schemaAt, name, id, , given]: SymbolRow): SiteSymbol {
    const [kind, schema] = [this.file.kinds[kindAt], this.file.schemas[schemaAt ?? -1]];
    if (!kind || !schema) throw new SiteError(`symbols.json: ${name} has no such kind or schema`);
    const path = given ?? `${schema.folder}${FOLDERS[kind]}/${name}.md`;
    const symbol = { kind, schema: schema.key, name, path };
    this.#byName.set(`${schema.key} ${kind} ${name}`, symbol);
    if (kind === 'method' || kind === 'constructor')
      this.#byId.set(`${schema.key} ${String(id).padStart(8, '0')}`, symbol);
    return symbol;
  }
}

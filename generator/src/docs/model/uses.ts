import type { SchemaCombinator, TypeRef } from '../../schema/types.js';
import type { BackLinks, ListedRef } from '../types.js';
import type { Book } from './book.js';
import { builtinOf } from './builtins.js';

interface Uses {
  readonly returnedBy: Set<string>;
  readonly acceptedBy: Set<string>;
  readonly containedIn: Set<string>;
}

/** Who uses a type, for all types of a schema at once. Names are `type User`, `constructor user`, `builtin int`. */
export class UseIndex {
  private readonly uses = new Map<string, Uses>();

  constructor(private readonly book: Book) {
    const { constructors, methods } = book.schema;
    for (const one of constructors) this.note(one, 'containedIn');
    for (const one of methods) {
      this.note(one, 'acceptedBy');
      for (const name of namesIn(one.result)) this.of(name).returnedBy.add(one.key);
    }
  }

  private note(one: SchemaCombinator, how: 'acceptedBy' | 'containedIn'): void {
    for (const { type } of one.fields)
      for (const name of namesIn(type)) this.of(name)[how].add(one.key);
  }

  private of(name: string): Uses {
    let uses = this.uses.get(name);
    if (uses === undefined) {
      uses = { returnedBy: new Set(), acceptedBy: new Set(), containedIn: new Set() };
      this.uses.set(name, uses);
    }
    return uses;
  }

  /** Whether anything in the schema names it. */
  has(name: string): boolean {
    return this.uses.has(name);
  }

  /** Uses of any of these names, sorted, each once. */
  links(...names: readonly string[]): BackLinks {
    const keys = (how: keyof Uses): string[] => [
      ...new Set(names.flatMap((name) => [...(this.uses.get(name)?.[how] ?? [])])),
    ];
    const list = (how: keyof Uses, kind: 'method' | 'constructor'): ListedRef[] =>
      keys(how)
        .sort((a, b) => (a < b ? -1 : 1))
        .flatMap((key) => this.book.listed(kind, key) ?? []);
    return {
      returnedBy: list('returnedBy', 'method'),
      acceptedBy: list('acceptedBy', 'method'),
      containedIn: list('containedIn', 'constructor'),
    };
  }
}

/** A type and those within it: of `Vector<User>` both. */
function namesIn(type: TypeRef): string[] {
  const builtin = builtinOf(type);
  const names = builtin === null ? [] : [`builtin ${builtin.name}`];
  if (type.kind === 'vector' || type.kind === 'tuple') return [...names, ...namesIn(type.item)];
  if (type.kind === 'bare') return [`constructor ${type.constructor}`];
  if (type.kind === 'boxed' && builtin === null) return [`type ${type.type}`];
  return names;
}

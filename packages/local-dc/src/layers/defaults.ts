import {
  layoutOf,
  typeHash,
  type FieldKind,
  type Registry,
  type TlClass,
  type TlObject,
} from '@tlgen/codec';

type Make = new (init: object) => TlObject;

/** Makes an object of a generated class. */
export const make = (one: TlClass, init: object): TlObject => new (one as unknown as Make)(init);

/** Default values for fields that another layer does not know. */
export class Defaults {
  readonly #byType = new Map<number, TlClass[]>();
  readonly #plain = new Map<number, TlClass | null>();

  constructor(private readonly registry: Registry) {
    for (const one of registry) {
      const type = registry.typeOf(one);
      if (type === undefined) continue;
      const hash = typeHash(type);
      const list = this.#byType.get(hash);
      if (list) list.push(one);
      else this.#byType.set(hash, [one]);
    }
  }

  /** Zero, an empty string, an empty vector, the emptiest constructor; undefined when a type has none. */
  of(kind: FieldKind, depth = 0): unknown {
    switch (kind.kind) {
      case 'int':
      case 'nat':
      case 'int53':
      case 'double':
        return 0;
      case 'long':
        return 0n;
      case 'string':
        return '';
      case 'bytes':
        return new Uint8Array();
      case 'fixed':
        return new Uint8Array(kind.length);
      case 'bool':
      case 'flag':
        return false;
      case 'true':
        return true;
      case 'vector':
        return [];
      case 'tuple':
        return Array.from({ length: kind.count }, () => this.of(kind.item, depth));
      case 'bare':
        return this.object(this.registry.get(kind.id), depth);
      case 'object':
        return this.object(this.emptiest(kind.type), depth);
    }
  }

  private object(one: TlClass | null | undefined, depth: number): TlObject | undefined {
    if (!one || depth > 8) return undefined;
    const init: Record<string, unknown> = {};
    for (const field of layoutOf(one)) {
      if (field.optional) continue;
      const value = this.of(field.type, depth + 1);
      if (value === undefined) return undefined;
      init[field.name] = value;
    }
    return make(one, init);
  }

  /** Constructors called `…Empty` first, then those with the fewest required fields. */
  private emptiest(type: number): TlClass | null {
    const found = this.#plain.get(type);
    if (found !== undefined) return found;
    const weight = (one: TlClass): number => {
      const required = layoutOf(one).filter((field) => !field.optional);
      const nested = required.filter(({ type: { kind } }) => kind === 'object' || kind === 'bare');
      return required.length + nested.length * 4 - (one.tl.endsWith('Empty') ? 100 : 0);
    };
    const all = this.#byType.get(type) ?? [];
    const best = all.reduce<TlClass | null>(
      (least, one) => (least === null || weight(one) < weight(least) ? one : least),
      null,
    );
    this.#plain.set(type, best);
    return best;
  }
}

import { layoutOf, type FieldKind, type Registry, type TlClass, type TlObject } from '@tlgen/codec';
import type { Random } from '../support/random.js';
import {
  randomBytes,
  randomDouble,
  randomInt,
  randomLong,
  randomNat,
  randomText,
} from '../support/random-values.js';

/** Longest list. */
const MAX_ITEMS = 4;

/** Makes objects of any type of a schema: right in form, and of any content. */
export class RandomObjects {
  private readonly byType = new Map<string, TlClass[]>();
  /** How deep the smallest object of each class nests. */
  private readonly depths = new Map<TlClass, number>();

  constructor(private readonly registry: Registry) {
    const classes = [...registry].filter((one) => !registry.isMethod(one));
    for (const one of classes) {
      const type = registry.typeOf(one) ?? '';
      const all = this.byType.get(type);
      if (all) all.push(one);
      else this.byType.set(type, [one]);
    }
    for (let grew = true; grew;) {
      grew = false;
      for (const one of classes) {
        const needed = layoutOf(one).filter(({ optional }) => !optional);
        const depth = 1 + Math.max(0, ...needed.map(({ type }) => this.depthOf(type)));
        if (depth >= (this.depths.get(one) ?? Infinity)) continue;
        this.depths.set(one, depth);
        grew = true;
      }
    }
  }

  /** @param depth - objects within objects, as far as the schema allows so few. */
  of(random: Random, type: string, depth = 4): TlObject {
    const all = this.byType.get(type);
    if (!all) throw new Error(`the schema has no type ${type}`);
    const fitting = all.filter((one) => this.leastOf(one) <= depth);
    const least = Math.min(...all.map((one) => this.leastOf(one)));
    const smallest = all.filter((one) => this.leastOf(one) === least);
    return this.make(random, random.pick(fitting.length > 0 ? fitting : smallest), depth);
  }

  /** One of that class, by its TL name. */
  named(random: Random, name: string, depth = 4): TlObject {
    const one = this.registry.named(name);
    if (!one) throw new Error(`the schema has no ${name}`);
    return this.make(random, one, depth);
  }

  private make(random: Random, one: TlClass, depth: number): TlObject {
    const init: Record<string, unknown> = {};
    for (const { name, type, optional } of layoutOf(one)) {
      if (optional && (this.depthOf(type) > depth - 1 || random.chance(50))) continue;
      init[name] = this.value(random, type, depth - 1);
    }
    return new (one as unknown as new (init: object) => TlObject)(init);
  }

  private value(random: Random, kind: FieldKind, depth: number): unknown {
    switch (kind.kind) {
      case 'int':
        return randomInt(random);
      case 'nat':
        return randomNat(random);
      case 'long':
        return randomLong(random);
      case 'int53':
        return random.next();
      case 'double':
        return randomDouble(random);
      case 'string':
        return randomText(random);
      case 'bytes':
        return random.chance(30) ? random.bytes(256) : randomBytes(random);
      case 'fixed':
        return random.bytes(kind.length);
      case 'bool':
      case 'flag':
        return random.chance(50);
      case 'true':
        return true;
      case 'bare': {
        const one = this.registry.get(kind.id);
        if (!one) throw new Error(`the schema has no constructor ${kind.id}`);
        return this.make(random, one, depth);
      }
      case 'object':
        return this.of(random, this.registry.typeNamed(kind.type) ?? 'InputPeer', depth);
      case 'vector':
      case 'tuple': {
        const most = this.depthOf(kind.item) > depth ? 0 : MAX_ITEMS;
        const count = kind.kind === 'tuple' ? kind.count : random.below(most + 1);
        return Array.from({ length: count }, () => this.value(random, kind.item, depth));
      }
    }
  }

  private leastOf(one: TlClass): number {
    return this.depths.get(one) ?? Infinity;
  }

  private depthOf(kind: FieldKind): number {
    switch (kind.kind) {
      case 'tuple':
        return this.depthOf(kind.item);
      case 'bare': {
        const one = this.registry.get(kind.id);
        return one ? this.leastOf(one) : 0;
      }
      case 'object': {
        const all = this.byType.get(this.registry.typeNamed(kind.type) ?? 'InputPeer') ?? [];
        return Math.min(...all.map((one) => this.leastOf(one)));
      }
      default:
        return 0;
    }
  }
}

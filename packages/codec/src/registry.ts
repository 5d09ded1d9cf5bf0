import { typeHash } from './type-hash.js';
import { formatId, TlError } from './errors.js';
import type { TlClass } from './object.js';

/** Type marker of methods: no boxed type has it. */
export const METHOD = 1;

/**
 * Constructors by id, for decoding: an open-addressing hash over 32-bit ids.
 *
 * Generated packages fill one per schema; `add` may be called for your own classes too.
 */
export class Registry {
  /** @internal */ $keys: Int32Array = new Int32Array(64);
  /** @internal Index into `$classes` plus one; 0: free slot. */ $slots: Int32Array =
    new Int32Array(64);
  /** @internal */ $shift = 26;
  /** @internal */ readonly $classes: TlClass[] = [];
  /** @internal Kept apart from the classes: loading a static from 1,600 different classes is slow. */
  readonly $reads: TlClass['$read'][] = [];
  /** @internal Boxed type (its `typeHash`, or `METHOD`) of each class. */ readonly $types: number[] =
    [];
  readonly #typeNames = new Map<number, string>();
  #byName: Map<string, TlClass> | null = null;

  /**
   * Adds constructors of one boxed type.
   *
   * @param type - the TL name of the type: `InputPeer`.
   * @throws TlError `bad-registry` when an id is taken by another class.
   */
  add(type: string, classes: readonly TlClass[]): this {
    const hash = typeHash(type);
    this.#typeNames.set(hash, type);
    for (const one of classes) this.#insert(hash, one);
    return this;
  }

  /** Adds methods, so that requests can be decoded as well. */
  addMethods(classes: readonly TlClass[]): this {
    for (const one of classes) this.#insert(METHOD, one);
    return this;
  }

  /** Adds everything that `other` holds. */
  addAll(other: Registry): this {
    other.$classes.forEach((one, i) => this.#insert(other.$types[i] as number, one));
    for (const [hash, name] of other.#typeNames) this.#typeNames.set(hash, name);
    return this;
  }

  /** How many classes are registered. */
  get size(): number {
    return this.$classes.length;
  }

  /** The class with this constructor id (signed or unsigned). */
  get(id: number): TlClass | undefined {
    return this.$classes[this.$find(id | 0)];
  }

  /** The class with this TL name. */
  named(name: string): TlClass | undefined {
    this.#byName ??= new Map(this.$classes.map((one) => [one.tl, one]));
    return this.#byName.get(name);
  }

  /** All classes, in the order they were added. */
  [Symbol.iterator](): IterableIterator<TlClass> {
    return this.$classes[Symbol.iterator]();
  }

  /** Whether the class is a method. */
  isMethod(one: TlClass): boolean {
    return this.$types[this.$find(one.id | 0)] === METHOD;
  }

  /** TL name of the boxed type that the class belongs to; undefined for methods and strangers. */
  typeOf(one: TlClass): string | undefined {
    const type = this.$types[this.$find(one.id | 0)];
    return type === undefined ? undefined : this.#typeNames.get(type);
  }

  /** TL name of the boxed type with this `typeHash`, as `layoutOf` tells it; undefined for none and strangers. */
  typeNamed(hash: number): string | undefined {
    return this.#typeNames.get(hash);
  }

  /** @internal Index of the class with this signed id, -1 without one. */
  $find(id: number): number {
    const keys = this.$keys;
    const slots = this.$slots;
    let at = Math.imul(id, 0x9e3779b1) >>> this.$shift;
    for (;;) {
      const slot = slots[at] as number;
      if (slot === 0) return -1;
      if (keys[at] === id) return slot - 1;
      at = (at + 1) & (keys.length - 1);
    }
  }

  /** @internal */
  $typeName(type: number): string {
    return type === METHOD ? 'a method' : (this.#typeNames.get(type) ?? 'another type');
  }

  #insert(type: number, one: TlClass): void {
    const id = one.id | 0;
    const found = this.$find(id);
    if (found >= 0) {
      const other = this.$classes[found] as TlClass;
      if (other === one) return;
      const text = `${one.tl}${formatId(id)} has the id of ${other.tl}, which is registered already`;
      throw new TlError('bad-registry', text, { id: id >>> 0 });
    }
    this.$classes.push(one);
    this.$reads.push(one.$read);
    this.$types.push(type);
    this.#byName = null;
    if (this.$classes.length * 2 > this.$keys.length) this.#grow();
    else this.#place(id, this.$classes.length);
  }

  #grow(): void {
    const size = this.$keys.length * 2;
    this.$keys = new Int32Array(size);
    this.$slots = new Int32Array(size);
    this.$shift--;
    this.$classes.forEach((one, i) => this.#place(one.id | 0, i + 1));
  }

  #place(id: number, slot: number): void {
    let at = Math.imul(id, 0x9e3779b1) >>> this.$shift;
    while (this.$slots[at] !== 0) at = (at + 1) & (this.$keys.length - 1);
    this.$keys[at] = id;
    this.$slots[at] = slot;
  }
}

import { TlWriter } from '@tlgen/codec';
import { Random } from './random.mjs';
import { words } from './texts.mjs';

/** @typedef {import('../generator/src/schema/types.js').Schema} Schema */
/** @typedef {import('../generator/src/schema/types.js').SchemaCombinator} Combinator */
/** @typedef {import('../generator/src/schema/types.js').TypeRef} TypeRef */

/** How likely an optional field is there; tuned for a mean of 66 bytes. */
const PRESENCE = 0.35;
const BOOL = [0x997275b5, 0xbc799737];
const VECTOR = 0x1cb5c415;

/**
 * One object of every constructor, filled by chance: what is cold in real traffic. The bytes are written from the
 * schema alone, with no library's idea of an object in between.
 */
export class Traffic {
  /**
   * @param {Schema} schema
   * @param {number} seed
   */
  constructor(schema, seed) {
    this.random = new Random(seed);
    this.schema = schema;
    this.byKey = new Map(schema.constructors.map((one) => [one.key, one]));
    this.types = new Map(schema.types.map(({ name, constructors }) => [name, constructors]));
    this.leastSizes();
  }

  /** Payloads in a shuffled order. */
  all() {
    const payloads = this.schema.constructors.map((one) => {
      const writer = new TlWriter(1 << 14);
      const value = { $write: () => this.boxed(writer, one, 0) };
      return { name: one.name, bytes: writer.writeAt(/** @type {any} */ (value), 0).slice() };
    });
    for (let i = payloads.length - 1; i > 0; i--) {
      const j = this.random.below(i + 1);
      [payloads[i], payloads[j]] = [payloads[j], payloads[i]];
    }
    return payloads;
  }

  /** The size of each constructor without optional fields: nested objects end in the smallest. */
  leastSizes() {
    /** @type {Map<string, number>} */
    this.least = new Map();
    for (let changed = true; changed;) {
      changed = false;
      for (const one of this.schema.constructors) {
        const size = one.fields.reduce(
          (sum, { type, flag }) => sum + (flag ? 0 : this.leastOf(type)),
          4,
        );
        if (size < (this.least.get(one.key) ?? Infinity)) {
          this.least.set(one.key, size);
          changed = true;
        }
      }
    }
  }

  /**
   * @param {TypeRef} type
   * @returns {number}
   */
  leastOf(type) {
    if (type.kind === 'boxed')
      return (
        this.least.get(this.smallest(type.type) ?? '') ?? (this.types.has(type.type) ? Infinity : 4)
      );
    if (type.kind === 'bare') return this.least.get(type.constructor) ?? Infinity;
    return 8;
  }

  /** @param {string} type */
  smallest(type) {
    const size = (/** @type {string} */ key) => this.least.get(key) ?? Infinity;
    return this.types.get(type)?.reduce((best, key) => (size(key) < size(best) ? key : best));
  }

  /**
   * @param {TlWriter} w
   * @param {Combinator} one
   * @param {number} depth
   */
  boxed(w, one, depth) {
    w.id(one.id);
    this.fields(w, one, depth);
  }

  /**
   * @param {TlWriter} w
   * @param {Combinator} one
   * @param {number} depth
   */
  fields(w, one, depth) {
    /** @type {Map<string, number>} */
    const flags = new Map();
    for (const { name, type, flag } of one.fields) {
      if (type.kind === 'primitive' && type.name === 'nat') {
        const bits = new Set(
          one.fields.flatMap((f) => (f.flag?.word === name ? [f.flag.bit ?? 0] : [])),
        );
        let word = 0;
        for (const bit of bits) if (depth < 3 && this.random.chance(PRESENCE)) word |= 1 << bit;
        flags.set(name, word);
        w.flags(word);
      } else if (flag === null || (flags.get(flag.word) ?? 0) & (1 << (flag.bit ?? 0))) {
        this.value(w, type, depth);
      }
    }
  }

  /**
   * @param {TlWriter} w
   * @param {TypeRef} type
   * @param {number} depth
   */
  value(w, type, depth) {
    const { random } = this;
    switch (type.kind) {
      case 'boxed': {
        const keys = this.types.get(type.type);
        if (keys === undefined) return w.true();
        const key = depth < 3 && random.chance(0.5) ? random.pick(keys) : this.smallest(type.type);
        return this.boxed(w, /** @type {Combinator} */ (this.byKey.get(key ?? '')), depth + 1);
      }
      case 'bare':
        return this.fields(
          w,
          /** @type {Combinator} */ (this.byKey.get(type.constructor)),
          depth + 1,
        );
      case 'vector': {
        const count = depth < 3 ? 1 + random.below(3 - depth) : 0;
        if (type.boxed) w.id(VECTOR);
        w.flags(count);
        for (let i = 0; i < count; i++) this.value(w, type.item, depth + 1);
        return;
      }
      case 'primitive':
        return this.primitive(w, type.name);
      default:
        throw new Error(`the traffic has no ${type.kind}`);
    }
  }

  /**
   * @param {TlWriter} w
   * @param {string} name
   */
  primitive(w, name) {
    const { random } = this;
    switch (name) {
      case 'int':
        return w.int(random.below(0x7fffffff));
      case 'long':
        return w.long(random.long());
      case 'double':
        return w.double(random.next());
      case 'string':
        return w.string(words(random, 2 + random.below(24), random.chance(0.25)));
      case 'bytes':
        return w.bytes(random.bytes(random.below(24)));
      case 'int128':
        return w.fixed(random.bytes(16), 16);
      case 'int256':
        return w.fixed(random.bytes(32), 32);
      case 'Bool':
        return w.id(random.pick(BOOL));
      case 'true':
        return;
      default:
        throw new Error(`the traffic has no ${name}`);
    }
  }
}

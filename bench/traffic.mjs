import { TlWriter } from '@tlgen/codec';
import { Random } from './random.mjs';
import { words } from './texts.mjs';

/** @typedef {import('../generator/src/schema/types.js').Schema} Schema */
/** @typedef {import('../generator/src/schema/types.js').SchemaCombinator} Combinator */
/** @typedef {import('../generator/src/schema/types.js').TypeRef} TypeRef */

/** How likely an optional field is there; tuned for a mean of 66 bytes. */
const PRESENCE = 0.18;
const MAX_DEPTH = 3;

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
    this.types = new Map(
      schema.types.map((type) => [
        type.name,
        type.constructors.map((key) => /** @type {Combinator} */ (this.byKey.get(key))),
      ]),
    );
    this.least = this.leastSizes();
  }

  /** Payloads in a shuffled order. */
  all() {
    const payloads = this.schema.constructors.map((one) => ({ name: one.name, bytes: this.one(one) }));
    for (let i = payloads.length - 1; i > 0; i--) {
      const j = this.random.below(i + 1);
      [payloads[i], payloads[j]] = [payloads[j], payloads[i]];
    }
    return payloads;
  }

  /** @param {Combinator} combinator */
  one(combinator) {
    const writer = new TlWriter(1 << 16);
    this.boxed(writer, combinator, 0);
    const bytes = new Uint8Array(writer.pos);
    const self = this;
    return new TlWriter(1 << 16)
      .writeAt(/** @type {any} */ ({ $write: (/** @type {TlWriter} */ w) => self.copy(writer, w) }), 0)
      .slice(0, bytes.length);
  }
}

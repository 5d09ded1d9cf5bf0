import { typeHash, type TlMethod, type TlObject, type TlReader, type TlWriter } from '@tlgen/codec';
import type { WireSizes } from '../model/sizes.js';
import type { PrimitiveName, TypeRef } from '../schema/types.js';

/** How values of one TL type are read and written. */
export interface ValueCodec {
  read(r: TlReader): unknown;
  write(w: TlWriter, value: unknown): void;
}

/** Pairs a reader call with its writer call; the writer checks the value, so the cast is safe. */
function pair<T>(read: (r: TlReader) => T, write: (w: TlWriter, value: T) => void): ValueCodec {
  return { read, write: (w, value) => write(w, value as T) };
}

const fixed = (length: number): ValueCodec =>
  pair(
    (r) => r.fixed(length),
    (w, value) => w.fixed(value, length),
  );

/** `true` without a condition: no bytes on the wire. */
export const ALWAYS_TRUE: ValueCodec = { read: () => true, write: () => {} };

const PRIMITIVES: Readonly<Record<PrimitiveName, ValueCodec>> = {
  int: pair(
    (r) => r.int(),
    (w, value) => w.int(value),
  ),
  nat: pair(
    (r) => r.nat(),
    (w, value) => w.nat(value),
  ),
  long: pair(
    (r) => r.long(),
    (w, value) => w.long(value),
  ),
  int53: pair(
    (r) => r.int53(),
    (w, value) => w.int53(value),
  ),
  double: pair(
    (r) => r.double(),
    (w, value) => w.double(value),
  ),
  string: pair(
    (r) => r.string(),
    (w, value) => w.string(value),
  ),
  bytes: pair(
    (r) => r.bytes(),
    (w, value) => w.bytes(value),
  ),
  int128: fixed(16),
  int256: fixed(32),
  int512: fixed(64),
  Bool: pair(
    (r) => r.bool(),
    (w, value) => w.bool(value),
  ),
  true: ALWAYS_TRUE,
};

const BOXED_TRUE: ValueCodec = pair(
  (r) => r.true(),
  (w) => w.true(),
);

const METHOD: ValueCodec = pair(
  (r) => r.method<TlMethod>(),
  (w, value) => w.object(value),
);

/** What resolving a type needs of its schema. */
export interface ValueContext {
  readonly sizes: WireSizes;
  /** The id of a constructor, by key. */
  idOf(key: string): number;
}

/** Finds the codec of a type. */
export function valueCodec(type: TypeRef, context: ValueContext): ValueCodec {
  switch (type.kind) {
    case 'primitive':
      return PRIMITIVES[type.name];
    case 'boxed':
      return type.type === 'True' ? BOXED_TRUE : objectCodec(typeHash(type.type));
    case 'object':
      return objectCodec(0);
    case 'method':
    case 'generic':
      return METHOD;
    case 'bare': {
      const id = context.idOf(type.constructor);
      return pair(
        (r) => r.bare<TlObject>(id),
        (w, value) => w.bare(value, type.constructor),
      );
    }
    case 'tuple': {
      const { read, write } = valueCodec(type.item, context);
      return pair(
        (r) => r.tuple(type.count, read),
        (w, value) => w.tuple(value, type.count, write),
      );
    }
    case 'vector': {
      const { read, write } = valueCodec(type.item, context);
      const size = context.sizes.least(type.item);
      return pair(
        (r) => r.vector(type.boxed, size, read),
        (w, value) => w.vector(value, type.boxed, write),
      );
    }
  }
}

function objectCodec(type: number): ValueCodec {
  return pair(
    (r) => r.object<TlObject>(type),
    (w, value) => w.object(value),
  );
}

import { encode, TlError, TlObject, TlWriter } from '@tlgen/codec';

const VECTOR = 0x1cb5c415;
const BOOL_TRUE = 0x997275b5;
const BOOL_FALSE = 0xbc799737;

/**
 * Serializes what a method answers: an object, true or false, or a vector of objects, ints, longs or strings.
 *
 * @throws TlError for anything else.
 */
export function encodeResult(value: unknown): Uint8Array {
  if (value instanceof TlObject) return encode(value);
  const plain = { $write: (w: TlWriter) => writePlain(w, value) } as unknown as TlObject;
  return new TlWriter().writeAt(plain, 0).slice();
}

function writePlain(writer: TlWriter, value: unknown): void {
  if (typeof value === 'boolean') writer.id(value ? BOOL_TRUE : BOOL_FALSE);
  else if (Array.isArray(value)) writeVector(writer, value);
  else throw new TlError('bad-value', `a method cannot answer with ${typeof value}`);
}

function writeVector(writer: TlWriter, items: readonly unknown[]): void {
  writer.id(VECTOR);
  writer.int(items.length);
  for (const item of items) {
    if (item instanceof TlObject) writer.object(item);
    else if (typeof item === 'bigint') writer.long(item);
    else if (typeof item === 'number') writer.int(item);
    else if (typeof item === 'string') writer.string(item);
    else throw new TlError('bad-value', `a vector cannot hold ${typeof item}`);
  }
}

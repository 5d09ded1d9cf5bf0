import { join } from 'node:path';
import type { Schema } from '../../generator/src/schema/types.js';
import { findPackage, readModule } from '../../schemas/rebuild/packages.mjs';
import { combinatorsOf } from '../support/schemas.js';
import type { PeerDialect, PeerObject } from './peer-values.js';

const folder = findPackage('telegram') as string;

interface GramObject {
  readonly CONSTRUCTOR_ID: number;
  getBytes(): Buffer;
}
interface BigInteger {
  toString(): string;
}
type GramClass = (new (fields: Record<string, unknown>) => GramObject) & {
  readonly prototype: { init(fields: object): void };
};

const { tlobjects } = readModule(join(folder, 'tl/AllTLObjects.js')) as {
  tlobjects: Record<number, GramClass>;
};
const { BinaryReader } = readModule(join(folder, 'extensions/BinaryReader.js')) as {
  BinaryReader: new (data: Buffer) => { tgReadObject(): PeerObject };
};
const { returnBigInt, readBigIntFromBuffer, toSignedLittleBuffer } = readModule(
  join(folder, 'Helpers.js'),
) as {
  returnBigInt(value: string): BigInteger;
  readBigIntFromBuffer(data: Buffer, little: boolean, signed: boolean): BigInteger;
  toSignedLittleBuffer(value: BigInteger, length: number): Buffer;
};

// Its convenience layer refuses messages without an id and alters others while they are made; what is compared is
// the codec beneath.
for (const one of Object.values(tlobjects)) one.prototype.init = () => {};

/** GramJS's bytes of an object. */
export function gramjsEncode(value: unknown): Uint8Array {
  return (value as GramObject).getBytes();
}

/** GramJS's object of bytes. */
export function gramjsDecode(bytes: Uint8Array): PeerObject {
  return new BinaryReader(Buffer.from(bytes)).tgReadObject();
}

/** GramJS: classes, big-integer, Buffer; fixed-size numbers as big-integer too. */
export function gramjsDialect(schema: Schema): PeerDialect {
  const names = new Map(combinatorsOf(schema).map((one) => [one.id, one.name]));
  return {
    fieldName: (tl) => tl.replace(/_[a-z]/g, (group) => group.charAt(1).toUpperCase()),
    object: (one, fields) => {
      const found = tlobjects[one.id];
      if (found === undefined) throw new Error(`GramJS has no ${one.name}`);
      return new found(fields);
    },
    nameOf: (value) => names.get((value['CONSTRUCTOR_ID'] as number) >>> 0) ?? 'nothing known',
    long: (value) => returnBigInt(value.toString()),
    longBack: (value) => BigInt((value as BigInteger).toString()),
    bytes: (value) => Buffer.from(value),
    fixed: (value) => readBigIntFromBuffer(Buffer.from(value), true, true),
    fixedBack: (value, length) => new Uint8Array(toSignedLittleBuffer(value as BigInteger, length)),
  };
}

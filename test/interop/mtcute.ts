import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  TlBinaryReader,
  TlBinaryWriter,
  type TlReaderMap,
  type TlWriterMap,
} from '@mtcute/tl-runtime';
import Long from 'long';
import { findPackage, readJson } from '../../schemas/rebuild/packages.mjs';
import type { PeerDialect, PeerObject } from './peer-values.js';

const folder = findPackage('@mtcute/core') as string;

interface Schema {
  readonly e: readonly { name: string; arguments: readonly { name: string; type: string }[] }[];
}

/** `constructor.field` of the longs that mtcute hands out as numbers. */
export const int53Fields: ReadonlySet<string> = new Set(
  (readJson(join(folder, 'tl/api-schema.json')) as Schema).e.flatMap((entry) =>
    entry.arguments
      .filter((argument) => argument.type === 'int53')
      .map((argument) => `${entry.name}.${argument.name}`),
  ),
);

const load = async (file: string): Promise<Record<string, unknown>> =>
  (await import(pathToFileURL(join(folder, 'tl/binary', file)).href)) as Record<string, unknown>;

const { __tlWriterMap } = (await load('writer.js')) as { __tlWriterMap: TlWriterMap };
const { __tlReaderMap } = (await load('reader.js')) as { __tlReaderMap: TlReaderMap };

/** mtcute's bytes of an object. */
export function mtcuteEncode(value: unknown): Uint8Array {
  return TlBinaryWriter.serializeObject(__tlWriterMap, value as { _: string });
}

/** mtcute's object of bytes. */
export function mtcuteDecode(bytes: Uint8Array): PeerObject {
  return TlBinaryReader.deserializeObject(__tlReaderMap, bytes);
}

/** mtcute: plain objects, `Long`, `Uint8Array`. */
export const mtcuteDialect: PeerDialect = {
  fieldName: (tl) => tl.replace(/(?<!^|_)_(\w)/g, (_, letter: string) => letter.toUpperCase()),
  object: (one, fields) => ({ _: one.name, ...fields }),
  nameOf: (value) => value['_'] as string,
  long: (value, place) =>
    int53Fields.has(place) ? Number(value) : Long.fromString(value.toString()),
  longBack: (value) => BigInt(typeof value === 'number' ? value : (value as Long).toString()),
  bytes: (value) => value,
  fixed: (value) => value,
  fixedBack: (value) => value as Uint8Array,
};

import { md5 } from '@noble/hashes/legacy.js';
import { equalBytes } from '../../../crypto/compare.js';
import { SessionFormatError } from '../types.js';

const MAGIC = new TextEncoder().encode('TDF$');
const HASH_SIZE = 16;
/** Files of sessions are far smaller. */
const MAX_SIZE = 16 * 1024 * 1024;

/** Reads a file of a folder, by its path in it; null when there is none. */
export type ReadFile = (path: string) => Promise<Uint8Array | null>;

/** The version that Telegram Desktop wrote a file with, and what is in it. */
export interface DataFile {
  readonly version: number;
  readonly payload: Uint8Array;
}

/**
 * Reads the file of that name as Telegram Desktop keeps it: with the ending `s`, or the newer of `0` and `1`.
 *
 * @returns null when there is none.
 * @throws SessionFormatError `DAMAGED` when none is whole.
 */
export async function readDataFile(read: ReadFile, name: string): Promise<DataFile | null> {
  const safe = await read(`${name}s`);
  if (safe) return open(safe, name);
  const others = (await Promise.all([read(`${name}0`), read(`${name}1`)])).filter(
    (bytes) => bytes !== null,
  );
  if (others.length === 0) return null;
  const whole = others.flatMap((bytes) => opened(bytes) ?? []);
  const [newest] = whole.sort((a, b) => b.version - a.version);
  if (!newest) throw damaged(name);
  return newest;
}

function open(bytes: Uint8Array, name: string): DataFile {
  const file = opened(bytes);
  if (!file) throw damaged(name);
  return file;
}

const damaged = (name: string): SessionFormatError =>
  new SessionFormatError('DAMAGED', `The file ${name} of tdata is damaged: its checksum is wrong`);

function opened(bytes: Uint8Array): DataFile | null {
  const end = bytes.length - HASH_SIZE;
  if (end < 8 || bytes.length > MAX_SIZE) return null;
  if (!equalBytes(bytes.subarray(0, 4), MAGIC)) return null;
  const payload = bytes.slice(8, end);
  if (!equalBytes(hashOf(bytes.subarray(4, 8), payload), bytes.subarray(end))) return null;
  const version = new DataView(bytes.buffer, bytes.byteOffset).getInt32(4, true);
  return { version, payload };
}

function hashOf(version: Uint8Array, payload: Uint8Array): Uint8Array {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setInt32(0, payload.length, true);
  return md5.create().update(payload).update(length).update(version).update(MAGIC).digest();
}

/** The bytes of such a file. */
export function writeDataFile({ version, payload }: DataFile): Uint8Array {
  const head = new Uint8Array(4);
  new DataView(head.buffer).setInt32(0, version, true);
  const bytes = new Uint8Array(8 + payload.length + HASH_SIZE);
  bytes.set(MAGIC);
  bytes.set(head, 4);
  bytes.set(payload, 8);
  bytes.set(hashOf(head, payload), 8 + payload.length);
  return bytes;
}

import { fromHex, toHex } from '../../crypto/bytes.js';
import { jsonBytes, readJson } from '../../storage/records.js';
import { FORGOTTEN_AFTER, PART_SIZE } from './limits.js';

const VERSION = 1;

/** What has to be equal for an upload to go on. */
export interface UploadFacts {
  /** Id of who uploads: parts are kept by account. null: nobody is signed in. */
  readonly user: string | null;
  readonly encrypted: boolean;
  readonly small: boolean;
  /** null: the source does not know. */
  readonly size: number | null;
  /** As the source says it. */
  readonly name: string | null;
  readonly version: string | null;
  /** SHA-256 of the first part, in hexadecimal digits. */
  readonly first: string;
}

/** An upload that may go on: written once, before its first part is sent. */
export interface UploadRecord extends UploadFacts {
  readonly fileId: bigint;
  /** Wall clock, milliseconds. */
  readonly created: number;
  /** Of an encrypted file; else both are null. */
  readonly key: Uint8Array | null;
  readonly iv: Uint8Array | null;
}

export function writeRecord(record: UploadRecord): Uint8Array {
  const { fileId, key, iv, ...rest } = record;
  return jsonBytes({
    v: VERSION,
    partSize: PART_SIZE,
    ...rest,
    fileId: String(fileId),
    key: key && toHex(key),
    iv: iv && toHex(iv),
  });
}

/** null: the bytes are not what {@link writeRecord} writes; then the upload begins anew. */
export function readRecord(bytes: Uint8Array): UploadRecord | null {
  let record: Record<string, unknown>;
  try {
    record = readJson(bytes, 'upload');
  } catch {
    return null;
  }
  const { v, partSize, user, encrypted, small, size, name, version, first, fileId, created } =
    record;
  const [key, iv] = [secretOf(record['key']), secretOf(record['iv'])];
  const isKnown =
    v === VERSION &&
    partSize === PART_SIZE &&
    isOr(user, 'string') &&
    typeof encrypted === 'boolean' &&
    typeof small === 'boolean' &&
    isOr(size, 'number') &&
    isOr(name, 'string') &&
    isOr(version, 'string') &&
    typeof first === 'string' &&
    typeof fileId === 'string' &&
    /^-?\d{1,19}$/.test(fileId) &&
    typeof created === 'number' &&
    (key !== null) === encrypted &&
    (iv !== null) === encrypted;
  if (!isKnown) return null;
  return {
    user: user as string | null,
    encrypted,
    small,
    size: size as number | null,
    name: name as string | null,
    version: version as string | null,
    first,
    fileId: BigInt(fileId),
    created,
    key,
    iv,
  };
}

/** Whether servers may still have its parts. */
export function isFresh({ created }: UploadRecord, now: number): boolean {
  return created <= now && now - created < FORGOTTEN_AFTER;
}

export function isSame(a: UploadFacts, b: UploadFacts): boolean {
  return (
    a.user === b.user &&
    a.encrypted === b.encrypted &&
    a.small === b.small &&
    a.size === b.size &&
    a.name === b.name &&
    a.version === b.version &&
    a.first === b.first
  );
}

function secretOf(value: unknown): Uint8Array | null {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value) ? fromHex(value) : null;
}

function isOr(value: unknown, type: 'number' | 'string'): boolean {
  return value === null || typeof value === type;
}

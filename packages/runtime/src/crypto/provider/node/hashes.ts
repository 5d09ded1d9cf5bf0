import * as crypto from 'node:crypto';
import { createHash, createHmac, pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import type { RunningHash } from '../types.js';

type Algorithm = 'sha1' | 'sha256' | 'sha512';

/** One call without a hash object: a quarter of the time on short data. Node 21.0 … 21.6 do not have it. */
const { hash: oneShot } = crypto as Partial<typeof crypto>;

/** A hash as a string of one character per byte: what node:crypto gives fastest for short data. */
export const latin1Hash: (algorithm: Algorithm, data: Uint8Array) => string = oneShot
  ? (algorithm, data) => oneShot(algorithm, data, 'binary')
  : (algorithm, data) => createHash(algorithm).update(data).digest('binary');

function hashOf(algorithm: Algorithm, size: number): (data: Uint8Array) => Uint8Array {
  return (data) => {
    const result = new Uint8Array(size);
    Buffer.prototype.latin1Write.call(result, latin1Hash(algorithm, data), 0, size);
    return result;
  };
}

export const nodeSha1 = hashOf('sha1', 20);
export const nodeSha256 = hashOf('sha256', 32);
export const nodeSha512 = hashOf('sha512', 64);

/** Callers get plain arrays from every provider, not Node's subclass. */
const plain = (buffer: Buffer): Uint8Array =>
  new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);

export function nodeMd5(): RunningHash {
  const hash = createHash('md5');
  return { update: (data) => void hash.update(data), digest: () => plain(hash.digest()) };
}

export function nodeHmac(algorithm: Algorithm): (key: Uint8Array, data: Uint8Array) => Uint8Array {
  return (key, data) => plain(createHmac(algorithm, key).update(data).digest());
}

const pbkdf2Async = promisify(pbkdf2);

/** Runs in Node's thread pool. */
export async function nodePbkdf2Sha512(
  password: Uint8Array,
  salt: Uint8Array,
  iterations: number,
  size: number,
): Promise<Uint8Array> {
  return plain(await pbkdf2Async(password, salt, iterations, size, 'sha512'));
}

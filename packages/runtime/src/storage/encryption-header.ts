import { equalBytes } from '../crypto/compare.js';
import type { CryptoProvider } from '../crypto/provider/types.js';
import { StorageError } from './types.js';

/** Where an encrypted storage keeps what opens it; the only thing in it that anybody can read. */
export const HEADER = { space: 'encryption', key: 'header' } as const;

const VERSION = 1;
/** Rounds of PBKDF2 for new headers. */
const ITERATIONS = 210_000;
/** What a header may ask for: less is no protection, more would stop the process. */
const [FEWEST, MOST] = [100_000, 10_000_000];
const MASTER_SIZE = 32;
/** version, iterations, salt, iv, encrypted master key; then the MAC. */
const [SALT_AT, IV_AT, MASTER_AT, MAC_AT] = [5, 37, 53, 85];
const SIZE = MAC_AT + 32;

/** A fresh master key, from which all others come. */
export function newMaster(crypto: CryptoProvider): Uint8Array {
  return crypto.randomBytes(MASTER_SIZE);
}

/** Encrypts the master key with a passphrase: another passphrase is another header, and nothing else changes. */
export async function writeHeader(
  crypto: CryptoProvider,
  master: Uint8Array,
  passphrase: string,
): Promise<Uint8Array> {
  const header = new Uint8Array(SIZE);
  header[0] = VERSION;
  new DataView(header.buffer).setUint32(1, ITERATIONS);
  header.set(crypto.randomBytes(MASTER_AT - SALT_AT), SALT_AT);
  const keys = await keysOf(crypto, header, passphrase);
  const iv = header.subarray(IV_AT, MASTER_AT);
  header.set(crypto.aesCtr(keys.encryption, iv).process(master), MASTER_AT);
  header.set(crypto.hmacSha256(keys.mac, header.subarray(0, MAC_AT)), MAC_AT);
  return header;
}

/**
 * The master key in a header.
 *
 * @throws StorageError `passphrase` when it is the wrong one; `newer`; `damaged`.
 */
export async function readHeader(
  crypto: CryptoProvider,
  header: Uint8Array,
  passphrase: string,
): Promise<Uint8Array> {
  check(header);
  const keys = await keysOf(crypto, header, passphrase);
  const mac = crypto.hmacSha256(keys.mac, header.subarray(0, MAC_AT));
  if (!equalBytes(mac, header.subarray(MAC_AT))) {
    throw new StorageError(
      'passphrase',
      'The passphrase is not the one that this storage was encrypted with',
    );
  }
  const iv = header.subarray(IV_AT, MASTER_AT);
  return crypto.aesCtr(keys.encryption, iv).process(header.subarray(MASTER_AT, MAC_AT));
}

function check(header: Uint8Array): void {
  const version = header[0] ?? 0;
  if (version > VERSION) {
    const text = 'The storage was encrypted by a newer version of this library: update the library';
    throw new StorageError('newer', text);
  }
  const iterations = header.length === SIZE ? iterationsOf(header) : 0;
  if (version !== VERSION || iterations < FEWEST || iterations > MOST) {
    throw new StorageError('damaged', 'The header of the encrypted storage is not readable');
  }
}

async function keysOf(crypto: CryptoProvider, header: Uint8Array, passphrase: string) {
  // The same characters, whichever way a keyboard composes them.
  const secret = new TextEncoder().encode(passphrase.normalize('NFC'));
  const salt = header.slice(SALT_AT, IV_AT);
  const bytes = await crypto.pbkdf2Sha512(secret, salt, iterationsOf(header), 64);
  const label = new TextEncoder().encode('tlgen storage header');
  return {
    encryption: bytes.slice(0, 32),
    mac: crypto.hmacSha256(bytes.slice(32), label),
  };
}

function iterationsOf(header: Uint8Array): number {
  return new DataView(header.buffer, header.byteOffset, header.length).getUint32(1);
}

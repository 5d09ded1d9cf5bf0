import { concat, toHex } from '../crypto/bytes.js';
import { equalBytes } from '../crypto/compare.js';
import type { CryptoProvider } from '../crypto/provider/types.js';
import { StorageError } from './types.js';

const [IV_SIZE, MAC_SIZE] = [16, 32];
/** Bytes of a hidden name: none comes twice by chance. */
const NAME_SIZE = 16;
const MOST_SPACES = 100;

/**
 * Hides names and encrypts values: AES-256-CTR with a random IV for each value, then HMAC-SHA-256 over the place, the
 * IV and the ciphertext. A value that was changed, or moved to another place, is refused; one that was put back to
 * what it once was at the same place is not.
 */
export class ValueCipher {
  readonly #encryption: Uint8Array;
  readonly #mac: Uint8Array;
  readonly #name: Uint8Array;
  /** There are few, and each is asked for again and again. */
  readonly #spaces = new Map<string, string>();

  constructor(
    private readonly crypto: CryptoProvider,
    master: Uint8Array,
  ) {
    const derive = (label: string) => crypto.hmacSha256(master, utf8(`tlgen storage ${label}`));
    this.#encryption = derive('encryption');
    this.#mac = derive('mac');
    this.#name = derive('name');
  }

  /** What a space is called. */
  space(space: string): string {
    const known = this.#spaces.get(space);
    if (known !== undefined) return known;
    const hidden = this.hide(utf8(space));
    if (this.#spaces.size < MOST_SPACES) this.#spaces.set(space, hidden);
    return hidden;
  }

  /** What a key is called in a space, of which the hidden name is given. */
  key(hiddenSpace: string, key: string): string {
    return this.hide(withLength(hiddenSpace), utf8(key));
  }

  seal(hiddenSpace: string, hiddenKey: string, key: string, value: Uint8Array): Uint8Array {
    const iv = this.crypto.randomBytes(IV_SIZE);
    const plain = concat(withLength(key), value);
    const ciphertext = this.crypto.aesCtr(this.#encryption, iv).process(plain);
    return concat(iv, ciphertext, this.macOf(hiddenSpace, hiddenKey, iv, ciphertext));
  }

  /** @throws StorageError `damaged` unless it is what {@link seal} made for that place. */
  open(
    hiddenSpace: string,
    hiddenKey: string,
    sealed: Uint8Array,
  ): { readonly key: string; readonly value: Uint8Array } {
    const end = sealed.length - MAC_SIZE;
    if (end < IV_SIZE + 4) throw damaged();
    const iv = sealed.slice(0, IV_SIZE);
    const ciphertext = sealed.slice(IV_SIZE, end);
    const mac = this.macOf(hiddenSpace, hiddenKey, iv, ciphertext);
    if (!equalBytes(mac, sealed.subarray(end))) throw damaged();
    const plain = this.crypto.aesCtr(this.#encryption, iv).process(ciphertext);
    const keyEnd = 4 + new DataView(plain.buffer, plain.byteOffset).getUint32(0);
    if (keyEnd > plain.length) throw damaged();
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    return { key: decoder.decode(plain.subarray(4, keyEnd)), value: plain.slice(keyEnd) };
  }

  private macOf(...[space, key, iv, ciphertext]: [string, string, Uint8Array, Uint8Array]) {
    const place = concat(withLength(space), withLength(key));
    return this.crypto.hmacSha256(this.#mac, concat(place, iv, ciphertext));
  }

  private hide(...parts: readonly Uint8Array[]): string {
    return toHex(this.crypto.hmacSha256(this.#name, concat(...parts)).subarray(0, NAME_SIZE));
  }
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** The length first, so that where one part ends is no matter of what is in it. */
function withLength(text: string): Uint8Array {
  const bytes = utf8(text);
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, bytes.length);
  return concat(length, bytes);
}

function damaged(): StorageError {
  const text =
    'A value of the encrypted storage was changed, moved or cut off: restore a copy of the storage';
  return new StorageError('damaged', text);
}

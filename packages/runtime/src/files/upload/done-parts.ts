import { MAX_PARTS } from './limits.js';

const VERSION = 1;
const CHAIN = 32;
/** Bytes kept of a part's SHA-256: enough to tell that a file was changed. All zero: the part is not at the server. */
const DIGEST = 8;
/** version, parts in all, parts before the chain, chain. */
const HEAD = 1 + 4 + 4 + CHAIN;

/** Which parts have arrived, and what was in them; of an encrypted file also how to go on behind those at its beginning. */
export class DoneParts {
  /** Parts in all, told to the server with the last one; 0: it has not been. */
  total = 0;
  private chainAt = 0;
  private chain = new Uint8Array(CHAIN);
  private digests = new Uint8Array(0);
  /** Chains before the parts that some part in front of is still on its way. */
  private readonly chains = new Map<number, Uint8Array>();

  /** Parts at the beginning that are done, as far as the {@link chainBehind} is known. */
  get encrypted(): number {
    return this.chainAt;
  }

  /** What IGE goes on with behind the parts that are {@link encrypted}; means nothing when there are none. */
  get chainBehind(): Uint8Array {
    return new Uint8Array(this.chain);
  }

  /** Index of the last part that is done; −1: none is. */
  get highest(): number {
    let index = this.digests.length / DIGEST - 1;
    while (index >= 0 && !this.has(index)) index -= 1;
    return index;
  }

  has(index: number): boolean {
    return this.at(index).some((byte) => byte !== 0);
  }

  /** Whether the part that is done had this content. */
  matches(index: number, sha256: Uint8Array): boolean {
    const expected = shortened(sha256);
    return this.has(index) && this.at(index).every((byte, at) => byte === expected[at]);
  }

  add(index: number, sha256: Uint8Array): void {
    const end = (index + 1) * DIGEST;
    if (end > this.digests.length) {
      const grown = new Uint8Array(Math.max(end, this.digests.length * 2));
      grown.set(this.digests);
      this.digests = grown;
    }
    this.digests.set(shortened(sha256), index * DIGEST);
    this.advance();
  }

  /** What IGE goes on with behind a part, done or not. */
  noteChain(index: number, chain: Uint8Array): void {
    if (index < this.chainAt) return;
    this.chains.set(index + 1, chain);
    this.advance();
  }

  toBytes(): Uint8Array {
    const digests = this.digests.subarray(0, (this.highest + 1) * DIGEST);
    const bytes = new Uint8Array(HEAD + digests.length);
    const view = new DataView(bytes.buffer);
    bytes[0] = VERSION;
    view.setUint32(1, this.total);
    view.setUint32(5, this.chainAt);
    bytes.set(this.chain, 9);
    bytes.set(digests, HEAD);
    return bytes;
  }

  /** null: no such bytes, or none that {@link toBytes} has written. */
  static parse(bytes: Uint8Array): DoneParts | null {
    const count = (bytes.length - HEAD) / DIGEST;
    if (!Number.isInteger(count) || count < 0 || count > MAX_PARTS) return null;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const parts = new DoneParts();
    parts.total = view.getUint32(1);
    parts.chainAt = view.getUint32(5);
    parts.chain = bytes.slice(9, HEAD);
    parts.digests = bytes.slice(HEAD);
    const known = bytes[0] === VERSION && parts.total <= MAX_PARTS && parts.chainAt <= count;
    if (!known || (parts.total > 0 && count > parts.total)) return null;
    for (let index = 0; index < parts.chainAt; index += 1) if (!parts.has(index)) return null;
    return parts;
  }

  private at(index: number): Uint8Array {
    return this.digests.subarray(index * DIGEST, (index + 1) * DIGEST);
  }

  private advance(): void {
    while (this.has(this.chainAt)) {
      const chain = this.chains.get(this.chainAt + 1);
      if (!chain) return;
      this.chains.delete(this.chainAt + 1);
      this.chainAt += 1;
      this.chain.set(chain);
    }
  }
}

function shortened(sha256: Uint8Array): Uint8Array {
  const digest = sha256.slice(0, DIGEST);
  // Zeros stand for a part that is not there.
  if (digest.every((byte) => byte === 0)) digest[0] = 1;
  return digest;
}

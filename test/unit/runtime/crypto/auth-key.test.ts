import { inspect } from 'node:util';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import {
  AuthKey,
  CryptoError,
  newNonceHash,
  toHex,
} from '../../../../packages/runtime/src/crypto/index.js';
import { VECTOR_KEY, counting, providers } from './support/providers.js';

const require = createRequire(import.meta.url);

/** The parts of GramJS that this test calls. */
interface GramAuthKey {
  keyId: { toString(): string };
  auxHash: { toString(): string };
  setKey(key: Buffer): Promise<void>;
}
const gram = require('telegram/crypto/AuthKey') as { AuthKey: new () => GramAuthKey };

describe.each(providers)('auth key on $name', (crypto) => {
  it('authkey/id-aux-hash: id is the low and aux hash the high 64 bits of SHA1', () => {
    const key = new AuthKey(crypto, counting(256));
    expect([...key.idBytes]).toEqual([50, 209, 88, 110, 164, 87, 223, 200]);
    const aux = new DataView(Uint8Array.of(73, 22, 214, 189, 183, 247, 142, 104).buffer);
    expect(key.auxHash).toBe(aux.getBigInt64(0, true));
    expect(key.id).toBe(
      new DataView(key.idBytes.buffer, key.idBytes.byteOffset).getBigInt64(0, true),
    );
  });

  it('authkey/id-aux-hash: the fingerprint of the research key', () => {
    const key = new AuthKey(crypto, VECTOR_KEY);
    expect(toHex(key.idBytes)).toBe('9ed6e6ef196cc931');
    expect(key.id).toBe(3587517436832175774n);
  });

  it('authkey/id-aux-hash: agrees with GramJS', async () => {
    for (const start of [0, 1, 100, 200]) {
      const ours = new AuthKey(crypto, counting(256, start));
      const theirs = new gram.AuthKey();
      await theirs.setKey(Buffer.from(counting(256, start)));
      expect(BigInt.asUintN(64, ours.id).toString()).toBe(theirs.keyId.toString());
      expect(BigInt.asUintN(64, ours.auxHash).toString()).toBe(theirs.auxHash.toString());
    }
  });

  it('new_nonce_hash1, 2 and 3 match known values', () => {
    const key = new AuthKey(crypto, counting(256));
    const hashes = ([1, 2, 3] as const).map((number) => [
      ...newNonceHash(crypto, counting(32), number, key.auxHash),
    ]);
    expect(hashes).toEqual([
      [194, 206, 210, 179, 62, 89, 58, 85, 210, 127, 74, 93, 171, 238, 124, 103],
      [244, 49, 142, 133, 189, 47, 243, 190, 132, 217, 254, 252, 227, 220, 227, 159],
      [75, 249, 215, 179, 125, 180, 19, 238, 67, 29, 40, 81, 118, 49, 203, 61],
    ]);
    expect(() => newNonceHash(crypto, counting(31), 1, 0n)).toThrow(CryptoError);
  });

  it('shows nothing of itself when printed or serialized', () => {
    const key = new AuthKey(crypto, VECTOR_KEY);
    const shown = [
      inspect(key, { depth: 9, showHidden: true }),
      inspect({ key }),
      JSON.stringify({ key }),
      `${String(key)}`,
    ].join(' ');
    expect(shown).toContain('[AuthKey]');
    expect(shown).not.toContain(key.id.toString());
    expect(shown).not.toMatch(/\d{2}|bytes/);
  });

  it('takes 256 bytes and keeps its own copy', () => {
    for (const size of [0, 255, 257]) {
      expect(() => new AuthKey(crypto, new Uint8Array(size))).toThrow(CryptoError);
    }
    const bytes = VECTOR_KEY.slice();
    const key = new AuthKey(crypto, bytes);
    bytes.fill(0);
    expect(key.bytes).toEqual(VECTOR_KEY);
  });
});

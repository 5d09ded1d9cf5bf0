import { afterEach, describe, expect, it, vi } from 'vitest';
import { hex, portableCrypto, PROVIDERS, TELEGRAM_PRIME } from './providers.js';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe.each(PROVIDERS)('random bytes, %s', (_, crypto) => {
  it('come in any number, never twice', () => {
    for (const size of [0, 1, 16, 255, 256, 257, 4096, 65536, 65537, 200_000]) {
      expect(crypto.randomBytes(size).length).toBe(size);
    }
    const seen = new Set(Array.from({ length: 5000 }, () => hex(crypto.randomBytes(16))));
    expect(seen.size).toBe(5000);
  });

  it('are the caller’s own and fill to the end', () => {
    const first = crypto.randomBytes(32);
    const kept = hex(first);
    for (let i = 0; i < 500; i++) crypto.randomBytes(32);
    expect(hex(first)).toBe(kept);
    expect(first.buffer.byteLength).toBe(32);
    // 64 zero bytes at the end of a correct source have a chance of 2^-512.
    expect(
      crypto
        .randomBytes(70_000)
        .subarray(-64)
        .some((byte) => byte !== 0),
    ).toBe(true);
    expect(
      crypto
        .randomBytes(131_072)
        .subarray(65_500, 65_600)
        .some((b) => b !== 0),
    ).toBe(true);
  });

  it('random/source: nothing uses Math.random', async () => {
    vi.spyOn(Math, 'random').mockImplementation(() => {
      throw new Error('Math.random was called');
    });
    expect(() => Math.random()).toThrow('Math.random was called');
    const [key, iv] = [crypto.randomBytes(32), crypto.randomBytes(32)];
    const authKey = crypto.randomBytes(256);
    for (const size of [64, 4096, 40_000]) {
      const data = crypto.randomBytes(size);
      crypto.aesIgeDecrypt(crypto.aesIgeEncrypt(data, key, iv), key, iv);
      crypto.aesCtr(key, iv.subarray(16)).process(data);
      const packet = new Uint8Array(size + 24);
      crypto.seal2(packet, authKey, 0);
      expect(crypto.open2(packet, authKey, 0)).not.toBeNull();
      for (const name of ['sha1', 'sha256', 'sha512'] as const) crypto[name](data);
      crypto.hmacSha256(key, data);
      crypto.hmacSha512(key, data);
    }
    await crypto.pbkdf2Sha512(key, iv, 2, 64);
    crypto.modPow(key, iv, TELEGRAM_PRIME);
    crypto.modPow(key, Uint8Array.of(3), Uint8Array.of(77));
    expect(crypto.isProbablyPrime(TELEGRAM_PRIME, 2)).toBe(true);
    expect(crypto.isProbablyPrime(authKey.fill(0xfd), 2)).toBe(false);
    expect(crypto.findFactor(1470626929934143021n)).toBe(1206429347n);
  });
});

describe('random bytes of the portable provider', () => {
  it('come from getRandomValues, at most 65,536 in a call', () => {
    const sizes: number[] = [];
    const getRandomValues = (array: Uint8Array): Uint8Array => {
      sizes.push(array.length);
      return array.fill(7);
    };
    vi.stubGlobal('crypto', { getRandomValues });
    expect(portableCrypto.randomBytes(150_000).every((byte) => byte === 7)).toBe(true);
    expect(sizes).toEqual([65_536, 65_536, 18_928]);
  });

  it('random/source: without that source there is an error, not a substitute', () => {
    for (const crypto of [undefined, {}]) {
      vi.stubGlobal('crypto', crypto);
      expect(() => portableCrypto.randomBytes(16)).toThrow(/no crypto\.getRandomValues/);
      expect(() => portableCrypto.isProbablyPrime(TELEGRAM_PRIME, 2)).toThrow(/getRandomValues/);
    }
  });
});

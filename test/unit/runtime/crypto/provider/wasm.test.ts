import { describe, expect, it } from 'vitest';
import { compileWasm } from '../../../../../scripts/build-wasm.mjs';
import { moduleBase64 } from '../../../../../packages/runtime/src/crypto/wasm/generated/module.js';
import { cryptoModule } from '../../../../../packages/runtime/src/crypto/wasm/loader.js';
import { Random, SEED } from '../../../../support/random.js';
import { hex, portableCrypto, PROVIDERS } from './providers.js';

describe('the WebAssembly module', () => {
  it('is what its sources compile to, byte for byte', async () => {
    const compiled = Buffer.from(await compileWasm()).toString('base64');
    expect(compiled === moduleBase64, 'run: node scripts/build-wasm.mjs').toBe(true);
  });

  it('is small enough for browsers to compile on the main thread, and asks for nothing', () => {
    const bytes = Buffer.from(moduleBase64, 'base64');
    expect(bytes.length).toBeLessThan(40_000);
    const module = new WebAssembly.Module(bytes);
    expect(WebAssembly.Module.imports(module)).toEqual([]);
  });

  it('lays out its memory without overlaps', () => {
    const m = cryptoModule();
    const areas: [number, number][] = [
      [m.ROUND_KEYS, 240],
      [m.KEY, 32],
      [m.IV, 32],
      [m.DIGEST, 32],
      [m.AUTH_KEY, 256],
      [m.MSG_KEY, 16],
      [m.COUNTER, 16],
      [m.KEY_STREAM, 16],
      [m.DATA - 32, m.DATA_SIZE + 32],
      [m.bytes.length, 0],
    ];
    areas.sort(([a], [b]) => a - b);
    for (const [i, [start, size]] of areas.entries()) {
      expect(start + size).toBeLessThanOrEqual(areas[i + 1]?.[0] ?? Infinity);
    }
    expect(m.KEY_STREAM).toBe(m.COUNTER + 16);
  });

  it('hashes like everybody else, whole and in pieces', () => {
    const { bytes, DATA, DIGEST, ...m } = cryptoModule();
    const random = new Random(SEED);
    for (let size = 0; size < 300; size++) {
      const data = random.bytes(size);
      const cut = 64 * random.below(1 + (size >> 6));
      bytes.set(data, DATA);
      m.hashStart();
      m.hashBlocks(DATA, cut);
      m.hashFinish(DATA + cut, size - cut, size);
      expect(hex(bytes.subarray(DIGEST, DIGEST + 32))).toBe(hex(portableCrypto.sha256(data)));
    }
  });
});

describe.each(PROVIDERS)('what stays in the module’s memory, %s', (_, crypto) => {
  /** The tables and constants, the same before and after anything. */
  const secretsLeft = (): number => {
    const { bytes, ROUND_KEYS, MSG_KEY, DATA, DATA_SIZE } = cryptoModule();
    const areas = [
      bytes.subarray(ROUND_KEYS, MSG_KEY),
      bytes.subarray(MSG_KEY + 16, DATA + DATA_SIZE),
    ];
    return areas.reduce((sum, area) => sum + area.filter((byte) => byte !== 0).length, 0);
  };

  it('no key, hash or plaintext after a call, whether it succeeded or not', () => {
    const random = new Random(SEED + 1);
    const { bytes, DATA, DATA_SIZE } = cryptoModule();
    bytes.fill(0, DATA - 32, DATA + DATA_SIZE);
    for (const size of [64, 512, 1024, 8192, 32_768, 70_000 - (70_000 % 16)]) {
      const [key, iv, authKey] = [random.bytes(32), random.bytes(32), random.bytes(256)];
      crypto.aesIgeEncrypt(random.bytes(size), key, iv);
      expect(secretsLeft()).toBe(0);
      crypto.aesIgeDecrypt(random.bytes(size), key, iv);
      expect(secretsLeft()).toBe(0);
      crypto.aesCtr(key, iv.subarray(16)).process(random.bytes(size + 3));
      expect(secretsLeft()).toBe(0);
      const packet = new Uint8Array([...new Uint8Array(24), ...random.bytes(size)]);
      crypto.seal2(packet, authKey, 0);
      // Ciphertext and msg_key may stay: they are what goes over the wire.
      bytes.fill(0, DATA - 32, DATA + DATA_SIZE);
      expect(secretsLeft()).toBe(0);
      crypto.open2(packet, authKey, 0);
      expect(secretsLeft()).toBe(0);
      packet[9] = (packet[9] ?? 0) ^ 4;
      expect(crypto.open2(packet, authKey, 0)).toBeNull();
      expect(secretsLeft()).toBe(0);
    }
  });
});

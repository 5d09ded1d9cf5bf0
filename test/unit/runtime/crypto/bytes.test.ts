import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bigIntFromBytes,
  bytesFromBigInt,
  concat,
  equalBytes,
  fromHex,
  toHex,
} from '../../../../packages/runtime/src/crypto/index.js';

const SEED = { seed: 4 };
const SOURCES = fileURLToPath(new URL('../../../../packages/runtime/src/crypto', import.meta.url));

/** The TypeScript of the room, without what is compiled to WASM or generated. */
function sources(): { file: string; text: string }[] {
  return readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/assembly|generated/.test(file))
    .map((file) => ({ file, text: readFileSync(`${SOURCES}/${file}`, 'utf8') }));
}

/** Code without comments. */
function code(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '');
}

describe('bytes', () => {
  it('reads what it writes: hex and big-endian numbers', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(toHex(bytes)).toBe(Buffer.from(bytes).toString('hex'));
        expect(fromHex(toHex(bytes))).toEqual(bytes);
        expect(bytesFromBigInt(bigIntFromBytes(bytes), bytes.length)).toEqual(bytes);
      }),
      SEED,
    );
  });

  it('bigint/leading-zeros: a number keeps the width that is asked for', () => {
    for (const zeros of [0, 1, 2, 3]) {
      const bytes = concat(new Uint8Array(zeros), new Uint8Array(256 - zeros).fill(0xab));
      expect(bytesFromBigInt(bigIntFromBytes(bytes), 256)).toEqual(bytes);
      expect(bytesFromBigInt(bigIntFromBytes(bytes))).toEqual(bytes.subarray(zeros));
    }
    expect(bytesFromBigInt(0n)).toEqual(new Uint8Array());
    expect(bytesFromBigInt(0n, 3)).toEqual(new Uint8Array(3));
    expect(bytesFromBigInt(0xfffn)).toEqual(Uint8Array.of(0x0f, 0xff));
  });

  it('refuses numbers that do not fit and text that is not hex', () => {
    expect(() => bytesFromBigInt(256n, 1)).toThrow(RangeError);
    expect(() => bytesFromBigInt(-1n)).toThrow(RangeError);
    for (const text of ['0', '0g', ' 00', '0x00', '00\n'])
      expect(() => fromHex(text)).toThrow(RangeError);
  });

  it('joins parts into an array of its own', () => {
    const part = Uint8Array.of(1, 2);
    const joined = concat(part, new Uint8Array(), Uint8Array.of(3));
    expect(joined).toEqual(Uint8Array.of(1, 2, 3));
    expect(concat(part).buffer).not.toBe(part.buffer);
  });
});

describe('equalBytes', () => {
  it('finds every single-bit difference, and a different length', () => {
    const bytes = Uint8Array.from({ length: 16 }, (_, index) => index * 17);
    expect(equalBytes(bytes, bytes.slice())).toBe(true);
    expect(equalBytes(new Uint8Array(), new Uint8Array())).toBe(true);
    expect(equalBytes(bytes, bytes.subarray(1))).toBe(false);
    expect(equalBytes(bytes, concat(bytes, Uint8Array.of(0)))).toBe(false);
    for (let bit = 0; bit < 128; bit += 1) {
      const other = bytes.slice();
      other[bit >> 3]! ^= 1 << (bit & 7);
      expect(equalBytes(bytes, other)).toBe(false);
    }
  });

  it('reads every byte of both sides, wherever the first difference is', () => {
    for (const differs of [0, 7, 15]) {
      const left = new Uint8Array(16);
      left[differs] = 1;
      const right = new Uint8Array(16);
      let reads = 0;
      const spy = (bytes: Uint8Array): Uint8Array =>
        new Proxy(bytes, {
          get(target, name) {
            if (typeof name === 'string' && /^\d+$/.test(name)) reads += 1;
            return Reflect.get(target, name, target) as unknown;
          },
        });
      expect(equalBytes(spy(left), spy(right))).toBe(false);
      expect(reads).toBe(32);
    }
  });

  it('msg/msg-key-constant-time: is the only comparison of bytes in the room', () => {
    const files = sources();
    expect(files.length).toBeGreaterThan(15);
    for (const { file, text } of files) {
      const found =
        /\.equals\(|\bBuffer\.compare\([^)]*\)\s*[!=]==|\.every\(|timingSafeEqual|indexOfBytes/.exec(
          code(text),
        );
      expect([file, found?.[0]]).toEqual([file, undefined]);
      // Nor as text or numbers: keys and hashes are never turned into hex or bigint to be compared.
      const asText =
        /(?:toHex|bigIntFromBytes|\.join)\([^)]*\)\s*[!=]==|[!=]==\s*(?:toHex|bigIntFromBytes)\(/;
      expect([file, asText.exec(code(text))?.[0]]).toEqual([file, undefined]);
    }
    const users = files
      .filter(({ text }) => /equalBytes\(/.test(code(text)))
      .map(({ file }) => file);
    expect(users).toEqual(
      expect.arrayContaining(['compare.ts', 'envelope1.ts', 'rsa.ts', 'srp-server.ts']),
    );
  });

  it('random/source: no source but the provider draws random numbers, and only from the platform', () => {
    for (const { file, text } of sources()) {
      expect([file, code(text).includes('Math.random')]).toEqual([file, false]);
      if (!file.startsWith('provider')) {
        const platform = /getRandomValues|randomFill|from 'node:/.exec(code(text));
        expect([file, platform?.[0]]).toEqual([file, undefined]);
      }
    }
  });
});

import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../../../packages/runtime/src/crypto/provider/node.js';
import {
  fileKeyFingerprint,
  newFileKey,
} from '../../../../../packages/runtime/src/files/encrypted/index.js';
import { Random } from '../../../../support/random.js';

const counting = (from: number): Uint8Array =>
  Uint8Array.from({ length: 32 }, (_, at) => from + at);

describe('the key of a file', () => {
  it('sec/file: has the fingerprint of the vector', () => {
    expect(fileKeyFingerprint(counting(0), counting(32))).toBe(-217561997);
  });

  it('has the fingerprint that its definition gives', () => {
    const random = new Random(5);
    for (let run = 0; run < 50; run += 1) {
      const [key, iv] = [random.bytes(32), random.bytes(32)];
      const digest = createHash('md5').update(key).update(iv).digest();
      const expected = digest.readInt32LE(0) ^ digest.readInt32LE(4);
      expect(fileKeyFingerprint(key, iv)).toBe(expected);
    }
  });

  it('is fresh, and comes from the platform’s random source', () => {
    const asked: number[] = [];
    const made = newFileKey({
      randomBytes: (size) => {
        asked.push(size);
        return nodeCrypto.randomBytes(size);
      },
    });
    expect(asked).toEqual([32, 32]);
    expect(made.fingerprint).toBe(fileKeyFingerprint(made.key, made.iv));
    expect(made.key).not.toEqual(made.iv);
    expect(newFileKey(nodeCrypto).key).not.toEqual(made.key);
  });

  it('refuses other lengths', () => {
    expect(() => fileKeyFingerprint(counting(0).slice(1), counting(0))).toThrow(/31 and 32/);
    expect(() => fileKeyFingerprint(counting(0), new Uint8Array(33))).toThrow(/32 and 33/);
  });
});

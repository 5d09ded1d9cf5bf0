import { fromBase64, toBase64 } from '@tlgen/codec';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RUNS, SEED } from '../../support/random.js';

const settings = { seed: SEED, numRuns: 500 * RUNS };

describe('base64', () => {
  it('is what Buffer makes of any bytes, and reads all its forms', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const standard = Buffer.from(bytes).toString('base64');
        expect(toBase64(bytes)).toBe(standard);
        for (const form of [
          standard,
          standard.replace(/=+$/, ''),
          Buffer.from(bytes).toString('base64url'),
        ]) {
          expect(fromBase64(form)).toStrictEqual(bytes);
        }
      }),
      settings,
    );
  });

  it('is null for what is no base64', () => {
    for (const text of [
      'a',
      'abcde',
      '====',
      'a===',
      'ab c',
      'ab\n',
      'é',
      '😀',
      'a=bc',
      'YWJj*',
      '\u0100aaa',
    ]) {
      expect(fromBase64(text), JSON.stringify(text)).toBeNull();
    }
    expect(fromBase64('')).toStrictEqual(new Uint8Array(0));
  });

  it('never throws, and agrees with Buffer on what it takes', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), (text) => {
        const bytes = fromBase64(text);
        if (bytes !== null) expect(Buffer.from(bytes)).toEqual(Buffer.from(text, 'base64'));
      }),
      settings,
    );
  });
});

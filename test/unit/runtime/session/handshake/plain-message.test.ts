import { describe, expect, it } from 'vitest';
import {
  concat,
  fromHex,
  SecurityError,
} from '../../../../../packages/runtime/src/crypto/index.js';
import {
  isPlain,
  openPlain,
  sealPlain,
} from '../../../../../packages/runtime/src/session/plain-message.js';
import { thrownBy } from './support.js';

const BODY = fromHex('78974660aabbccdd');

/** auth_key_id, msg_id, length and body, with what is told of the length. */
function packet(length: number, body: Uint8Array): Uint8Array {
  const head = new DataView(new ArrayBuffer(20));
  head.setBigInt64(8, 5n, true);
  head.setInt32(16, length, true);
  return concat(new Uint8Array(head.buffer), body);
}

describe('an unencrypted message', () => {
  it('has auth_key_id 0, msg_id, length and body', () => {
    const sealed = sealPlain(0x5195_3e60_0000_0004n, BODY);
    expect(sealed).toEqual(fromHex('000000000000000004000000603e95510800000078974660aabbccdd'));
    expect(isPlain(sealed)).toBe(true);
    expect(openPlain(sealed)).toEqual({ msgId: 0x5195_3e60_0000_0004n, body: BODY });
  });

  it('is read from the middle of a buffer', () => {
    const sealed = sealPlain(4n, BODY);
    const within = concat(new Uint8Array(3).fill(9), sealed).subarray(3);
    expect(openPlain(within).body).toEqual(BODY);
    expect(sealPlain(4n, concat(Uint8Array.of(1), BODY).subarray(1))).toEqual(sealed);
  });

  it('is told from an encrypted one by its first 8 bytes', () => {
    expect(isPlain(new Uint8Array(8))).toBe(true);
    expect(isPlain(new Uint8Array(7))).toBe(false);
    for (let at = 0; at < 8; at++) {
      const bytes = new Uint8Array(24);
      bytes[at] = 1;
      expect(isPlain(bytes)).toBe(false);
    }
  });

  it('is not made of a body that is no TL', () => {
    expect(() => sealPlain(4n, new Uint8Array())).toThrow(RangeError);
    expect(() => sealPlain(4n, new Uint8Array(6))).toThrow(RangeError);
  });

  const refused: readonly (readonly [string, string, Uint8Array])[] = [
    ['without a body', 'packet-length', packet(0, new Uint8Array())],
    ['with a cut body', 'packet-length', packet(4, new Uint8Array(3))],
    ['with a key id', 'auth-key-id', concat(Uint8Array.of(1), packet(8, BODY).subarray(1))],
    ['of length 0', 'message-length', packet(0, BODY)],
    ['of a negative length', 'message-length', packet(-4, BODY)],
    ['of length 6', 'message-length', packet(6, BODY)],
    ['that ends after its packet', 'message-length', packet(12, BODY)],
    ['of the largest length', 'message-length', packet(0x7fff_fffc, BODY)],
    ['with 16 bytes behind it', 'message-length', packet(8, concat(BODY, new Uint8Array(16)))],
  ];
  for (const [what, code, bytes] of refused) {
    it(`is refused ${what}`, () => {
      const error = thrownBy(() => openPlain(bytes)) as SecurityError;
      expect(error).toBeInstanceOf(SecurityError);
      expect(error.code).toBe(code);
    });
  }

  it('may be as short as 4 bytes, and have 15 bytes of a transport behind it', () => {
    expect(openPlain(packet(4, BODY.subarray(0, 4))).body).toHaveLength(4);
    expect(openPlain(packet(8, concat(BODY, new Uint8Array(15).fill(1)))).body).toEqual(BODY);
  });
});

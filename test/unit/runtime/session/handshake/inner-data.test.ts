import { encode } from '@tlgen/codec';
import { PQInnerDataDc, ReqDHParamsRequest, ServerDHParamsOk } from '@tlgen/mtproto';
import { describe, expect, it } from 'vitest';
import { concat, SecurityError } from '../../../../../packages/runtime/src/crypto/index.js';
import { nodeCrypto } from '../../../../../packages/runtime/src/crypto/provider/node.js';
import { handshakeKeys } from '../../../../../packages/runtime/src/crypto/kdf.js';
import { HandshakeError } from '../../../../../packages/runtime/src/session/errors.js';
import {
  openHashed,
  sealHashed,
} from '../../../../../packages/runtime/src/session/handshake/hashed-data.js';
import { takeParams } from '../../../../../packages/runtime/src/session/handshake/step-params.js';
import type { ParamsAsked } from '../../../../../packages/runtime/src/session/handshake/states.js';
import { flipped, Pair, rsaKey, seeded, START, thrownBy, withRandom } from './support.js';

/** A recorded exchange up to the answer of `req_DH_params`, with what only client and server know. */
function recorded(): { state: ParamsAsked; plain: Uint8Array } {
  let plain: Uint8Array | null = null;
  const own = seeded(1);
  const drawn: Uint8Array[] = [];
  const clientCrypto = withRandom((size) => {
    const bytes = own.randomBytes(size);
    drawn.push(bytes);
    return bytes;
  });
  const hooks = { plainAnswer: (bytes: Uint8Array) => (plain = bytes) };
  const pair = new Pair({ clientCrypto, hooks });
  const first = pair.round(pair.start());
  if (first.type !== 'send') throw new Error('resPQ was not accepted');
  pair.round(first.bytes);
  const nonce = drawn[0]!;
  const newNonce = drawn[1]!;
  const serverNonce = pair.toClient[0]!.slice(20 + 4 + 16, 20 + 4 + 32);
  const { key, iv } = handshakeKeys(nodeCrypto, newNonce, serverNonce);
  const secrets = { nonce, serverNonce, newNonce, aesKey: key, aesIv: iv };
  return {
    state: { step: 'server_DH_params', query: new Uint8Array(), secrets },
    plain: plain!,
  };
}

const { state, plain } = recorded();
const settings = { crypto: seeded(3), rsaKeys: [rsaKey], dcId: 2, expiresIn: null };
const DATA_SIZE = 4 + 32 + 4 + (4 + 256) * 2 + 4;

function take(encryptedAnswer: Uint8Array): unknown {
  const { nonce, serverNonce } = state.secrets;
  const body = encode(new ServerDHParamsOk({ nonce, serverNonce, encryptedAnswer }));
  return takeParams(settings, state, body);
}

const takePlain = (bytes: Uint8Array): unknown =>
  take(nodeCrypto.aesIgeEncrypt(bytes, state.secrets.aesKey, state.secrets.aesIv));

describe('exchange/inner-sha1', () => {
  it('takes the recorded answer', () => {
    expect(takePlain(plain)).toMatchObject({
      step: 'set_client_DH_params',
      group: { g: 3, serverTime: Math.floor(START / 1000) },
    });
  });

  it('exchange/inner-sha1: each corrupted byte of hash and data is refused', () => {
    for (let at = 0; at < 20 + DATA_SIZE; at++) {
      const error = thrownBy(() => takePlain(flipped(plain, at * 8 + (at % 8)))) as SecurityError;
      expect(error).toBeInstanceOf(SecurityError);
      expect(error.code).toBe('answer-hash');
      expect(error.message).toMatch(/^server_DH_params_ok: /);
    }
  });

  it('exchange/inner-sha1: each corrupted byte of the ciphertext is refused', () => {
    const { aesKey, aesIv } = state.secrets;
    const encrypted = nodeCrypto.aesIgeEncrypt(plain, aesKey, aesIv);
    // The last block holds only a few bytes of data; IGE spreads a change to all that follows.
    for (let at = 0; at < 20 + DATA_SIZE; at++) {
      const error = thrownBy(() => take(flipped(encrypted, at * 8))) as SecurityError;
      expect(error.code).toBe('answer-hash');
    }
  });

  it('exchange/inner-sha1: padding of 16 bytes or more is refused, less is not looked at', () => {
    const bare = plain.subarray(0, 20 + DATA_SIZE);
    const missing = (16 - (bare.length % 16)) % 16;
    expect(takePlain(concat(bare, new Uint8Array(missing).fill(7)))).toBeDefined();
    for (const more of [16, 32, 1024]) {
      const padded = concat(bare, new Uint8Array(missing + more));
      const error = thrownBy(() => takePlain(padded)) as SecurityError;
      expect(error.code).toBe('answer-hash');
    }
  });

  it('exchange/inner-sha1: a length that is no multiple of 16, or 0, is refused', () => {
    const encrypted = nodeCrypto.aesIgeEncrypt(plain, state.secrets.aesKey, state.secrets.aesIv);
    for (const size of [1, 15, 17, encrypted.length - 1, encrypted.length - 8]) {
      const error = thrownBy(() => take(encrypted.subarray(0, size))) as SecurityError;
      expect(error).toBeInstanceOf(SecurityError);
      expect(error.code).toBe('packet-length');
      expect(error.message).toContain(`encrypted_answer has ${size} bytes`);
    }
    const empty = thrownBy(() => take(new Uint8Array())) as SecurityError;
    expect(empty.code).toBe('packet-length');
    expect(empty.message).toContain('is empty');
    for (const size of [16, 32]) {
      const error = thrownBy(() => take(encrypted.subarray(0, size))) as SecurityError;
      expect(error.code).toBe('answer-hash');
    }
  });

  it('exchange/inner-sha1: data that fills its blocks has no padding at all', () => {
    const data = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    const full = concat(nodeCrypto.sha1(data), data);
    expect(sealHashed(nodeCrypto, data)).toEqual(full);
    expect(openHashed(nodeCrypto, full)).toEqual(data);
    expect(openHashed(nodeCrypto, concat(full, new Uint8Array(16)))).toBeNull();
    expect(openHashed(nodeCrypto, new Uint8Array(16))).toBeNull();
  });

  it('a well-hashed object of another kind is no answer', () => {
    for (const data of [encode(other()), Uint8Array.of(1, 2, 3, 4)]) {
      const padding = new Uint8Array((16 - ((20 + data.length) % 16)) % 16);
      const sealed = concat(nodeCrypto.sha1(data), data, padding);
      const error = thrownBy(() => takePlain(sealed)) as HandshakeError;
      expect(error).toBeInstanceOf(HandshakeError);
      expect(error.code).toBe('bad-answer');
      expect(error.message).toMatch(/^server_DH_inner_data: /);
    }
  });
});

describe('what the client sends under RSA', () => {
  it('is a request for the key whose fingerprint the server offered', () => {
    const pair = new Pair();
    const step = pair.round(pair.start());
    if (step.type !== 'send') throw new Error('resPQ was not accepted');
    const id = new DataView(step.bytes.buffer).getUint32(20, true);
    expect(id).toBe(ReqDHParamsRequest.id);
  });
});

function other(): PQInnerDataDc {
  const { nonce, serverNonce, newNonce } = state.secrets;
  const number = Uint8Array.of(1);
  return new PQInnerDataDc({
    pq: number,
    p: number,
    q: number,
    nonce,
    serverNonce,
    newNonce,
    dc: 2,
  });
}

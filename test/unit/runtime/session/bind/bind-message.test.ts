import { createHash } from 'node:crypto';
import { decode, Registry, toJson } from '@tlgen/codec';
import { BindAuthKeyInner } from '@tlgen/mtproto';
import { auth } from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import {
  AuthKey,
  openMessage1,
  SecurityError,
} from '../../../../../packages/runtime/src/crypto/index.js';
import { deriveKeys1 } from '../../../../../packages/runtime/src/crypto/kdf.js';
import { nodeCrypto } from '../../../../../packages/runtime/src/crypto/provider/node.js';
import { bindMessage } from '../../../../../packages/runtime/src/session/bind/index.js';
import { Random } from '../../../../support/random.js';
import { seeded, thrownBy } from '../handshake/support.js';

const random = new Random(7);
const permKey = new AuthKey(nodeCrypto, random.bytes(256));
const tempKey = new AuthKey(nodeCrypto, random.bytes(256));
const OPTIONS = {
  permKey,
  tempKey,
  tempSessionId: -0x1122_3344_5566_7788n,
  msgId: 0x6957_0000_1234_5678n,
  expiresAt: 1_767_409_445,
};

describe('pfs/bind', () => {
  it('pfs/bind: the request is auth.bindTempAuthKey of the API schema', () => {
    const { request, nonce, encryptedMessage } = bindMessage(seeded(1), OPTIONS);
    const registry = new Registry().addMethods([auth.BindTempAuthKeyRequest]);
    const read = decode(request, registry) as auth.BindTempAuthKeyRequest;
    expect(new DataView(request.buffer).getUint32(0, true)).toBe(0xcdd42a05);
    expect(toJson(read)).toEqual(
      toJson(
        new auth.BindTempAuthKeyRequest({
          permAuthKeyId: permKey.id,
          nonce,
          expiresAt: OPTIONS.expiresAt,
          encryptedMessage,
        }),
      ),
    );
  });

  it('pfs/bind: the encrypted message is MTProto 1.0 under the permanent key, byte by byte', () => {
    const { encryptedMessage, nonce } = bindMessage(seeded(1), OPTIONS);
    expect(encryptedMessage).toHaveLength(8 + 16 + 80);
    expect(encryptedMessage.subarray(0, 8)).toEqual(permKey.idBytes);
    const msgKey = encryptedMessage.subarray(8, 24);
    const { key, iv } = deriveKeys1(nodeCrypto, permKey.bytes, msgKey, 0);
    const plain = nodeCrypto.aesIgeDecrypt(encryptedMessage.subarray(24), key, iv);
    const covered = plain.subarray(0, 72);
    const sha1 = createHash('sha1').update(covered).digest();
    expect(new Uint8Array(sha1.subarray(4))).toEqual(msgKey.slice());
    const view = new DataView(plain.buffer, plain.byteOffset);
    expect(view.getBigInt64(16, true)).toBe(OPTIONS.msgId);
    expect(view.getInt32(24, true)).toBe(0);
    expect(view.getInt32(28, true)).toBe(40);
    expect(view.getUint32(32, true)).toBe(BindAuthKeyInner.id);
    expect(view.getBigInt64(36, true)).toBe(nonce);
    expect(view.getBigInt64(44, true)).toBe(tempKey.id);
    expect(view.getBigInt64(52, true)).toBe(permKey.id);
    expect(view.getBigInt64(60, true)).toBe(OPTIONS.tempSessionId);
    expect(view.getInt32(68, true)).toBe(OPTIONS.expiresAt);
  });

  it('pfs/bind: nonce, salt and session id are random, and the nonce may be given', () => {
    const seen = new Set<bigint>();
    for (const seed of [1, 2]) {
      const { encryptedMessage, nonce } = bindMessage(seeded(seed), OPTIONS);
      const { salt, sessionId } = openMessage1(nodeCrypto, permKey, 'client', encryptedMessage);
      expect(sessionId).not.toBe(OPTIONS.tempSessionId);
      for (const one of [nonce, salt, sessionId]) seen.add(one);
    }
    expect(seen.size).toBe(6);
    expect(bindMessage(seeded(1), { ...OPTIONS, nonce: -5n }).nonce).toBe(-5n);
  });

  it('pfs/bind: the temporary key does not open it', () => {
    const { encryptedMessage } = bindMessage(seeded(1), OPTIONS);
    const error = thrownBy(() => openMessage1(nodeCrypto, tempKey, 'client', encryptedMessage));
    expect((error as SecurityError).code).toBe('auth-key-id');
  });
});

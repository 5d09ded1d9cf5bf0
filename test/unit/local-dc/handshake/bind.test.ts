import { encode, type TlObject } from '@tlgen/codec';
import { BindAuthKeyInner, MsgsAck } from '@tlgen/mtproto';
import { describe, expect, it } from 'vitest';
import { AuthKey, sealMessage1 } from '../../../../packages/runtime/src/crypto/index.js';
import { nodeCrypto } from '../../../../packages/runtime/src/crypto/provider/node.js';
import { bindMessage } from '../../../../packages/runtime/src/session/bind/index.js';
import { checkBind, type BindCheck } from '../../../../packages/local-dc/src/protocol/bind.js';
import { Random } from '../../../support/random.js';

const random = new Random(8);
const permKey = new AuthKey(nodeCrypto, random.bytes(256));
const tempKey = new AuthKey(nodeCrypto, random.bytes(256));
const otherKey = new AuthKey(nodeCrypto, random.bytes(256));
const NOW = 1_767_323_045;
const EXPIRES = NOW + 86_400;
const SESSION = 0x1234n;
const MSG = 0x6957_0000_0000_0004n;
const NONCE = 77n;

const client = bindMessage(nodeCrypto, {
  permKey,
  tempKey,
  tempSessionId: SESSION,
  msgId: MSG,
  expiresAt: EXPIRES,
  nonce: NONCE,
});

const RIGHT: BindCheck = {
  permKey,
  tempKey: { key: tempKey, expiresAt: EXPIRES },
  sessionId: SESSION,
  msgId: MSG,
  request: {
    permAuthKeyId: permKey.id,
    nonce: NONCE,
    expiresAt: EXPIRES,
    encryptedMessage: client.encryptedMessage,
  },
  now: NOW,
};

/** A message of another make in place of the client's. */
function sealed(
  inner: Partial<Record<string, unknown>> | TlObject,
  outer: { msgId?: bigint; seqNo?: number } = {},
  from: 'client' | 'server' = 'client',
): BindCheck {
  const body =
    '$write' in inner
      ? encode(inner as TlObject)
      : encode(
          new BindAuthKeyInner({
            nonce: NONCE,
            tempAuthKeyId: tempKey.id,
            permAuthKeyId: permKey.id,
            tempSessionId: SESSION,
            expiresAt: EXPIRES,
            ...inner,
          } as never),
        );
  const message = { salt: 1n, sessionId: 2n, msgId: MSG, seqNo: 0, ...outer, body };
  const encryptedMessage = sealMessage1(nodeCrypto, permKey, from, message);
  return { ...RIGHT, request: { ...RIGHT.request, encryptedMessage } };
}

const withRequest = (fields: Partial<BindCheck['request']>): BindCheck => ({
  ...RIGHT,
  request: { ...RIGHT.request, ...fields },
});

const INVALID = 'ENCRYPTED_MESSAGE_INVALID';

describe('pfs/bind at the server', () => {
  const cases: readonly (readonly [string, BindCheck, string | null])[] = [
    ['what our client sends', RIGHT, null],
    ['the same made by hand', sealed({}), null],
    [
      'a key bound to the same key before',
      { ...RIGHT, tempKey: { ...RIGHT.tempKey, boundTo: permKey } },
      null,
    ],
    [
      'a key bound to another key',
      { ...RIGHT, tempKey: { ...RIGHT.tempKey, boundTo: otherKey } },
      'TEMP_AUTH_KEY_ALREADY_BOUND',
    ],
    [
      'a permanent key in place of a temporary one',
      { ...RIGHT, tempKey: { key: tempKey, expiresAt: null } },
      'TEMP_AUTH_KEY_EMPTY',
    ],
    ['an unknown permanent key', { ...RIGHT, permKey: null }, INVALID],
    ['another permanent key', { ...RIGHT, permKey: otherKey }, INVALID],
    ['another id of the permanent key', withRequest({ permAuthKeyId: otherKey.id }), INVALID],
    ['an empty message', withRequest({ encryptedMessage: new Uint8Array() }), INVALID],
    [
      'a changed message',
      withRequest({ encryptedMessage: client.encryptedMessage.map((b, i) => (i === 60 ? ~b : b)) }),
      INVALID,
    ],
    ['a message from a server', sealed({}, {}, 'server'), INVALID],
    ['another message id', { ...RIGHT, msgId: MSG + 4n }, INVALID],
    ['a message id that differs inside', sealed({}, { msgId: MSG + 4n }), INVALID],
    ['a seqno', sealed({}, { seqNo: 1 }), INVALID],
    ['another object inside', sealed(new MsgsAck({ msgIds: [] })), INVALID],
    ['another nonce', withRequest({ nonce: NONCE + 1n }), INVALID],
    ['another temporary key inside', sealed({ tempAuthKeyId: otherKey.id }), INVALID],
    ['another permanent key inside', sealed({ permAuthKeyId: otherKey.id }), INVALID],
    ['another session', { ...RIGHT, sessionId: SESSION + 1n }, INVALID],
    ['another session inside', sealed({ tempSessionId: SESSION + 1n }), INVALID],
    ['another expiry inside', sealed({ expiresAt: EXPIRES - 1 }), INVALID],
    ['an expiry in the past', { ...RIGHT, now: EXPIRES }, 'EXPIRES_AT_INVALID'],
    ['the last second', { ...RIGHT, now: EXPIRES - 1 }, null],
    [
      'an expiry a minute after the key',
      { ...RIGHT, tempKey: { key: tempKey, expiresAt: EXPIRES - 60 } },
      null,
    ],
    [
      'an expiry long after the key',
      { ...RIGHT, tempKey: { key: tempKey, expiresAt: EXPIRES - 61 } },
      'EXPIRES_AT_INVALID',
    ],
  ];
  for (const [what, check, expected] of cases) {
    it(`pfs/bind: ${what}: ${expected ?? 'bound'}`, () => {
      expect(checkBind(nodeCrypto, check)).toBe(expected);
    });
  }
});

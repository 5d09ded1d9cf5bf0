import { decode, encode, fromJson, toJson, type JsonObject } from '@tlgen/codec';
import { describe, expect, it } from 'vitest';
import { ownRegistry, type OwnSchema } from '../support/schemas.js';

const base64 = (hex: string): string => Buffer.from(hex, 'hex').toString('base64');
const NONCE = '3e0549828cca27e966b301a48fece2fc';
const SERVER_NONCE = 'a5cf4d33f4a11ea877ba4aa573907330';

/** Bytes put down by hand, from the specification: they hold the code to something outside of this repository. */
const VECTORS: [what: string, schema: OwnSchema, json: JsonObject, hex: string][] = [
  [
    'req_pq_multi, as in the sample of the MTProto documentation',
    'mtproto',
    { _: 'req_pq_multi', nonce: base64(NONCE) },
    `f18e7ebe ${NONCE}`,
  ],
  [
    'resPQ, as in the sample of the MTProto documentation',
    'mtproto',
    {
      _: 'resPQ',
      nonce: base64(NONCE),
      serverNonce: base64(SERVER_NONCE),
      pq: base64('17ed48941a08f981'),
      serverPublicKeyFingerprints: ['-4344800451088585951'],
    },
    `63241605 ${NONCE} ${SERVER_NONCE} 0817ed48941a08f981000000 15c4b51c 01000000 216be86c022bb4c3`,
  ],
  [
    'a container: bare messages in a bare vector',
    'mtproto',
    {
      _: 'msg_container',
      messages: [
        { _: 'message', msgId: '1', seqno: 2, bytes: 12, body: { _: 'ping', pingId: '-1' } },
      ],
    },
    'dcf8f173 01000000 0100000000000000 02000000 0c000000 ec77be7a ffffffffffffffff',
  ],
  [
    'a message of a secret chat, with an optional field and an empty vector',
    'secret',
    {
      _: 'decryptedMessage_45',
      randomId: '1',
      ttl: 0,
      message: 'Hi',
      entities: [],
      viaBotName: 'bot',
    },
    'de91b036 80080000 0100000000000000 00000000 02486900 15c4b51c 00000000 03626f74',
  ],
  [
    'a method with true flags',
    'telegram',
    {
      _: 'messages.sendEncrypted',
      silent: true,
      peer: { _: 'inputEncryptedChat', chatId: 7, accessHash: '8' },
      randomId: '9',
      data: base64('0102030405'),
    },
    '157afa44 01000000 e1b541f1 07000000 0800000000000000 0900000000000000 0501020304050000',
  ],
];

describe.each(VECTORS)('%s', (_what, schema, json, hex) => {
  const bytes = new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

  it('is written so', async () => {
    const registry = await ownRegistry(schema);
    expect(Buffer.from(encode(fromJson(json, registry))).toString('hex')).toBe(
      hex.replaceAll(' ', ''),
    );
  });

  it('is read back', async () => {
    expect(toJson(decode(bytes, await ownRegistry(schema)))).toMatchObject(json);
  });
});

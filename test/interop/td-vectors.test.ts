import { encode } from '@tlgen/codec';
import { Pong, PingRequest } from '@tlgen/mtproto';
import { help, InitConnectionRequest, InvokeWithLayerRequest } from '@tlgen/telegram';
import Long from 'long';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  AuthKey,
  openMessage,
  sealMessage,
  type PlainMessage,
  type Sender,
} from '../../packages/runtime/src/crypto/index.js';
import { gramState, mtcuteAuthKey } from '../unit/runtime/crypto/support/peers.js';
import { providers, VECTOR_KEY } from '../unit/runtime/crypto/support/providers.js';
import { Random } from '../support/random.js';
import { MtcuteCrypto } from '../support/strangers/mtcute-crypto.js';

/*
 * The catalogue asks for packets recorded from TDLib and gotd. Neither runs offline, and nobody publishes recordings
 * with their keys, because those are somebody's sign-in. In their place stand packets that two other implementations
 * make with their own code, and ours given to them. The known answers of the key derivation (computed apart from any
 * client) are in test/unit/runtime/crypto; whole sessions with both libraries in strangers-*.test.ts, where mtcute
 * also binds temporary keys by MTProto 1.0.
 */

const SALT = -0x1234_5678_9abc_def0n;
const SESSION = 0x7eed_c0de_0bad_cafen;
/** Of October 2026, ending as those of the client and of the server's answers do. */
const MSG_ID = { client: 0x6ae1_2345_0000_0000n, server: 0x6ae1_2345_0000_0001n };

const mtcute = new MtcuteCrypto();
beforeAll(() => mtcute.initialize());

/** What clients really send and get, and sizes around the ends of AES blocks. */
const random = new Random(115);
const BODIES: readonly (readonly [string, Uint8Array])[] = [
  ['ping', encode(new PingRequest({ pingId: -1n }))],
  [
    'the first call of a session',
    encode(
      new InvokeWithLayerRequest({
        layer: 229,
        query: new InitConnectionRequest({
          apiId: 1,
          deviceModel: 'model',
          systemVersion: '1',
          appVersion: '1',
          systemLangCode: 'en',
          langPack: '',
          langCode: 'en',
          query: new help.GetConfigRequest(),
        }),
      }),
    ),
  ],
  ...[4, 8, 12, 16, 20, 1000, 65_536].map((size) => [`${size} bytes`, random.bytes(size)] as const),
];

const message = (from: Sender, body: Uint8Array): PlainMessage => ({
  salt: SALT,
  sessionId: SESSION,
  msgId: MSG_ID[from],
  seqNo: 7,
  body,
});
const plain = ({ msgId, seqNo, body }: PlainMessage): Buffer => {
  const head = Buffer.alloc(16);
  head.writeBigInt64LE(msgId);
  head.writeInt32LE(seqNo, 8);
  head.writeInt32LE(body.length, 12);
  return Buffer.concat([head, body]);
};
const long = (value: bigint): Long => Long.fromString(value.toString());

describe.each(providers)('interop/td-vectors, cryptography on $name', (crypto) => {
  const key = new AuthKey(crypto, VECTOR_KEY);

  describe.each(BODIES)('%s', (_, body) => {
    it('interop/td-vectors: packets of GramJS decode', async () => {
      const state = await gramState(VECTOR_KEY, SALT, SESSION);
      const sent = message('client', body);
      const packet = await state.encryptMessageData(plain(sent));
      expect(openMessage(crypto, key, 'client', new Uint8Array(packet))).toEqual(sent);
    });

    it('interop/td-vectors: packets of mtcute decode', () => {
      const sent = message('client', body);
      const theirs = mtcuteAuthKey(mtcute, VECTOR_KEY);
      const packet = theirs.encryptMessage(plain(sent), long(SALT), long(SESSION));
      expect(openMessage(crypto, key, 'client', packet)).toEqual(sent);
    });

    it.each([undefined, 12, 1024])(
      'interop/td-vectors: mtcute decodes ours, padded with %s or a few more bytes',
      (least) => {
        const sent = message('server', body);
        const padding = least && paddingFrom(least, body.length);
        const options = padding === undefined ? {} : { padding };
        const packet = sealMessage(crypto, key, 'server', sent, options);
        const got: unknown[] = [];
        mtcuteAuthKey(mtcute, VECTOR_KEY).decryptMessage(packet, long(SESSION), (id, seqNo, r) => {
          got.push([BigInt.asIntN(64, BigInt(id.toString())), seqNo, r.raw(body.length)]);
        });
        expect(got).toEqual([[sent.msgId, sent.seqNo, body]]);
      },
    );
  });

  it('interop/td-vectors: GramJS decodes ours', async () => {
    const state = (await gramState(VECTOR_KEY, SALT, SESSION)) as unknown as GramReader;
    const body = encode(new Pong({ msgId: 5n, pingId: -1n }));
    const packet = sealMessage(crypto, key, 'server', message('server', body));
    const { msgId, seqNo, obj } = await state.decryptMessageData(Buffer.from(packet));
    expect([String(msgId), seqNo]).toEqual([MSG_ID.server.toString(), 7]);
    expect(obj.getBytes()).toEqual(Buffer.from(body));
  });
});

/** What GramJS reads of a packet; the body only as an object. */
interface GramReader {
  decryptMessageData(packet: Buffer): Promise<{
    readonly msgId: { toString(): string };
    readonly seqNo: number;
    readonly obj: { getBytes(): Buffer };
  }>;
}

/** The padding nearest to `near` that fills whole AES blocks, within 12 … 1024. */
function paddingFrom(near: number, size: number): number {
  const missing = (16 - ((32 + size + near) % 16)) % 16;
  return near + missing <= 1024 ? near + missing : near + missing - 16;
}

import { decode, encode, type TlObject } from '@tlgen/codec';
import {
  ClientDHInnerData,
  PQInnerDataDc,
  ReqDHParamsRequest,
  ReqPqMultiRequest,
  ResPQ,
  ServerDHInnerData,
  ServerDHParamsOk,
  SetClientDHParamsRequest,
} from '@tlgen/mtproto';
import { constructors } from '@tlgen/mtproto/constructors';
import { createHash } from 'node:crypto';
import {
  bigIntFromBytes,
  bytesFromBigInt,
  concat,
  factorize,
  handshakeKeys,
  rsaPad,
  type AesKeys,
} from '../../../../packages/runtime/src/crypto/index.js';
import { nodeCrypto } from '../../../../packages/runtime/src/crypto/provider/node.js';
import {
  localRsaKey,
  ServerHandshake,
  type HandshakeOutcome,
  type ServerHandshakeOptions,
} from '../../../../packages/local-dc/src/protocol/handshake/index.js';
import { Random } from '../../../support/random.js';

export const rsaKey = localRsaKey(nodeCrypto);
export const NOW = 1_767_323_045.25;

export function seeded(seed: number): typeof nodeCrypto {
  const random = new Random(seed);
  const randomBytes = (size: number): Uint8Array => random.bytes(size);
  return Object.assign(Object.create(nodeCrypto) as typeof nodeCrypto, { randomBytes });
}

export function makeServer(options: Partial<ServerHandshakeOptions> = {}): ServerHandshake {
  const rsaKeys = [rsaKey];
  return new ServerHandshake({ crypto: seeded(2), rsaKeys, dcId: 2, now: () => NOW, ...options });
}

const sha1 = (data: Uint8Array): Uint8Array => createHash('sha1').update(data).digest();

/** A packet as a client sends it. */
export function packetOf(body: Uint8Array, msgId = 0x6957_0000_0000_0004n): Uint8Array {
  const head = new DataView(new ArrayBuffer(20));
  head.setBigInt64(8, msgId, true);
  head.setInt32(16, body.length, true);
  return concat(new Uint8Array(head.buffer), body);
}

export type Fields = Record<string, unknown>;

/** A client of its own making, which can do every step wrongly. */
export class Stranger {
  readonly crypto = seeded(1);
  readonly nonce = this.crypto.randomBytes(16);
  readonly newNonce = this.crypto.randomBytes(32);
  serverNonce: Uint8Array = new Uint8Array(16);
  pq: Record<'pq' | 'p' | 'q', Uint8Array> = {
    pq: new Uint8Array(),
    p: new Uint8Array(),
    q: new Uint8Array(),
  };
  inner: ServerDHInnerData | null = null;
  aes: AesKeys = { key: new Uint8Array(32), iv: new Uint8Array(32) };

  constructor(readonly server: ServerHandshake) {}

  say(object: TlObject): HandshakeOutcome {
    return this.server.receive(packetOf(encode(object)));
  }

  askPq(query: TlObject = new ReqPqMultiRequest({ nonce: this.nonce })): ResPQ {
    const answer = read<ResPQ>(this.say(query));
    this.serverNonce = answer.serverNonce.slice();
    this.pq = { pq: answer.pq, ...factorize(nodeCrypto, answer.pq) };
    return answer;
  }

  /** `p_q_inner_data_dc`, with other fields where given. */
  innerData(fields: Fields = {}): PQInnerDataDc {
    const { nonce, serverNonce, newNonce } = this;
    return new PQInnerDataDc({
      ...this.pq,
      nonce,
      serverNonce,
      newNonce,
      dc: 2,
      ...fields,
    });
  }

  askParams(inner: TlObject = this.innerData(), fields: Fields = {}): HandshakeOutcome {
    const { nonce, serverNonce, pq } = this;
    return this.say(
      new ReqDHParamsRequest({
        nonce,
        serverNonce,
        p: pq.p,
        q: pq.q,
        publicKeyFingerprint: rsaKey.fingerprint,
        encryptedData: rsaPad(this.crypto, encode(inner), rsaKey),
        ...fields,
      }),
    );
  }

  takeParams(outcome: HandshakeOutcome): ServerDHInnerData {
    const { encryptedAnswer } = read<ServerDHParamsOk>(outcome);
    this.aes = handshakeKeys(nodeCrypto, this.newNonce, this.serverNonce);
    const plain = nodeCrypto.aesIgeDecrypt(encryptedAnswer, this.aes.key, this.aes.iv);
    const size = 4 + 32 + 4 + 260 + 260 + 4;
    this.inner = decode(plain.slice(20, 20 + size), constructors) as ServerDHInnerData;
    return this.inner;
  }

  /** Sends g_b; where given, with other fields of the inner data and of the query. */
  share(b: bigint, fields: Fields = {}, query: Fields = {}): HandshakeOutcome {
    const { nonce, serverNonce } = this;
    const gB = nodeCrypto.modPow(
      Uint8Array.of(this.inner!.g),
      bytesFromBigInt(b),
      this.inner!.dhPrime,
    );
    const data = encode(
      new ClientDHInnerData({ nonce, serverNonce, retryId: 0n, gB, ...fields } as never),
    );
    const padding = new Uint8Array((16 - ((20 + data.length) % 16)) % 16);
    return this.shareBytes(concat(sha1(data), data, padding), query);
  }

  shareBytes(plain: Uint8Array, query: Fields = {}): HandshakeOutcome {
    const { nonce, serverNonce, aes } = this;
    const encryptedData = nodeCrypto.aesIgeEncrypt(plain, aes.key, aes.iv);
    return this.say(new SetClientDHParamsRequest({ nonce, serverNonce, encryptedData, ...query }));
  }

  keyOf(b: bigint): bigint {
    const { gA, dhPrime } = this.inner!;
    return bigIntFromBytes(nodeCrypto.modPow(gA, bytesFromBigInt(b), dhPrime));
  }
}

export function read<T extends TlObject>(outcome: HandshakeOutcome): T {
  if (outcome.reply === null) throw new Error(`no answer: ${outcome.refusal?.reason}`);
  return decode(outcome.reply.slice(20), constructors) as T;
}

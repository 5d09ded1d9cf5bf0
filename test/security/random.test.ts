import { decode, encode } from '@tlgen/codec';
import {
  BindAuthKeyInner,
  ClientDHInnerData,
  PingDelayDisconnectRequest,
  PQInnerDataDc,
  PQInnerDataTempDc,
  ReqDHParamsRequest,
  ReqPqMultiRequest,
  SetClientDHParamsRequest,
} from '@tlgen/mtproto';
import { registry } from '@tlgen/mtproto/registry';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  concat,
  handshakeKeys,
  openMessage1,
  rsaUnpad,
  TELEGRAM_PRIME,
  toHex,
  type CryptoProvider,
} from '../../packages/runtime/src/crypto/index.js';
import { nodeCrypto } from '../../packages/runtime/src/crypto/provider/node.js';
import { openPlain } from '../../packages/runtime/src/session/index.js';
import { localRsaKey } from '../../packages/local-dc/src/protocol/handshake/index.js';
import { Random } from '../support/random.js';
import { idOf } from '../support/session-peer.js';
import { BIND, BOOL_TRUE, PfsRig } from '../unit/runtime/session/pfs-rig.js';

/** Remembers every draw, so that a value can be shown to be one. */
class Source {
  readonly draws = new Set<string>();
  readonly crypto: CryptoProvider;

  constructor(seed: number) {
    const random = new Random(seed);
    this.crypto = Object.assign(Object.create(nodeCrypto) as CryptoProvider, {
      randomBytes: (size: number): Uint8Array => {
        const bytes = random.bytes(size);
        this.draws.add(toHex(bytes));
        return bytes;
      },
    });
  }

  has(bytes: Uint8Array): boolean {
    return this.draws.has(toHex(bytes));
  }
}

const long = (value: bigint): Uint8Array => new Uint8Array(new BigInt64Array([value]).buffer);

/** A client that makes both keys and sends a call; everything that left it. */
function run(seed: number) {
  const source = new Source(seed);
  const rig = new PfsRig({ crypto: source.crypto });
  const plain: Uint8Array[] = [];
  const sealed: Uint8Array[] = [];
  const take = rig.engine.takePackets.bind(rig.engine);
  rig.engine.takePackets = (now) => {
    const packets = take(now);
    for (const { bytes } of packets) {
      if (new DataView(bytes.buffer, bytes.byteOffset).getBigInt64(0, true) === 0n) {
        plain.push(openPlain(bytes).body);
      } else sealed.push(bytes);
    }
    return packets;
  };
  rig.connect();
  const { peer, msgId, body, others } = rig.untilBind();
  rig.engine.receive(peer.seal(peer.result(msgId, BOOL_TRUE)), rig.now);
  rig.call(1);
  const seen = [...others, ...rig.flush()];
  return { source, rig, plain, sealed, bind: { peer, msgId, body }, seen };
}

const rsaKey = localRsaKey(nodeCrypto);

/** What one exchange drew. @param queries - its three packets. */
function drawsOf(queries: readonly Uint8Array[]): {
  readonly drawn: Readonly<Record<string, Uint8Array>>;
  readonly gB: Uint8Array;
} {
  const [first, second, third] = queries.map((one) => decode(one, registry)) as [
    ReqPqMultiRequest,
    ReqDHParamsRequest,
    SetClientDHParamsRequest,
  ];
  const padded = rsaUnpad(nodeCrypto, second.encryptedData, rsaKey);
  const innerId = idOf(padded);
  expect([PQInnerDataDc.id, PQInnerDataTempDc.id]).toContain(innerId);
  const inner = readFront<PQInnerDataDc>(padded);
  const block = nodeCrypto.modPow(second.encryptedData, rsaKey.d, rsaKey.n);
  const hash = nodeCrypto.sha256(block.subarray(32));
  const { key, iv } = handshakeKeys(nodeCrypto, inner.object.newNonce, second.serverNonce);
  const plain = nodeCrypto.aesIgeDecrypt(third.encryptedData, key, iv);
  const client = readFront<ClientDHInnerData>(plain.subarray(20));
  return {
    gB: client.object.gB,
    drawn: {
      nonce: first.nonce,
      new_nonce: inner.object.newNonce,
      'padding of RSA_PAD': padded.subarray(inner.size),
      'temp_key of RSA_PAD': block.subarray(0, 32).map((byte, i) => byte ^ (hash[i] ?? 0)),
      'padding of client_DH_inner_data': plain.subarray(20 + client.size),
    },
  };
}

/** Reads an object that has something behind it. */
function readFront<T>(bytes: Uint8Array): { object: T; size: number } {
  for (let size = 4; size <= bytes.length; size += 4) {
    try {
      const object = decode(bytes.subarray(0, size), registry);
      if (encode(object).length === size) return { object: object as T, size };
    } catch {
      // Too short as yet.
    }
  }
  throw new Error('no object');
}

describe('randomness', () => {
  beforeEach(() => {
    vi.spyOn(Math, 'random').mockImplementation(() => {
      throw new Error('Math.random is no source for a protocol');
    });
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('guideline/random: nonces, keys of RSA_PAD and all paddings of the key exchange are draws of the provider', () => {
    for (const seed of [1, 2, 3]) {
      const { source, plain } = run(seed);
      expect(plain).toHaveLength(6);
      for (const queries of [plain.slice(0, 3), plain.slice(3)]) {
        for (const [name, bytes] of Object.entries(drawsOf(queries).drawn)) {
          expect(bytes.length === 0 || source.has(bytes), name).toBe(true);
        }
      }
    }
  });

  it('guideline/random: the exponent of g_b is a draw of 2048 bits, another one for each key', () => {
    const { source, plain } = run(1);
    const shares = new Set(
      [...source.draws]
        .filter((draw) => draw.length === 512)
        .map((draw) => {
          const exponent = Uint8Array.from(Buffer.from(draw, 'hex'));
          return toHex(nodeCrypto.modPow(Uint8Array.of(3), exponent, TELEGRAM_PRIME));
        }),
    );
    const sent = [plain.slice(0, 3), plain.slice(3)].map((one) => toHex(drawsOf(one).gB));
    for (const share of sent) expect(shares.has(share)).toBe(true);
    expect(new Set(sent).size).toBe(2);
  });

  it('guideline/random: ids of sessions and pings, the nonce of the binding and its stand-ins are draws', () => {
    const { source, bind, rig, seen } = run(1);
    expect(source.has(long(bind.peer.sessionId))).toBe(true);
    const pings = seen
      .flatMap(({ messages }) => messages)
      .filter(({ body }) => idOf(body) === PingDelayDisconnectRequest.id);
    expect(pings.length).toBeGreaterThan(0);
    for (const { body } of pings) expect(source.has(body.subarray(4, 12))).toBe(true);
    expect(idOf(bind.body)).toBe(BIND);
    expect(source.has(bind.body.subarray(12, 20))).toBe(true);
    const permanent = rig.peers[0]!.key;
    // Constructor, perm_auth_key_id, nonce, expires_at, and the length of the bytes.
    const packet = wholeBlocks(bind.body.subarray(4 + 8 + 8 + 4 + 1));
    const inner = openMessage1(nodeCrypto, permanent, 'client', packet);
    expect(source.has(long(inner.salt))).toBe(true);
    expect(source.has(long(inner.sessionId))).toBe(true);
    expect(decode(inner.body, registry)).toBeInstanceOf(BindAuthKeyInner);
  });

  it('guideline/random: the padding of every encrypted packet is a draw', () => {
    const { source, sealed, bind } = run(1);
    expect(sealed.length).toBeGreaterThan(1);
    for (const bytes of sealed) {
      const plain = nodeCrypto.open2(bytes, bind.peer.key.bytes, 0)!;
      const length = new DataView(plain.buffer, plain.byteOffset).getInt32(28, true);
      expect(source.has(plain.subarray(32 + length))).toBe(true);
    }
  });

  it('guideline/random: the low bits of message ids are drawn', () => {
    const ids = (seed: number): bigint[] =>
      run(seed).seen.flatMap(({ messages }) => messages.map(({ msgId }) => msgId & 0x3f_ffffn));
    const all = [1, 2, 3, 4].map((seed) => ids(seed)[0]);
    expect(new Set(all).size).toBe(4);
    expect(ids(1)).toEqual(ids(1));
  });
});

/** A packet without what fills the bytes up to whole words. */
function wholeBlocks(bytes: Uint8Array): Uint8Array {
  return concat(bytes.subarray(0, 24 + Math.floor((bytes.length - 24) / 16) * 16));
}

import { decode } from '@tlgen/codec';
import { ClientDHInnerData } from '@tlgen/mtproto';
import { registry } from '@tlgen/mtproto/registry';
import { describe, expect, it } from 'vitest';
import {
  bigIntFromBytes,
  bytesFromBigInt,
  TELEGRAM_PRIME,
  toHex,
  type CryptoProvider,
} from '../../packages/runtime/src/crypto/index.js';
import { Pair, onMessage, seeded, withRandom } from '../unit/runtime/session/handshake/support.js';
import { Random } from '../support/random.js';
import { exchange, expectMade, expectRefused } from './exchange.js';

const P = bigIntFromBytes(TELEGRAM_PRIME);
const MARGIN = 1n << 1984n;

/** Outside of the range, by as little as can be. */
const OUTSIDE = [0n, 1n, 2n, MARGIN - 1n, P - MARGIN + 1n, P - 1n, P, P + 1n];
/** At its ends. */
const INSIDE = [MARGIN, P - MARGIN];

/** Whether a client answers a server with that g_a, as `exchange` does for the whole; only the last step is missing. */
function answersTo(gA: Uint8Array): boolean {
  const pair = new Pair({ hooks: onMessage('server_DH_inner_data', () => ({ gA })) });
  const params = pair.round(pair.start());
  if (params.type !== 'send') throw new Error('no req_DH_params');
  return pair.round(params.bytes).type === 'send';
}

describe('g_a', () => {
  it('guideline/dh-public-received: a value outside of the range is refused, its ends are accepted', () => {
    for (const value of OUTSIDE) {
      const gA = bytesFromBigInt(value, 256);
      const hooks = onMessage('server_DH_inner_data', () => ({ gA }));
      expectRefused(exchange(hooks), 'dh-parameters', toHex(gA));
    }
    for (const value of INSIDE) expect(answersTo(bytesFromBigInt(value, 256))).toBe(true);
    expectMade(exchange());
  });

  it('guideline/dh-public-received: no bytes, few bytes and too many bytes are refused', () => {
    for (const gA of [new Uint8Array(), Uint8Array.of(5), new Uint8Array(257).fill(0x7f)]) {
      const hooks = onMessage('server_DH_inner_data', () => ({ gA }));
      expectRefused(exchange(hooks), 'dh-parameters', toHex(gA));
    }
    expectMade(exchange());
  });
});

/** A client whose first powers of the generator are these, and the shares it sends. */
function loaded(values: readonly bigint[]): { crypto: CryptoProvider; shares: bigint[] } {
  const next = [...values];
  const shares: bigint[] = [];
  const usual = seeded(1);
  const crypto = Object.assign(Object.create(usual) as CryptoProvider, {
    modPow: (base: Uint8Array, exponent: Uint8Array, modulus: Uint8Array) => {
      const forced = base.length === 1 ? next.shift() : undefined;
      if (forced !== undefined) return bytesFromBigInt(forced, 256);
      return usual.modPow(base, exponent, modulus);
    },
    aesIgeEncrypt: (data: Uint8Array, key: Uint8Array, iv: Uint8Array) => {
      const inner = data.subarray(20, 20 + 4 + 32 + 8 + 260);
      if (new DataView(data.buffer, data.byteOffset).getUint32(20, true) === ClientDHInnerData.id) {
        shares.push(bigIntFromBytes((decode(inner, registry) as ClientDHInnerData).gB));
      }
      return usual.aesIgeEncrypt(data, key, iv);
    },
  });
  return { crypto, shares };
}

describe('g_b', () => {
  it('guideline/dh-public-sent: a value outside of the range never leaves, another is drawn', () => {
    const { crypto, shares } = loaded(OUTSIDE);
    expectMade(exchange({}, { crypto }));
    expect(shares).toHaveLength(1);
    expect(shares[0]! >= MARGIN && shares[0]! <= P - MARGIN).toBe(true);
    for (const value of INSIDE) {
      const edge = loaded([1n, value]);
      exchange({}, { crypto: edge.crypto });
      expect(edge.shares).toEqual([value]);
    }
  });

  it('guideline/dh-public-sent: a random source that yields none ends the exchange', () => {
    const random = new Random(1);
    // The exponent 1, for ever: 3^1 is far too small.
    const one = (size: number): Uint8Array => bytesFromBigInt(1n, size);
    const crypto = withRandom((size) => (size === 256 ? one(size) : random.bytes(size)));
    const { failures, keys, sent } = exchange({}, { crypto });
    expect({ keys, sent }).toEqual({ keys: 0, sent: false });
    expect(failures).toEqual([expect.objectContaining({ code: 'bad-dh' })]);
    expectMade(exchange({}, { crypto: withRandom((size) => random.bytes(size)) }));
  });
});

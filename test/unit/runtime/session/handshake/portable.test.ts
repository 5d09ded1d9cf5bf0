import { describe, expect, it } from 'vitest';
import { toHex, type CryptoProvider } from '../../../../../packages/runtime/src/crypto/index.js';
import { portableCrypto } from '../../../../../packages/runtime/src/crypto/provider/portable.js';
import { Random } from '../../../../support/random.js';
import { Pair } from './support.js';

/** The portable provider with the random bytes of a seed. */
function seeded(seed: number): CryptoProvider {
  const random = new Random(seed);
  const randomBytes = (size: number): Uint8Array => random.bytes(size);
  return Object.assign(Object.create(portableCrypto) as CryptoProvider, { randomBytes });
}

describe('the portable provider', () => {
  it('exchange/byte-exact: makes the same bytes and the same key as the one of Node', () => {
    const node = new Pair();
    const key = node.run().key;
    const portable = new Pair({ clientCrypto: seeded(1), serverCrypto: seeded(2) });
    expect(toHex(portable.run().key.bytes)).toBe(toHex(key.bytes));
    expect(portable.toServer.map(toHex)).toEqual(node.toServer.map(toHex));
    expect(portable.toClient.map(toHex)).toEqual(node.toClient.map(toHex));
  });
});

import { afterEach, expect, it, vi } from 'vitest';
import { Random, SEED } from '../../../../support/random.js';
import { hex, nodeCrypto, TELEGRAM_PRIME } from './providers.js';

/** A host whose node:crypto differs in some functions, for the modules imported next. */
function changeCrypto(changes: Record<string, unknown>): void {
  vi.resetModules();
  vi.doMock('node:crypto', async (original) => ({ ...(await original<object>()), ...changes }));
}

afterEach(() => {
  vi.doUnmock('node:crypto');
  vi.resetModules();
});

it('hashes without the one-call hash of newer Nodes', async () => {
  changeCrypto({ hash: undefined });
  const hashes = await import('../../../../../packages/runtime/src/crypto/provider/node/hashes.js');
  for (const size of [0, 100, 5000]) {
    const data = new Random(SEED).bytes(size);
    expect(hex(hashes.nodeSha1(data))).toBe(hex(nodeCrypto.sha1(data)));
    expect(hex(hashes.nodeSha256(data))).toBe(hex(nodeCrypto.sha256(data)));
    expect(hex(hashes.nodeSha512(data))).toBe(hex(nodeCrypto.sha512(data)));
  }
});

it('modPow where the host’s library refuses such keys', async () => {
  const refuse = vi.fn(() => {
    throw new Error('unsupported');
  });
  changeCrypto({ createPrivateKey: refuse, publicEncrypt: refuse });
  const { nodeModPow } =
    await import('../../../../../packages/runtime/src/crypto/provider/node/mod-pow.js');
  const random = new Random(SEED + 1);
  for (const exponent of [random.bytes(64), Uint8Array.of(1, 0, 1)]) {
    const base = random.bytes(200);
    const expected = nodeCrypto.modPow(base, exponent, TELEGRAM_PRIME);
    expect(hex(nodeModPow(base, exponent, TELEGRAM_PRIME))).toBe(hex(expected));
  }
  expect(refuse).toHaveBeenCalledTimes(2);
});

import type { CryptoProvider } from '../crypto/provider/types.js';

/** 64 random bits as a signed number. */
export function randomLong(crypto: CryptoProvider): bigint {
  const bytes = crypto.randomBytes(8);
  return new DataView(bytes.buffer, bytes.byteOffset, 8).getBigInt64(0, true);
}

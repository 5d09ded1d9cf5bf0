import type { CryptoProvider } from '@tlgen/runtime/crypto';
import { ObfuscatedServer, TransportError, type MtproxySecret } from '@tlgen/runtime/transport';

/**
 * Opens an obfuscated stream by its first 64 bytes: with no secret, and with each of the proxy's, since only the right
 * one makes sense of them.
 *
 * @throws TransportError `bad-frame` when none does.
 */
export function openObfuscated(
  crypto: CryptoProvider,
  secrets: readonly MtproxySecret[],
  header: Uint8Array,
): { readonly codec: ObfuscatedServer; readonly dcId: number } {
  let failure: unknown = null;
  for (const secret of [undefined, ...secrets.map((one) => one.key)]) {
    const codec = new ObfuscatedServer({ crypto, secret });
    try {
      codec.decode(header.slice());
      if (codec.session) return { codec, dcId: codec.session.dcId };
    } catch (thrown) {
      if (!(thrown instanceof TransportError)) throw thrown;
      failure = thrown;
    }
  }
  throw failure;
}

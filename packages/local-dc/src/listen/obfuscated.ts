import type { CryptoProvider } from '@tlgen/runtime/crypto';
import { ObfuscatedServer, TransportError, type MtproxySecret } from '@tlgen/runtime/transport';

/** An obfuscated stream whose first bytes made sense. */
export interface OpenedStream {
  readonly codec: ObfuscatedServer;
  /**
   * Signed id of the data center that the client asks a proxy for; null without a secret: to a data center itself the
   * bytes say nothing, and many clients leave them random ("MTProto transports: Transport obfuscation").
   */
  readonly dcId: number | null;
}

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
): OpenedStream {
  let failure: unknown = null;
  for (const secret of [undefined, ...secrets.map((one) => one.key)]) {
    const codec = new ObfuscatedServer({ crypto, secret });
    try {
      codec.decode(header.slice());
      if (codec.session) return { codec, dcId: secret === undefined ? null : codec.session.dcId };
    } catch (thrown) {
      if (!(thrown instanceof TransportError)) throw thrown;
      failure = thrown;
    }
  }
  throw failure;
}

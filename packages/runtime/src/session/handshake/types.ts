import type { AuthKey } from '../../crypto/auth-key.js';
import type { CryptoProvider } from '../../crypto/provider/types.js';
import type { RsaKey } from '../../crypto/rsa.js';
import type { MessageIds } from '../message-ids.js';

/** What a key exchange is made with. */
export interface HandshakeOptions {
  readonly crypto: CryptoProvider;
  /** Public keys of the server; one that is not among them is never used. */
  readonly rsaKeys: readonly RsaKey[];
  /** Signed id: +10000 for test servers, negative for media. */
  readonly dcId: number;
  /** Learns server time from the exchange. */
  readonly messageIds: MessageIds;
  /** Makes a temporary key (perfect forward secrecy) that lives this many seconds. */
  readonly temporary?: { readonly expiresIn: number } | undefined;
  /** How long the server may take for one step, milliseconds. Default 10000. */
  readonly stepTimeout?: number | undefined;
}

/** What became of a packet. */
export type HandshakeStep =
  /** The next packet to send. */
  | { readonly type: 'send'; readonly bytes: Uint8Array }
  /** The key is made. */
  | {
      readonly type: 'done';
      readonly key: AuthKey;
      /** First server salt of the key. */
      readonly salt: bigint;
      /** Server time minus wall clock, milliseconds; right to about a second. */
      readonly timeOffset: number;
      /** Temporary keys: server time in seconds after which the server forgets it; permanent ones: null. */
      readonly expiresAt: number | null;
    }
  /** Not part of the exchange: an encrypted packet, or anything after its end. */
  | { readonly type: 'ignored' };

/** What stays the same through one exchange. */
export interface Settings {
  readonly crypto: CryptoProvider;
  readonly rsaKeys: readonly RsaKey[];
  readonly dcId: number;
  readonly expiresIn: number | null;
}

import type { CryptoProvider } from '../../crypto/provider/types.js';
import { TransportError, type PacketCodec } from '../types.js';
import { AbridgedCodec } from './abridged.js';
import { FullCodec } from './full.js';
import { IntermediateCodec, PaddedIntermediateCodec } from './intermediate.js';
import type { Side } from './limits.js';

/** Framings of a byte stream. */
export type FramingName = 'abridged' | 'intermediate' | 'padded' | 'full';

/** Framings that obfuscated2 can announce. */
export type ObfuscatedFraming = Exclude<FramingName, 'full'>;

/**
 * Makes the codec of a framing.
 *
 * @param side - a server's codec takes the stream behind the announcement (see `detectFraming`).
 * @param announce - whether a client's first frame says which framing it is; off inside obfuscated2, which says it.
 */
export function createCodec(
  framing: FramingName,
  side: Side,
  crypto: CryptoProvider,
  announce = true,
): PacketCodec {
  switch (framing) {
    case 'abridged':
      return new AbridgedCodec(side, announce);
    case 'intermediate':
      return new IntermediateCodec(side, announce);
    case 'padded':
      return new PaddedIntermediateCodec(side, announce, crypto);
    case 'full':
      return new FullCodec(side);
    default:
      throw new TransportError('bad-settings', `There is no framing ${String(framing)}`);
  }
}

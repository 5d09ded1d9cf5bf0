import type { AesCtr, CryptoProvider } from '../../crypto/provider/types.js';
import type { ObfuscatedFraming } from '../framing/create-codec.js';
import {
  ABRIDGED_BYTE,
  HTTP_WORDS,
  INTERMEDIATE_WORD,
  PADDED_WORD,
  TLS_WORD,
} from '../framing/detect.js';
import { concat } from '../../crypto/bytes.js';
import { copyOf, int32At, putInt32 } from '../framing/words.js';
import { TransportError } from '../types.js';

/** Bytes that open an obfuscated stream: 8 random, key (32), iv (16), protocol (4), data center (2), 2 random. */
export const INIT_SIZE = 64;
const KEY_AT = 8;
const IV_AT = 40;
const KEYS_END = 56;
const DC_AT = 60;
/** Far more tries than a working random source ever needs: one in millions is refused. */
const MAX_TRIES = 1000;

const TAGS: { readonly [framing in ObfuscatedFraming]: number } = {
  abridged: 0xefefefef | 0,
  intermediate: INTERMEDIATE_WORD,
  padded: PADDED_WORD,
};

/** The ciphers of a connection, one per direction. */
export interface ObfuscationKeys {
  readonly fromClient: AesCtr;
  readonly fromServer: AesCtr;
}

/**
 * Draws the 64 bytes that open a connection. Words that look like another protocol's beginning are drawn again.
 * See "MTProto transports", section "Transport obfuscation".
 *
 * @param dcId - signed; travels in 16 bits.
 * @param secret - 16 bytes of an MTProxy or of a data center that demands one.
 * @returns what goes to the wire, and the ciphers, which then stand behind these 64 bytes.
 * @throws TransportError `bad-settings` for a data center id beyond 16 bits.
 */
export function createInit(
  crypto: CryptoProvider,
  framing: ObfuscatedFraming,
  dcId: number,
  secret?: Uint8Array,
): { readonly wire: Uint8Array; readonly keys: ObfuscationKeys } {
  if (!Number.isInteger(dcId) || dcId < -32768 || dcId > 32767) {
    throw new TransportError('bad-settings', `Data center id ${dcId} does not fit 16 bits`);
  }
  const init = drawInit(crypto);
  putInt32(init, KEYS_END, TAGS[framing]);
  init[DC_AT] = dcId;
  init[DC_AT + 1] = dcId >> 8;
  const keys = deriveObfuscation(crypto, init, secret);
  const encrypted = keys.fromClient.process(init);
  init.set(encrypted.subarray(KEYS_END), KEYS_END);
  return { wire: init, keys };
}

/**
 * Reads the 64 bytes that open a connection, at the server.
 *
 * @throws TransportError `bad-frame` when they name no framing: another secret, or not obfuscated2.
 */
export function readInit(
  crypto: CryptoProvider,
  wire: Uint8Array,
  secret?: Uint8Array,
): { readonly framing: ObfuscatedFraming; readonly dcId: number; readonly keys: ObfuscationKeys } {
  const keys = deriveObfuscation(crypto, wire, secret);
  const plain = keys.fromClient.process(wire.subarray(0, INIT_SIZE));
  const tag = int32At(plain, KEYS_END);
  const framing = (['abridged', 'intermediate', 'padded'] as const).find(
    (name) => TAGS[name] === tag,
  );
  if (framing === undefined) {
    throw new TransportError(
      'bad-frame',
      'The first 64 bytes name no framing: not obfuscated2, or encrypted with another secret',
    );
  }
  return { framing, dcId: (int32At(plain, DC_AT) << 16) >> 16, keys };
}

/** The server's direction uses the same 48 bytes in reverse. */
function deriveObfuscation(
  crypto: CryptoProvider,
  init: Uint8Array,
  secret: Uint8Array | undefined,
): ObfuscationKeys {
  const forward = copyOf(init.subarray(KEY_AT, KEYS_END));
  const backward = copyOf(forward).reverse();
  const cipher = (material: Uint8Array): AesCtr => {
    const key = material.subarray(0, IV_AT - KEY_AT);
    return crypto.aesCtr(
      secret === undefined ? key : crypto.sha256(concat(key, secret)),
      material.subarray(IV_AT - KEY_AT),
    );
  };
  return { fromClient: cipher(forward), fromServer: cipher(backward) };
}

function drawInit(crypto: CryptoProvider): Uint8Array {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const init = copyOf(crypto.randomBytes(INIT_SIZE));
    if (isAllowedInit(init)) return init;
  }
  throw new TransportError('bad-settings', 'The random source does not give random bytes');
}

/** Whether a server cannot take these first bytes for another protocol. */
export function isAllowedInit(init: Uint8Array): boolean {
  const first = int32At(init, 0);
  return !(
    init[0] === ABRIDGED_BYTE ||
    HTTP_WORDS.includes(first) ||
    first === TLS_WORD ||
    first === INTERMEDIATE_WORD ||
    first === PADDED_WORD ||
    int32At(init, 4) === 0
  );
}

import { CryptoError } from './errors.js';

/** The least and the most padding of MTProto 2.0, in bytes. */
export const MIN_PADDING = 12;
export const MAX_PADDING = 1024;

/** Sizes to which short plaintexts are filled up; then it goes on in equal steps. */
const SIZES = [64, 128, 192, 256, 384, 512, 768, 1024, 1280] as const;
const LAST_SIZE = 1280;
const STEP = 448;

/**
 * How much padding a plaintext gets. Packets come in few sizes only, the ladder that TDLib uses, so their lengths tell
 * little about what is inside; the bytes themselves are random.
 *
 * @param size - bytes of the plaintext without padding.
 * @param wanted - an explicit choice.
 * @returns 12 … 1024 bytes, so that the whole is a multiple of 16.
 * @throws CryptoError `bad-length` when `wanted` breaks one of these rules.
 */
export function paddingFor(size: number, wanted?: number): number {
  if (wanted === undefined) return ladder(size + MIN_PADDING) - size;
  const allowed = Number.isInteger(wanted) && wanted >= MIN_PADDING && wanted <= MAX_PADDING;
  if (!allowed || (size + wanted) % 16 !== 0) {
    throw new CryptoError(
      'bad-length',
      `${wanted} bytes of padding after ${size}: expected ${MIN_PADDING} to ${MAX_PADDING} that fill AES blocks`,
    );
  }
  return wanted;
}

function ladder(least: number): number {
  for (const size of SIZES) if (least <= size) return size;
  return LAST_SIZE + Math.ceil((least - LAST_SIZE) / STEP) * STEP;
}

import { Random } from '../random.mjs';

const KIB = 1024;
const MIB = 1024 * KIB;

/** Bytes of the files; whole parts of every size that clients cut files into. */
export const FILM = 64 * MIB;
/** Transferred first, and compared: above what goes by the method for small files. */
export const SAMPLE = 11 * MIB;
export const NOTE = 20_000;
export const NOTES = 100;

/** A prime, so that no two parts are alike. Bytes. */
const PERIOD = 1_048_573;

/** The first bytes of all the files; they do not compress. @param {number} length */
export function content(length) {
  const noise = Buffer.from(new Random(7).bytes(PERIOD));
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; at += PERIOD) noise.copy(bytes, at);
  return bytes;
}

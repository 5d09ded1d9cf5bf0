import { fromBase64, toBase64 } from '@tlgen/codec';
import { badFileId } from './bad-file-id.js';

/** Bytes of an id after the zeros are put back: a URL may be long, more than this nobody writes. */
export const MAX_BODY = 8192;
/** Characters: a body where every second byte is a single zero grows by half, base64 by a third. */
const MAX_TEXT = 16_400;
/** A run of zeros is written as one zero and its length, which goes up to this. */
const MAX_RUN = 250;

/**
 * Reads URL-safe base64. Padding is accepted, as TDLib does; other characters and bits beyond the last byte are not.
 *
 * @throws FileError `BAD_FILE_ID`.
 */
export function fromText(text: string, what: string): Uint8Array {
  if (typeof text !== 'string') throw badFileId(`A ${what} is a string, not ${typeof text}`);
  if (text.length > MAX_TEXT) {
    throw badFileId(
      `${text.length} characters are too many for a ${what}: ${MAX_TEXT} is the limit`,
    );
  }
  const bytes = /^[\w-]+={0,2}$/.test(text) ? fromBase64(text) : null;
  const padded = text.endsWith('=');
  if (!bytes || toText(bytes) !== text.replace(/=+$/, '') || (padded && text.length % 4 !== 0)) {
    throw badFileId(`That is no ${what}: ids are URL-safe base64 (A-Z a-z 0-9 _ -)`);
  }
  return bytes;
}

/** URL-safe base64 without padding. */
export function toText(bytes: Uint8Array): string {
  return toBase64(bytes).replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_');
}

/** Writes each run of zeros as 0 and the length of the run. */
export function packZeros(bytes: Uint8Array): number[] {
  const packed: number[] = [];
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    packed.push(byte);
    if (byte !== 0) continue;
    let run = 1;
    while (run < MAX_RUN && bytes[i + run] === 0) run++;
    packed.push(run);
    i += run - 1;
  }
  return packed;
}

/**
 * Puts the zeros back. Runs of any length are read, also several in a row.
 *
 * @throws FileError `BAD_FILE_ID` for a run without length, and when it becomes more than {@link MAX_BODY} bytes.
 */
export function unpackZeros(packed: Uint8Array, what: string): Uint8Array {
  let length = 0;
  for (let i = 0; i < packed.length; i++) {
    if (packed[i] !== 0) {
      length++;
      continue;
    }
    const run = packed[++i];
    if (!run) throw badFileId(`The ${what} is damaged: a run of zeros has no length`);
    length += run;
  }
  if (length > MAX_BODY) {
    throw badFileId(`The ${what} holds ${length} bytes: ${MAX_BODY} is the limit`);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (let i = 0; i < packed.length; i++) {
    const byte = packed[i] as number;
    if (byte === 0) at += packed[++i] as number;
    else bytes[at++] = byte;
  }
  return bytes;
}

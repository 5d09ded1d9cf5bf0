import { TlError } from './errors.js';
import { inflate } from './inflate.js';

interface Zlib {
  gunzipSync(data: Uint8Array, options: { maxOutputLength: number }): Uint8Array;
}

const host = globalThis as { process?: { getBuiltinModule?: (name: string) => Zlib | undefined } };
const zlib = /* @__PURE__ */ host.process?.getBuiltinModule?.('node:zlib');

/**
 * Inflates the content of `gzip_packed`.
 *
 * @param limit - most bytes it may become.
 * @param offset - where it stands, for the error.
 * @throws TlError `gunzip` when the data is not gzip, is damaged, or would exceed `limit`.
 */
export function gunzip(data: Uint8Array, limit: number, offset: number): Uint8Array {
  try {
    if (zlib && limit > 0) return zlib.gunzipSync(data, { maxOutputLength: limit });
    return inflateGzip(data, limit);
  } catch (cause) {
    const tooLong = cause instanceof RangeError;
    const reason = tooLong
      ? `gzip_packed inflates to more than ${limit} bytes`
      : 'gzip_packed is damaged';
    throw new TlError('gunzip', reason, { offset, cause });
  }
}

/** The portable path: header of RFC 1952, then RFC 1951. The CRC is not checked: `msg_key` already proved the bytes. */
export function inflateGzip(data: Uint8Array, limit: number): Uint8Array {
  const [magic1, magic2, method, flags = 0] = data;
  if (magic1 !== 0x1f || magic2 !== 0x8b || method !== 8) throw new TypeError('not gzip');
  let at = 10;
  if (flags & 4) at += 2 + ((data[at] ?? 0) | ((data[at + 1] ?? 0) << 8));
  for (const bit of [8, 16]) if (flags & bit) at = data.indexOf(0, at) + 1 || data.length;
  if (flags & 2) at += 2;
  return inflate(data.subarray(at), limit);
}

import { gunzipSync, gzipSync } from 'node:zlib';
import { decode, encode } from '@tlgen/codec';
import { GzipPacked } from '@tlgen/mtproto';
import { registry } from '@tlgen/mtproto/registry';
import { constructorOf } from './container.js';
import * as ids from './ids.js';

/** Most bytes that a compressed message may become. */
const MOST_INFLATED = 32 * 1024 * 1024;

/** Most `gzip_packed` around each other. */
const MOST_LAYERS = 3;

/** Takes `gzip_packed` off a body. @returns null when it is damaged, too long or nested too deep. */
export function unpack(body: Uint8Array): Uint8Array | null {
  let inner = body;
  for (let i = 0; i <= MOST_LAYERS; i++) {
    if (constructorOf(inner) !== ids.GZIP_PACKED) return inner;
    try {
      const packed = decode(inner, registry);
      if (!(packed instanceof GzipPacked)) return null;
      const data = gunzipSync(packed.packedData, { maxOutputLength: MOST_INFLATED });
      // A copy: the host may have cut the buffer from a pool at any offset.
      inner = new Uint8Array(data);
    } catch {
      return null;
    }
  }
  return null;
}

/** The body within `gzip_packed` if it is longer than `above` bytes and gets shorter; else as it is. */
export function pack(body: Uint8Array, above: number): Uint8Array {
  if (above < 0 || body.length <= above) return body;
  const packed = encode(new GzipPacked({ packedData: new Uint8Array(gzipSync(body)) }));
  return packed.length < body.length ? packed : body;
}

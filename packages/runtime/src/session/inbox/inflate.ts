import { decodeWith, gunzip, Registry, TlError } from '@tlgen/codec';
import { GzipPacked } from '@tlgen/mtproto';
import { MAX_GZIP_DEPTH, MAX_INFLATED } from '../limits.js';
import { constructorOf } from './constructor-of.js';

const NOTHING = /* @__PURE__ */ new Registry();

/** Length of a constructor id. */
const HEAD = 4;

/** Unpacks what one packet holds: all of it together may not become larger than a limit. */
export class Inflater {
  #left: number;

  /** @param limit - bytes. */
  constructor(limit: number = MAX_INFLATED) {
    this.#left = limit;
  }

  /**
   * The serialized object itself, however often it is wrapped in `gzip_packed` (service messages, "Packed Object").
   *
   * @throws TlError `gunzip` (damaged, too large), `too-deep`, `trailing-bytes`, `end-of-data`.
   */
  unpack(body: Uint8Array): Uint8Array {
    let inner = body;
    for (let depth = 0; constructorOf(inner) === GzipPacked.id; depth++) {
      if (depth === MAX_GZIP_DEPTH) throw new TlError('too-deep', 'gzip_packed nests too deep');
      const packed = decodeWith(inner.subarray(HEAD), NOTHING, (r) => r.bytes());
      inner = gunzip(packed, this.#left, HEAD);
      this.#left -= inner.length;
    }
    return inner;
  }
}

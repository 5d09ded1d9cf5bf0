import { Registry, TlError, TlReader } from '@tlgen/codec';
import { GzipPacked } from '@tlgen/mtproto';
import { MAX_GZIP_DEPTH, MAX_INFLATED } from '../limits.js';
import { constructorOf } from './constructor-of.js';

const NOTHING = /* @__PURE__ */ new Registry();

/** Gives the inflated bytes themselves where the codec would decode them. */
class WholeReader extends TlReader {
  override object<T>(): T {
    const all = this.u8.subarray(this.pos, this.end);
    this.pos = this.end;
    return all as T;
  }
}

/** Reads one `gzip_packed`, with the codec's own inflating and its limits. */
class GzipReader extends TlReader {
  unpack(body: Uint8Array, limit: number): Uint8Array {
    this.reset(body);
    this.inflatable = limit;
    this.int();
    const data = this.inflated<Uint8Array>(0);
    if (this.left !== 0) {
      throw new TlError('trailing-bytes', `${this.left} bytes follow gzip_packed`);
    }
    return data;
  }

  protected override nested(): TlReader {
    return new WholeReader(this.registry);
  }
}

/** Unpacks what one packet holds: all of it together may not become larger than a limit. */
export class Inflater {
  #left: number;
  readonly #reader = new GzipReader(NOTHING);

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
      inner = this.#reader.unpack(inner, this.#left);
      this.#left -= inner.length;
    }
    return inner;
  }
}

import { TlError } from './errors.js';
import { SLAB_SIZE } from './limits.js';
import type { TlObject } from './object.js';
import { TlReader } from './reader.js';
import type { Registry } from './registry.js';
import { traceRead } from './trace-read.js';

/**
 * A reader with a long-lived buffer: a small packet is copied into it, because making views of a fresh buffer takes
 * longer than decoding a small packet.
 */
class SlabReader extends TlReader {
  private readonly slab = new Uint8Array(SLAB_SIZE);
  private readonly words = new Int32Array(this.slab.buffer);

  load(packet: Uint8Array): void {
    if (packet.length > SLAB_SIZE) {
      this.reset(packet);
      return;
    }
    this.slab.set(packet);
    this.$resetShared(this.slab, this.words, packet.length);
  }

  /** Lets go of a packet that was read in place. */
  release(): void {
    if (!this.copies) this.$resetShared(this.slab, this.words, 0);
  }
}

let spare: SlabReader | null = null;

/**
 * Deserializes one boxed object that fills `bytes`.
 *
 * Packets of up to 4 KiB are copied; in larger ones that are 4-byte aligned, `bytes` fields are views of the input.
 * A field's `buffer` may hold more than the field, as with Node's Buffers: copy the field before you give `buffer` away.
 *
 * @throws TlError with code, byte offset and path; never anything else, whatever the bytes.
 */
export function decode(bytes: Uint8Array, registry: Registry): TlObject {
  return decodeWith(bytes, registry, readObject);
}

const readObject = (r: TlReader): TlObject => r.object(0);

/**
 * Deserializes a value that `read` describes and that fills `bytes`: a method's result by
 * `decodeWith(bytes, registry, (r) => request.$result(r))`, a bare vector, and so on.
 *
 * @throws TlError as {@link decode}.
 */
export function decodeWith<T>(bytes: Uint8Array, registry: Registry, read: (r: TlReader) => T): T {
  if (!(bytes instanceof Uint8Array)) throw new TlError('bad-value', 'decode takes a Uint8Array');
  const reader = spare ?? new SlabReader(registry);
  spare = null;
  let value: T;
  try {
    reader.registry = registry;
    reader.load(bytes);
    value = read(reader);
    if (reader.left !== 0) {
      const reason = `${reader.left} bytes follow the object`;
      throw new TlError('trailing-bytes', reason, { offset: reader.pos });
    }
  } catch (thrown) {
    throw traceRead(bytes, registry, read).error ?? thrown;
  } finally {
    reader.release();
    spare = reader;
  }
  return value;
}

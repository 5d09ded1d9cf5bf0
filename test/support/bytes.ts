import { gzipSync } from 'node:zlib';
import { TlWriter, type TlObject } from '@tlgen/codec';

/** Bytes of what `write` writes, where it fits into `capacity` bytes. */
export function written(write: (w: TlWriter) => void, capacity = 1 << 16): Uint8Array {
  const holder = { $write: write } as unknown as TlObject;
  return new TlWriter(capacity).writeAt(holder, 0).slice();
}

/** A packet of 32-bit words. */
export function words(...all: readonly number[]): Uint8Array {
  return written((w) => all.forEach((word) => w.id(word)));
}

/** The bytes one after the other. */
export function join(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

export const ID_GZIP_PACKED = 0x3072cfa1;
export const ID_VECTOR = 0x1cb5c415;

/** `gzip_packed` of these bytes. */
export function gzipPacked(content: Uint8Array): Uint8Array {
  return packed(gzipSync(content));
}

/** `gzip_packed` that holds exactly this. */
export function packed(data: Uint8Array): Uint8Array {
  return written((w) => {
    w.id(ID_GZIP_PACKED);
    w.bytes(new Uint8Array(data));
  }, data.length + 64);
}

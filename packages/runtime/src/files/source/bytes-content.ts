import type { Content } from './seekable-source.js';

/** Bytes in memory, which nobody should change meanwhile. */
export function bytesContent(
  bytes: Uint8Array,
  facts: { readonly mimeType?: string | undefined } = {},
): Content {
  return {
    size: bytes.length,
    name: undefined,
    mimeType: facts.mimeType,
    version: undefined,
    // Uint8Array's own: the `slice` of a Buffer does not copy.
    at: async (position, length) =>
      Uint8Array.prototype.slice.call(bytes, position, position + length),
    confirm: async () => {},
    close: async () => {},
  };
}

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
    // A copy; the `slice` of a Buffer would be none.
    at: async (position, length) => new Uint8Array(bytes.subarray(position, position + length)),
    confirm: async () => {},
    close: async () => {},
  };
}

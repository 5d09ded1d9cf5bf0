/** What one call of getRandomValues may give. */
const LIMIT = 65536;

/** What is used of the host's `crypto`. */
interface Source {
  getRandomValues?(array: Uint8Array): unknown;
}

/**
 * Bytes of the host's `crypto.getRandomValues`, in pieces, since one call is limited to 64 KB.
 *
 * @throws Error when the host has no such source: there is no substitute for it.
 */
export function webRandomBytes(size: number): Uint8Array {
  const source = (globalThis as unknown as { crypto?: Source }).crypto;
  if (typeof source?.getRandomValues !== 'function') {
    throw new Error(
      'This host has no crypto.getRandomValues; tlgen takes random bytes from nowhere else. ' +
        'Use a host that has it (any current browser, Node, Deno, Bun).',
    );
  }
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += LIMIT) {
    source.getRandomValues(bytes.subarray(at, Math.min(size, at + LIMIT)));
  }
  return bytes;
}

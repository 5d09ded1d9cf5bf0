/**
 * Compares bytes in a time that depends on the lengths alone: the one comparison of this library for hashes and keys.
 *
 * @returns false when the lengths differ.
 */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let index = 0; index < a.length; index += 1) {
    difference |= (a[index] ?? 0) ^ (b[index] ?? 0);
  }
  return difference === 0;
}

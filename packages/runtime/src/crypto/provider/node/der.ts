/** The few pieces of DER (X.690) needed to hand numbers to OpenSSL as a key and to read one back. */

function element(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const size = contents.reduce((sum, part) => sum + part.length, 0);
  const header =
    size < 0x80
      ? [tag, size]
      : size < 0x100
        ? [tag, 0x81, size]
        : size < 0x10000
          ? [tag, 0x82, size >> 8, size & 0xff]
          : [tag, 0x83, size >> 16, (size >> 8) & 0xff, size & 0xff];
  const bytes = new Uint8Array(header.length + size);
  bytes.set(header);
  let at = header.length;
  for (const part of contents) {
    bytes.set(part, at);
    at += part.length;
  }
  // Some of this is secret, and each piece is copied into the next: erase what was copied.
  for (const part of contents) part.fill(0);
  return bytes;
}

/** INTEGER from a big-endian number, which stays as it is. */
export function integer(value: Uint8Array): Uint8Array {
  let start = 0;
  while (start < value.length - 1 && value[start] === 0) start++;
  const bare = value.slice(start);
  const first = bare[0] ?? 0x80;
  return first >= 0x80 ? element(0x02, new Uint8Array(1), bare) : element(0x02, bare);
}

export const sequence = (...items: readonly Uint8Array[]): Uint8Array => element(0x30, ...items);
export const octetString = (content: Uint8Array): Uint8Array => element(0x04, content);

/** Where an element's contents begin and end. */
function contents(der: Uint8Array, at: number): { start: number; end: number } {
  const first = der[at + 1] ?? 0;
  if (first < 0x80) return { start: at + 2, end: at + 2 + first };
  const start = at + 2 + (first & 0x7f);
  let size = 0;
  for (let i = at + 2; i < start; i++) size = size * 256 + (der[i] ?? 0);
  return { start, end: start + size };
}

/** The number that is the key in a SubjectPublicKeyInfo whose key is one INTEGER, as OpenSSL wrote it. */
export function publicNumber(spki: Uint8Array): Uint8Array {
  const algorithm = contents(spki, contents(spki, 0).start);
  const key = contents(spki, algorithm.end);
  // A bit string starts with the number of unused bits.
  const number = contents(spki, key.start + 1);
  return spki.subarray(number.start, number.end);
}

/**
 * Node's native string conversions, where the host has them. They live on `Buffer.prototype`, work on any Uint8Array
 * and skip the argument handling of `TextDecoder`, which costs more than the conversion of a short text.
 */
interface NativeText {
  utf8Slice(this: Uint8Array, start: number, end: number): string;
  latin1Slice(this: Uint8Array, start: number, end: number): string;
  ucs2Slice(this: Uint8Array, start: number, end: number): string;
  utf8Write(this: Uint8Array, text: string, offset: number, length: number): number;
}

const host = globalThis as { Buffer?: { prototype: Partial<NativeText> } };
const prototype = host.Buffer?.prototype;

/** Null in hosts without Buffer: then the portable paths serve. */
export const native: NativeText | null =
  prototype?.utf8Slice && prototype.latin1Slice && prototype.ucs2Slice && prototype.utf8Write
    ? (prototype as NativeText)
    : null;

interface TextCoders {
  TextDecoder: new (label: string, options: object) => { decode(bytes: Uint8Array): string };
  TextEncoder: new () => { encodeInto(text: string, to: Uint8Array): { written: number } };
}

const { TextDecoder, TextEncoder } = globalThis as unknown as TextCoders;
const decoder = /* @__PURE__ */ new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = /* @__PURE__ */ new TextEncoder();

/** UTF-8 to text by the host's decoder; invalid sequences become U+FFFD. */
export function decodeUtf8(bytes: Uint8Array, start: number, end: number): string {
  return native
    ? native.utf8Slice.call(bytes, start, end)
    : decoder.decode(bytes.subarray(start, end));
}

/** ASCII bytes to text. */
export function decodeAscii(bytes: Uint8Array, start: number, end: number): string {
  return native
    ? native.latin1Slice.call(bytes, start, end)
    : decoder.decode(bytes.subarray(start, end));
}

/** Writes text as UTF-8 at `at`, where there is room for it; the number of bytes written. */
export function encodeUtf8(text: string, to: Uint8Array, at: number, room: number): number {
  return native
    ? native.utf8Write.call(to, text, at, room)
    : encoder.encodeInto(text, to.subarray(at, at + room)).written;
}

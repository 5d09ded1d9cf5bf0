import { decodeAscii, decodeUtf8, native } from './native.js';

/*
 * Strings are three quarters of all decoding time, so they climb a ladder: a cache of words up to 7 bytes, short ASCII
 * character by character, longer ASCII by one native call, anything else by a transcoder of our own to UTF-16.
 */

const CACHE_BITS = 12;
const cacheFirst = /* @__PURE__ */ new Int32Array(1 << CACHE_BITS);
const cacheSecond = /* @__PURE__ */ new Int32Array(1 << CACHE_BITS);
const cacheText: string[] = /* @__PURE__ */ new Array<string>(1 << CACHE_BITS).fill('');

/**
 * A string of at most 7 bytes. Its length byte, content and padding are the words `first` and `second`, which are
 * therefore the cache's key; `second` is 0 where the string takes one word only.
 */
export function readWord(
  u8: Uint8Array,
  start: number,
  length: number,
  first: number,
  second: number,
): string {
  const slot = Math.imul(first ^ Math.imul(second, 0x85ebca6b), 0x9e3779b1) >>> (32 - CACHE_BITS);
  if (cacheFirst[slot] === first && cacheSecond[slot] === second) return cacheText[slot] as string;
  let text = '';
  for (let i = start; i < start + length; i++) {
    const byte = u8[i] as number;
    if (byte > 127) {
      text = decodeUtf8(u8, start, start + length);
      break;
    }
    text += String.fromCharCode(byte);
  }
  cacheFirst[slot] = first;
  cacheSecond[slot] = second;
  cacheText[slot] = text;
  return text;
}

/** A string of more than 7 bytes between `start` and `end`; `i32` is a view of the same buffer as `u8`. */
export function readText(u8: Uint8Array, i32: Int32Array, start: number, end: number): string {
  if (end - start <= 16) {
    // Fewer than 8 bytes come here only behind a needlessly long length.
    return end - start < 8 ? decodeUtf8(u8, start, end) : readShort(u8, start, end);
  }
  let at = start;
  while (at & 3) if ((u8[at++] as number) > 127) return readUtf8(u8, start, end);
  const words = end >> 2;
  for (let w = at >> 2; w < words; w++) {
    if ((i32[w] as number) & 0x80808080) return readUtf8(u8, start, end);
  }
  for (at = words << 2; at < end; at++)
    if ((u8[at] as number) > 127) return readUtf8(u8, start, end);
  return decodeAscii(u8, start, end);
}

/** 8 to 16 bytes. */
function readShort(u8: Uint8Array, start: number, end: number): string {
  let any = 0;
  for (let i = start; i < end; i++) any |= u8[i] as number;
  return any > 127 ? readUtf8(u8, start, end) : spell(u8, start, end - start);
}

/** Up to 16 characters: one call that makes the string at once. */
function spell(units: Uint8Array | Uint16Array, s: number, length: number): string {
  const char = String.fromCharCode as (...codes: (number | undefined)[]) => string;
  const [a, b, c, d] = [units[s], units[s + 1], units[s + 2], units[s + 3]];
  if (length === 4) return char(a, b, c, d);
  const [e, f, g, h] = [units[s + 4], units[s + 5], units[s + 6], units[s + 7]];
  switch (length) {
    case 5:
      return char(a, b, c, d, e);
    case 6:
      return char(a, b, c, d, e, f);
    case 7:
      return char(a, b, c, d, e, f, g);
    case 8:
      return char(a, b, c, d, e, f, g, h);
  }
  const [i, j, k, l] = [units[s + 8], units[s + 9], units[s + 10], units[s + 11]];
  const [m, n, o, p] = [units[s + 12], units[s + 13], units[s + 14], units[s + 15]];
  switch (length) {
    case 9:
      return char(a, b, c, d, e, f, g, h, i);
    case 10:
      return char(a, b, c, d, e, f, g, h, i, j);
    case 11:
      return char(a, b, c, d, e, f, g, h, i, j, k);
    case 12:
      return char(a, b, c, d, e, f, g, h, i, j, k, l);
    case 13:
      return char(a, b, c, d, e, f, g, h, i, j, k, l, m);
    case 14:
      return char(a, b, c, d, e, f, g, h, i, j, k, l, m, n);
    case 15:
      return char(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o);
    default:
      return char(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p);
  }
}

let utf16 = new Uint16Array(1024);
let utf16Bytes = new Uint8Array(utf16.buffer);

/** Longest text the transcoder keeps a buffer for. */
const MAX_TRANSCODED = 1 << 16;

/** Text with non-ASCII characters. Invalid UTF-8 is left to the host's decoder, so that both agree on it. */
function readUtf8(u8: Uint8Array, start: number, end: number): string {
  const room = end - start;
  if (native === null || room > MAX_TRANSCODED) return decodeUtf8(u8, start, end);
  if (room > utf16.length) {
    utf16 = new Uint16Array(1 << (32 - Math.clz32(room)));
    utf16Bytes = new Uint8Array(utf16.buffer);
  }
  const length = transcode(u8, start, end, utf16);
  if (length < 0) return decodeUtf8(u8, start, end);
  if (length >= 4 && length <= 16) return spell(utf16, 0, length);
  return native.ucs2Slice.call(utf16Bytes, 0, length * 2);
}

/**
 * UTF-8 to UTF-16 code units; -1 when the input is not valid UTF-8. The loop within the loop is for words of
 * characters of two bytes, which Cyrillic, Greek, Hebrew and Arabic texts consist of.
 */
function transcode(u8: Uint8Array, start: number, end: number, out: Uint16Array): number {
  let to = 0;
  let at = start;
  while (at < end) {
    let a = u8[at++] as number;
    while (a >= 0xc2 && a < 0xe0) {
      if (at >= end) return -1;
      const b = u8[at++] as number;
      if ((b & 0xc0) !== 0x80) return -1;
      out[to++] = ((a & 0x1f) << 6) | (b & 0x3f);
      if (at >= end) return to;
      a = u8[at++] as number;
    }
    if (a < 0x80) {
      out[to++] = a;
      continue;
    }
    const left = end - at;
    if (a < 0xc2 || a > 0xf4 || left < 2) return -1;
    const b = u8[at] as number;
    const c = u8[at + 1] as number;
    if ((b & 0xc0) !== 0x80 || (c & 0xc0) !== 0x80) return -1;
    if (a < 0xf0) {
      const code = ((a & 0x0f) << 12) | ((b & 0x3f) << 6) | (c & 0x3f);
      if (code < 0x800 || (code >= 0xd800 && code < 0xe000)) return -1;
      at += 2;
      out[to++] = code;
      continue;
    }
    const d = u8[at + 2] as number;
    if (left < 3 || (d & 0xc0) !== 0x80) return -1;
    const code = ((a & 0x07) << 18) | ((b & 0x3f) << 12) | ((c & 0x3f) << 6) | (d & 0x3f);
    if (code < 0x10000 || code > 0x10ffff) return -1;
    at += 3;
    out[to++] = 0xd7c0 + (code >> 10);
    out[to++] = 0xdc00 | (code & 0x3ff);
  }
  return to;
}

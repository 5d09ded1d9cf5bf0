import { lasting } from './sized.js';
import type { Probed, ProbeInput } from './types.js';

/** A page is never larger. */
const MOST_PAGE = 27 + 255 + 255 * 255;

/** Opus counts in these, whatever the sound was recorded with. */
const OPUS_RATE = 48_000;

interface Stream {
  readonly codec: 'opus' | 'vorbis';
  readonly rate: number;
  /** Samples that are played before the sound begins. */
  readonly skip: number;
  readonly serial: number;
}

/** Opus or Vorbis in Ogg: the last page tells how many samples there are in all. */
export async function probeOgg(input: ProbeInput): Promise<Probed | undefined> {
  const first = await input.read(0, 64);
  if (!isPage(first, 0)) return undefined;
  const stream = streamOf(first);
  if (!stream) return {};
  const { codec, rate, skip, serial } = stream;
  if (!input.complete) return { codec };
  const start = Math.max(0, input.size - MOST_PAGE);
  const samples = lastPosition(await input.read(start, input.size - start), serial);
  return samples === undefined ? { codec } : { codec, ...lasting((samples - skip) / rate) };
}

/** undefined: sound of another kind, or none. */
function streamOf(page: Uint8Array): Stream | undefined {
  const segments = page[26] ?? 0;
  const body = page.subarray(27 + segments);
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  const serial = new DataView(page.buffer, page.byteOffset, page.length).getUint32(14, true);
  if (body.length >= 12 && startsWith(body, 0, 'OpusHead')) {
    return { codec: 'opus', rate: OPUS_RATE, skip: view.getUint16(10, true), serial };
  }
  if (body.length >= 16 && body[0] === 1 && startsWith(body, 1, 'vorbis')) {
    const rate = view.getUint32(12, true);
    return rate === 0 ? undefined : { codec: 'vorbis', rate, skip: 0, serial };
  }
  return undefined;
}

/** The position that the last page of a stream ends at; undefined: there is no such page. */
function lastPosition(tail: Uint8Array, serial: number): number | undefined {
  const view = new DataView(tail.buffer, tail.byteOffset, tail.length);
  for (let at = tail.length - 27; at >= 0; at--) {
    if (!isPage(tail, at) || view.getUint32(at + 14, true) !== serial) continue;
    const position = view.getBigInt64(at + 6, true);
    // −1: no packet ends on that page.
    if (position >= 0n) return Number(position);
  }
  return undefined;
}

function isPage(bytes: Uint8Array, at: number): boolean {
  return bytes.length >= at + 27 && startsWith(bytes, at, 'OggS') && bytes[at + 4] === 0;
}

function startsWith(bytes: Uint8Array, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    if (bytes[at + i] !== text.charCodeAt(i)) return false;
  }
  return true;
}

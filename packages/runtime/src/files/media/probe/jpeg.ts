import { sized } from './sized.js';
import type { Probed, ProbeInput } from './types.js';

/** A file has a few dozen segments before its picture. */
const MOST_SEGMENTS = 256;

const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;

/** JPEG: the size is in the segment that begins a frame, wherever that lies before the picture itself. */
export async function probeJpeg(input: ProbeInput): Promise<Probed | undefined> {
  const start = await input.read(0, 3);
  if (start[0] !== 0xff || start[1] !== 0xd8 || start[2] !== 0xff) return undefined;
  let at = 2;
  for (let i = 0; i < MOST_SEGMENTS; i++) {
    const segment = await input.read(at, 9);
    if (segment.length < 4 || segment[0] !== 0xff) break;
    const marker = segment[1] ?? 0;
    if (marker === START_OF_SCAN || marker === END_OF_IMAGE) break;
    if (marker === 0xff) {
      // Filling before a marker.
      at += 1;
    } else if (isBare(marker)) {
      at += 2;
    } else {
      const view = new DataView(segment.buffer, segment.byteOffset, segment.length);
      if (beginsFrame(marker)) {
        return segment.length < 9 ? {} : sized(view.getUint16(7), view.getUint16(5));
      }
      at += 2 + Math.max(view.getUint16(2), 2);
    }
  }
  return {};
}

/** Markers without a length: `TEM`, `RST0` … `RST7`, `SOI`. */
function isBare(marker: number): boolean {
  return marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
}

/** `SOF0` … `SOF15`, without the tables that lie among them. */
function beginsFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

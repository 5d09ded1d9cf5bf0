import { sized } from './sized.js';
import type { Probed, ProbeInput } from './types.js';

/** WebP: a RIFF file whose first chunk tells the size in one of three ways. */
export async function probeWebp(input: ProbeInput): Promise<Probed | undefined> {
  const head = await input.read(0, 30);
  const text = (start: number): string => String.fromCharCode(...head.subarray(start, start + 4));
  if (head.length < 16 || text(0) !== 'RIFF' || text(8) !== 'WEBP') return undefined;
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  switch (text(12)) {
    case 'VP8 ':
      return lossy(view);
    case 'VP8L':
      return lossless(view);
    case 'VP8X':
      return extended(view);
    default:
      return {};
  }
}

/** 14 bits each, after the frame's tag and start code. */
function lossy(view: DataView): Probed {
  if (view.byteLength < 30 || view.getUint8(23) !== 0x9d || view.getUint16(24) !== 0x012a)
    return {};
  return sized(view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
}

/** 14 bits each, one less than the size, after a byte of signature. */
function lossless(view: DataView): Probed {
  if (view.byteLength < 25 || view.getUint8(20) !== 0x2f) return {};
  const bits = view.getUint32(21, true);
  return sized((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
}

/** 24 bits each, one less than the size of the canvas. */
function extended(view: DataView): Probed {
  if (view.byteLength < 30) return {};
  const uint24 = (at: number): number => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  return sized(uint24(24) + 1, uint24(27) + 1);
}

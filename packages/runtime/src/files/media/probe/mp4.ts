import { Boxes, type Box } from './boxes.js';
import { lasting, sized } from './sized.js';
import type { Probed, ProbeInput } from './types.js';

/** Boxes an MP4 or QuickTime file begins with. */
const FIRST = new Set(['ftyp', 'moov', 'mdat', 'free', 'skip', 'wide', 'pnot']);

/** MP4 and QuickTime: the box `moov` has it all, and may be the first or the last. */
export async function probeMp4(input: ProbeInput): Promise<Probed | undefined> {
  const boxes = new Boxes(input);
  let seen = false;
  for await (const box of boxes.between(0, input.size)) {
    if (!seen && !FIRST.has(box.type)) return undefined;
    seen = true;
    if (box.type === 'moov') return movie(boxes, box);
  }
  return seen ? {} : undefined;
}

async function movie(boxes: Boxes, { start, end }: Box): Promise<Probed> {
  let timescale = 0;
  let duration = 0;
  let size: Probed = {};
  for await (const box of boxes.between(start, end)) {
    if (box.type === 'mvhd') {
      ({ timescale, duration } = await movieTime(boxes, box));
    } else if (box.type === 'trak') {
      if (size.width === undefined) size = await trackSize(boxes, box);
    } else if (box.type === 'mvex' && duration === 0) {
      // A film in fragments.
      duration = await fragmentTime(boxes, box);
    }
  }
  return { ...size, ...lasting(timescale === 0 ? 0 : duration / timescale) };
}

/** A time that nobody knew has all bits set. */
function time(view: DataView, at: number, version: number): number {
  if (version === 0) {
    const value = view.getUint32(at);
    return value === 0xffffffff ? 0 : value;
  }
  return Number(BigInt.asUintN(63, view.getBigUint64(at)));
}

async function movieTime(
  boxes: Boxes,
  box: Box,
): Promise<{ readonly timescale: number; readonly duration: number }> {
  const head = await boxes.content(box, 20);
  const version = head?.getUint8(0) === 1 ? 1 : 0;
  const view = version === 1 ? await boxes.content(box, 32) : head;
  if (!view) return { timescale: 0, duration: 0 };
  const at = version === 1 ? 20 : 12;
  return { timescale: view.getUint32(at), duration: time(view, at + 4, version) };
}

async function fragmentTime(boxes: Boxes, { start, end }: Box): Promise<number> {
  for await (const box of boxes.between(start, end)) {
    if (box.type !== 'mehd') continue;
    const head = await boxes.content(box, 8);
    const version = head?.getUint8(0) === 1 ? 1 : 0;
    const view = version === 1 ? await boxes.content(box, 12) : head;
    return view ? time(view, 4, version) : 0;
  }
  return 0;
}

/** Nothing, when the track is not one of pictures. */
async function trackSize(boxes: Boxes, { start, end }: Box): Promise<Probed> {
  for await (const box of boxes.between(start, end)) {
    if (box.type !== 'tkhd') continue;
    const head = await boxes.content(box, 84);
    const version = head?.getUint8(0) === 1 ? 1 : 0;
    const view = version === 1 ? await boxes.content(box, 96) : head;
    if (!view) return {};
    const matrix = version === 1 ? 52 : 40;
    // Parts of a pixel, 1 / 65536.
    const width = Math.round(view.getUint32(matrix + 36) / 0x10000);
    const height = Math.round(view.getUint32(matrix + 40) / 0x10000);
    // The matrix turns the picture by 90° or 270° when only b and c are in it.
    const turned = view.getInt32(matrix) === 0 && view.getInt32(matrix + 4) !== 0;
    return turned ? sized(height, width) : sized(width, height);
  }
  return {};
}

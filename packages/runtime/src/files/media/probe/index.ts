import { probeGif } from './gif.js';
import { probeJpeg } from './jpeg.js';
import { probeMp4 } from './mp4.js';
import { probeOgg } from './ogg.js';
import { probePng } from './png.js';
import type { Probed, ProbeInput } from './types.js';
import { probeWebp } from './webp.js';

export { headInput, PROBE_LIMIT, SourceInput } from './input.js';
export type { Probed, ProbeInput } from './types.js';

const FORMATS = [probeJpeg, probePng, probeGif, probeWebp, probeOgg, probeMp4];

/**
 * What a file tells of its size and duration: JPEG, PNG, GIF, WebP, Opus and Vorbis in Ogg, MP4 and QuickTime. Of others,
 * and of files that are damaged, nothing; only what reading fails with is thrown.
 */
export async function probe(input: ProbeInput): Promise<Probed> {
  for (const format of FORMATS) {
    const found = await format(input);
    if (found) return found;
  }
  return {};
}

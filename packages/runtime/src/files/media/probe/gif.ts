import { sized } from './sized.js';
import type { Probed, ProbeInput } from './types.js';

/** GIF: the size of the screen follows the signature. */
export async function probeGif(input: ProbeInput): Promise<Probed | undefined> {
  const head = await input.read(0, 10);
  if (head.length < 10) return undefined;
  const signature = String.fromCharCode(...head.subarray(0, 6));
  if (signature !== 'GIF87a' && signature !== 'GIF89a') return undefined;
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  return sized(view.getUint16(6, true), view.getUint16(8, true));
}

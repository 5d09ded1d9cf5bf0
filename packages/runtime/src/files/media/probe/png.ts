import { sized } from './sized.js';
import type { Probed, ProbeInput } from './types.js';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** PNG: the size is in the first chunk, `IHDR`. */
export async function probePng(input: ProbeInput): Promise<Probed | undefined> {
  const head = await input.read(0, 24);
  if (head.length < 24 || !SIGNATURE.every((byte, i) => head[i] === byte)) return undefined;
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  return sized(view.getUint32(16), view.getUint32(20));
}

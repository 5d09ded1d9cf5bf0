import { CallOptionError } from '../../core/errors.js';

/** As many as clients draw. */
const MOST = 100;
const BITS = 5;

/**
 * Packs the loudness of a voice message: 5 bits each, the lowest bits first, as `documentAttributeAudio.waveform` has
 * it.
 *
 * @param samples - up to 100 whole numbers, 0 (silence) … 31, spread evenly over the message.
 * @throws CallOptionError when there are more, or one is none of these.
 */
export function packWaveform(samples: ArrayLike<number>): Uint8Array {
  if (samples.length > MOST) {
    refuse(`has ${samples.length} values: at most ${MOST} can be sent`);
  }
  const packed = new Uint8Array(Math.ceil((samples.length * BITS) / 8));
  for (let i = 0; i < samples.length; i++) {
    const value = samples[i];
    if (value === undefined || !Number.isInteger(value) || value < 0 || value > 31) {
      refuse(`has ${String(value)} at ${i}: each has to be a whole number, 0 … 31`);
    }
    const at = (i * BITS) >> 3;
    const wide = value << ((i * BITS) & 7);
    packed[at] = (packed[at] ?? 0) | (wide & 0xff);
    if (wide > 0xff) packed[at + 1] = wide >> 8;
  }
  return packed;
}

/** The reverse of {@link packWaveform}; bits that are left over, fewer than one value has, do not count. */
export function unpackWaveform(packed: Uint8Array): number[] {
  const samples: number[] = [];
  for (let bit = 0; bit + BITS <= packed.length * 8; bit += BITS) {
    const at = bit >> 3;
    const wide = (packed[at] ?? 0) | ((packed[at + 1] ?? 0) << 8);
    samples.push((wide >> (bit & 7)) & 31);
  }
  return samples;
}

function refuse(why: string): never {
  throw new CallOptionError('waveform', `The waveform of a voice message ${why}`);
}

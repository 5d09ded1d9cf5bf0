import { describe, expect, it } from 'vitest';
import {
  kindOf,
  packWaveform,
  unpackWaveform,
} from '../../../../../packages/runtime/src/files/media/index.js';

describe('what a file is sent as', () => {
  it.each([
    ['image/jpeg', 'photo'],
    ['image/png', 'photo'],
    ['IMAGE/JPEG; q=1', 'photo'],
    ['image/gif', 'animation'],
    ['image/webp', 'document'],
    ['image/svg+xml', 'document'],
    ['video/mp4', 'video'],
    ['video/quicktime', 'video'],
    ['video/webm', 'document'],
    ['audio/mpeg', 'audio'],
    ['audio/mp4', 'audio'],
    ['audio/flac', 'audio'],
    ['audio/ogg', 'voice'],
    ['audio/ogg; codecs=opus', 'voice'],
    ['text/plain', 'document'],
    ['', 'document'],
  ])('%s: %s', (mimeType, kind) => {
    expect(kindOf(mimeType)).toBe(kind);
  });

  it('a picture of more than 10 MiB is a document', () => {
    expect(kindOf('image/png', 'a.png', 10 * 1024 * 1024)).toBe('photo');
    expect(kindOf('image/png', 'a.png', 10 * 1024 * 1024 + 1)).toBe('document');
  });

  it('the name counts where the type says nothing', () => {
    expect(kindOf('application/octet-stream', 'a.OGA')).toBe('voice');
    expect(kindOf('text/plain', 'a.ogg')).toBe('document');
    expect(kindOf('application/octet-stream', 'ogg')).toBe('document');
  });
});

describe('a waveform', () => {
  it('has 5 bits for each value, the lowest first', () => {
    expect([...packWaveform([1])]).toEqual([0b00000001]);
    expect([...packWaveform([31, 0, 31])]).toEqual([0b00011111, 0b01111100]);
    expect(packWaveform(Array.from({ length: 100 }, () => 31))).toEqual(
      Uint8Array.from({ length: 63 }, (_, i) => (i === 62 ? 0x0f : 0xff)),
    );
  });

  it('comes back as it was', () => {
    const samples = Array.from({ length: 100 }, (_, i) => (i * 7) % 32);
    expect(unpackWaveform(packWaveform(samples))).toEqual(samples);
    expect(packWaveform(samples)).toEqual(oracle(samples));
    expect(unpackWaveform(new Uint8Array(0))).toEqual([]);
  });

  it('of what it cannot be is refused', () => {
    for (const bad of [[32], [-1], [1.5], [NaN], Array.from({ length: 101 }, () => 0)]) {
      expect(() => packWaveform(bad)).toThrow(
        expect.objectContaining({ code: 'BAD_OPTION', option: 'waveform' }),
      );
    }
  });
});

/** The same by way of one large number. */
function oracle(samples: readonly number[]): Uint8Array {
  let all = 0n;
  for (const [i, one] of samples.entries()) all |= BigInt(one) << BigInt(5 * i);
  const bytes = new Uint8Array(Math.ceil((samples.length * 5) / 8));
  return bytes.map((_, i) => Number((all >> BigInt(8 * i)) & 255n));
}

import type { OutgoingMedia } from '../../packages/runtime/src/files/media/index.js';
import { content, KIB, MIB } from '../end-to-end/files/content.js';

/** Borders between one part and two, and between the two methods of uploading. */
const PART = 512 * KIB;
const BORDER = 10 * MIB;
export const SIZES = [1, PART - 1, PART, PART + 1, BORDER - 1, BORDER, BORDER + 1];

/** A picture of that size, as far as its header says; what follows is no picture. */
export function picture(width: number, height: number, length = 30_001, salt = 0): Uint8Array {
  const bytes = content(length, salt);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  new DataView(bytes.buffer).setUint32(16, width);
  new DataView(bytes.buffer).setUint32(20, height);
  bytes.set([8, 2, 0, 0, 0], 24);
  return bytes;
}

/** The same as a JPEG. */
export function jpeg(width: number, height: number, length: number, salt = 0): Uint8Array {
  const bytes = content(length, salt);
  bytes.set([0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, height >> 8, height & 255, width >> 8, width & 255]);
  bytes.set([3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1], 11);
  bytes.set([0xff, 0xd9], length - 2);
  return bytes;
}

/** What a message says of its file; undefined: nothing. */
export interface Facts {
  readonly kind: string;
  readonly name?: string | undefined;
  readonly mimeType?: string | undefined;
  readonly size?: number | undefined;
  readonly duration?: number | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly streaming?: boolean | undefined;
  readonly title?: string | undefined;
  readonly performer?: string | undefined;
  readonly waveform?: readonly number[] | undefined;
}

/** A file of our client, and what the other client is to see of it. */
export interface Case {
  readonly media: OutgoingMedia & { readonly file: Uint8Array };
  readonly facts: Facts;
  /** What its thumbnail has. */
  readonly thumb?: Uint8Array | undefined;
}

const thumb = jpeg(90, 60, 3001, 5);
const WAVEFORM = [0, 8, 16, 31, 16, 8, 0, 1];

/** One of each kind. */
export const CASES: readonly Case[] = [
  {
    media: { type: 'photo', file: picture(800, 600) },
    facts: { kind: 'photo', width: 800, height: 600, size: 30_001 },
  },
  {
    media: {
      type: 'document',
      file: content(700_001, 1),
      name: 'Bericht – ünï 🦔.txt',
      thumb,
    },
    facts: {
      kind: 'document',
      name: 'Bericht – ünï 🦔.txt',
      mimeType: 'text/plain',
      size: 700_001,
    },
    thumb,
  },
  {
    media: {
      type: 'video',
      file: content(600_000, 2),
      name: 'film.mp4',
      duration: 12.5,
      width: 640,
      height: 360,
      thumb,
    },
    facts: {
      kind: 'video',
      name: 'film.mp4',
      mimeType: 'video/mp4',
      size: 600_000,
      duration: 12.5,
      width: 640,
      height: 360,
      streaming: true,
    },
    thumb,
  },
  {
    media: {
      type: 'voice',
      file: content(5001, 3),
      name: 'voice.ogg',
      duration: 3,
      waveform: WAVEFORM,
    },
    facts: {
      kind: 'voice',
      name: 'voice.ogg',
      mimeType: 'audio/ogg',
      size: 5001,
      duration: 3,
      waveform: WAVEFORM,
    },
  },
  {
    media: {
      type: 'audio',
      file: content(200_001, 4),
      name: 'song.mp3',
      duration: 180,
      title: 'Lied',
      performer: 'Ännchen',
    },
    facts: {
      kind: 'audio',
      name: 'song.mp3',
      mimeType: 'audio/mpeg',
      size: 200_001,
      duration: 180,
      title: 'Lied',
      performer: 'Ännchen',
    },
  },
];

/** Three files of an album. */
export const ALBUM = [0, 1, 2].map((at) => picture(100 + at, 100, 20_001 + at, at));

/** Unpacks the amplitudes of a voice message: five bits each, the lowest first. */
export function amplitudes(packed: Uint8Array | undefined | null): number[] | undefined {
  if (!packed) return undefined;
  const bits = [...packed].flatMap((byte) =>
    Array.from({ length: 8 }, (_, at) => (byte >> at) & 1),
  );
  return Array.from({ length: Math.floor(bits.length / 5) }, (_, at) =>
    bits.slice(at * 5, at * 5 + 5).reduce((sum, bit, place) => sum + (bit << place), 0),
  );
}

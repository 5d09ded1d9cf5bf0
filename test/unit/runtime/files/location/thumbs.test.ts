import { base } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  locate,
  outlineSvg,
  strippedJpeg,
  suggestedName,
} from '../../../../../packages/runtime/src/files/location/index.js';
import { document, OUTLINE, photo, STRIPPED } from './objects.js';

interface Peer {
  strippedPhotoToJpg(stripped: Uint8Array): Uint8Array;
  inflateSvgPath(path: Uint8Array): string;
}

async function mtcute(): Promise<Peer> {
  const root = dirname(createRequire(import.meta.url).resolve('@mtcute/core'));
  return (await import(pathToFileURL(join(root, 'highlevel/utils/file-utils.js')).href)) as Peer;
}

describe('thumbnails', () => {
  it.each([
    [undefined, 'y', 90_000, 'image/jpeg'],
    ['', 'y', 90_000, 'image/jpeg'],
    ['largest', 'y', 90_000, 'image/jpeg'],
    ['smallest', 'm', 10_000, 'image/jpeg'],
    ['x', 'x', 50_000, 'image/jpeg'],
    ['u', 'u', 200_000, 'video/mp4'],
  ])('photo, thumb %j: size %s', (thumb, letter, size, mimeType) => {
    const file = locate(schema, photo(), { thumb });
    expect(file).toMatchObject({ thumbSize: letter, size, mimeType });
    expect(file.identity).toBe(`photo:11:${letter}`);
    expect(file.location).toMatchObject({ thumbSize: letter, id: 11n });
  });

  it.each([
    ['largest', 'm', 4_000],
    ['m', 'm', 4_000],
    ['v', 'v', 60_000],
  ])('document, thumb %s', (thumb, letter, size) => {
    const file = locate(schema, document(), { thumb });
    expect(file).toMatchObject({ kind: 'thumbnail', thumbSize: letter, size, name: undefined });
    expect(file.identity).toBe(`document:21:${letter}`);
    expect(file.media).toEqual({ type: 'document', id: 21n });
  });

  it('what came with the object is not fetched', () => {
    const file = locate(schema, document(), { thumb: 'smallest' });
    expect(file).toMatchObject({ location: null, size: 77, thumbSize: 's' });
    expect(file.bytes).toHaveLength(77);
    expect(file.media).toBeUndefined();
  });

  it('a stripped thumbnail is a whole JPEG, the same that others make', async () => {
    const file = locate(schema, photo(), { thumb: 'i' });
    expect(file).toMatchObject({ location: null, mimeType: 'image/jpeg', thumbSize: 'i' });
    const jpeg = file.bytes as Uint8Array;
    expect([...jpeg.subarray(0, 4)]).toEqual([0xff, 0xd8, 0xff, 0xe0]);
    expect([...jpeg.subarray(-2)]).toEqual([0xff, 0xd9]);
    expect(file.size).toBe(jpeg.length);
    const theirs = (await mtcute()).strippedPhotoToJpg(STRIPPED);
    expect(Buffer.from(jpeg).equals(Buffer.from(theirs))).toBe(true);
  });

  it('no stripped thumbnail in bytes of another kind', () => {
    for (const bytes of [[], [1], [1, 2], [2, 30, 40, 1]]) {
      expect(strippedJpeg(new Uint8Array(bytes))).toBeUndefined();
    }
    const sizes = [new base.PhotoStrippedSize({ type: 'i', bytes: new Uint8Array([9, 9, 9]) })];
    expect(() => locate(schema, photo({ sizes, videoSizes: undefined }))).toThrow(/it has none/);
  });

  it('an outline is an SVG with the path that others read', async () => {
    const path = new Uint8Array(256).map((_, at) => at);
    const svg = new TextDecoder().decode(outlineSvg(path, { width: 100, height: 50 }));
    const theirs = (await mtcute()).inflateSvgPath(path);
    expect(svg).toContain(`d="${theirs}"`);
    expect(svg).toContain('viewBox="0 0 100 50"');
    const file = locate(schema, document(), { thumb: 'j' });
    expect(file).toMatchObject({ location: null, mimeType: 'image/svg+xml' });
    expect(new TextDecoder().decode(file.bytes)).toContain('d="MA5-7,9z"');
    expect(OUTLINE).toHaveLength(4);
  });

  it('without whole pictures, the blurred one is smallest and largest', () => {
    const stripped = new base.PhotoStrippedSize({ type: 'i', bytes: STRIPPED });
    const thumbs = [new base.PhotoPathSize({ type: 'j', bytes: OUTLINE }), stripped];
    const one = document([], { thumbs, videoThumbs: undefined });
    expect(locate(schema, one, { thumb: 'smallest' }).thumbSize).toBe('i');
    expect(locate(schema, one, { thumb: 'largest' }).thumbSize).toBe('i');
  });

  it('says which sizes there are', () => {
    expect(() => locate(schema, photo(), { thumb: 'w' })).toThrow(
      'photo has no size "w" to download: it has i, m, y, x, u',
    );
    expect(() => locate(schema, document([], { thumbs: undefined }), { thumb: 'q' })).toThrow(
      'document has no size "q" to download: it has v',
    );
  });
});

describe('suggestedName', () => {
  it.each([
    [locate(schema, photo()), 'photo_2024-01-31_12-00-00.jpg'],
    [locate(schema, document()), 'notes.txt'],
    [locate(schema, document(), { thumb: 'm' }), 'thumbnail_2024-01-31_12-00-00.jpg'],
    [
      locate(
        schema,
        document([new base.DocumentAttributeVideo({ duration: 1, w: 1, h: 1 })], {
          mimeType: 'video/mp4',
        }),
      ),
      'video_2024-01-31_12-00-00.mp4',
    ],
    [
      locate(
        schema,
        document([new base.DocumentAttributeAudio({ duration: 1, voice: true })], {
          mimeType: '',
          date: 0,
        }),
      ),
      'voice_21.ogg',
    ],
  ])('%#', (file, name) => {
    expect(suggestedName(file)).toBe(name);
  });
});

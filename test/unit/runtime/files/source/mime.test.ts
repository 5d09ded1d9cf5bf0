import { describe, expect, it } from 'vitest';
import { extensionOf, mimeTypeOf } from '../../../../../packages/runtime/src/files/source/index.js';
import {
  EXTENSIONS,
  OTHER_NAMES,
} from '../../../../../packages/runtime/src/files/source/mime-table.js';
import { Random, SEED } from '../../../../support/random.js';

const text = (value: string): Uint8Array => Uint8Array.from(value, (one) => one.charCodeAt(0));

describe('mimeTypeOf', () => {
  it.each([
    ['a.jpg', 'image/jpeg'],
    ['A.JPEG', 'image/jpeg'],
    ['sticker.tgs', 'application/x-tgsticker'],
    ['sticker.webp', 'image/webp'],
    ['voice.ogg', 'audio/ogg'],
    ['voice.opus', 'audio/ogg'],
    ['v.webm', 'video/webm'],
    ['archive.tar.gz', 'application/gzip'],
    ['a.constructor', 'application/octet-stream'],
    ['jpg', 'application/octet-stream'],
    ['a.jpg/b', 'application/octet-stream'],
    ['', 'application/octet-stream'],
    [undefined, 'application/octet-stream'],
  ])('%s is %s', (name, type) => expect(mimeTypeOf(name)).toBe(type));

  it.each([
    ['\xff\xd8\xff\xe0', 'image/jpeg'],
    ['\x89PNG\r\n\x1a\n', 'image/png'],
    ['GIF89a', 'image/gif'],
    ['GIF87a', 'image/gif'],
    ['RIFF\0\0\0\0WEBPVP8 ', 'image/webp'],
    ['RIFF\0\0\0\0WAVEfmt ', 'audio/wav'],
    ['RIFF\0\0\0\0AVI LIST', 'video/x-msvideo'],
    ['\0\0\0\x20ftypisom', 'video/mp4'],
    ['\0\0\0\x20ftypqt  ', 'video/quicktime'],
    ['\0\0\0\x20ftypM4A ', 'audio/mp4'],
    ['\0\0\0\x20ftyp3gp4', 'video/3gpp'],
    ['\0\0\0\x20ftypheic', 'image/heic'],
    ['\x1aE\xdf\xa3\x01\0\0\0\0\0\0\x1fB\x82\x84webm', 'video/webm'],
    ['\x1aE\xdf\xa3\x01\0\0\0\0\0\0\x23B\x82\x88matroska', 'video/x-matroska'],
    ['OggS\0\x02OpusHead', 'audio/ogg'],
    ['OggS\0\x02\x80theora', 'video/ogg'],
    ['ID3\x04', 'audio/mpeg'],
    ['\xff\xfb\x90\x64', 'audio/mpeg'],
    ['\xff\xf1\x50\x80', 'audio/aac'],
    ['\xff\xff\xff\xff', 'application/octet-stream'],
    ['\xff\xfe\x41\0', 'application/octet-stream'],
    ['fLaC', 'audio/flac'],
    ['%PDF-1.7', 'application/pdf'],
    ['PK\x03\x04', 'application/zip'],
    ['\x1f\x8b\x08', 'application/gzip'],
    ['\xff\xfb', 'application/octet-stream'],
    ['RIFF', 'application/octet-stream'],
    ['', 'application/octet-stream'],
  ])('%j begins %s', (head, type) => expect(mimeTypeOf(undefined, text(head))).toBe(type));

  it('believes the name first: stickers and documents are archives inside', () => {
    expect(mimeTypeOf('a.tgs', text('\x1f\x8b\x08'))).toBe('application/x-tgsticker');
    expect(mimeTypeOf('a.docx', text('PK\x03\x04'))).toContain('wordprocessingml');
    expect(mimeTypeOf('a.unknown', text('PK\x03\x04'))).toBe('application/zip');
  });

  it('fuzz: any bytes of any length have a type', () => {
    const random = new Random(SEED);
    for (let run = 0; run < 5000; run++) {
      expect(mimeTypeOf(undefined, random.bytes(random.below(40)))).toMatch(/^\w+\/[\w.+-]+$/);
    }
  });
});

describe('extensionOf', () => {
  it.each([
    ['image/jpeg', '.jpg'],
    ['IMAGE/JPG; x=y', '.jpg'],
    ['application/x-tgsticker', '.tgs'],
    ['audio/ogg', '.ogg'],
    ['audio/opus', '.ogg'],
    ['application/octet-stream', undefined],
    ['constructor', undefined],
    ['', undefined],
  ])('%s has %s', (type, extension) => expect(extensionOf(type)).toBe(extension));

  it('is the way back, and no extension has two types', () => {
    const all = Object.values(EXTENSIONS).flatMap((extensions) => extensions.split(' '));
    expect(new Set(all).size).toBe(all.length);
    for (const type of Object.keys(EXTENSIONS)) {
      expect(mimeTypeOf(`a${extensionOf(type)}`)).toBe(type);
    }
    for (const type of Object.keys(OTHER_NAMES)) expect(extensionOf(type)).toBeDefined();
  });
});

import type { TlObject } from '@tlgen/codec';
import { encode } from '@tlgen/codec';
import { base } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { describe, expect, it } from 'vitest';
import {
  fileIdOf,
  fileKindOf,
  FILE_TYPES,
  inputDocumentOf,
  inputLocationOf,
  inputMediaOfFileId,
  inputPhotoOf,
  parseFileId,
  printFileId,
  type FileId,
} from '../../../../../packages/runtime/src/files/file-id/index.js';
import { isPhotoType } from '../../../../../packages/runtime/src/files/file-id/file-types.js';
import type { PhotoSource } from '../../../../../packages/runtime/src/files/file-id/types.js';
import { documentOf, DOCUMENTS, photo, REFERENCE, withThumbs } from './objects.js';

const bad = expect.objectContaining({ name: 'FileError', code: 'BAD_FILE_ID' });
const handle = (of: { id: bigint; accessHash: bigint }) => ({
  id: of.id,
  accessHash: of.accessHash,
  fileReference: REFERENCE,
});
const SET = new base.InputStickerSetID({ id: 11n, accessHash: 22n });
const common = { version: 4, subVersion: 61, dc: 4, accessHash: -7n } as const;
const picture = (
  type: 'thumbnail' | 'profile-photo' | 'photo' | 'encrypted-thumbnail',
  source: PhotoSource,
  id = 5n,
): FileId => ({ kind: 'photo', type, ...common, id, source });

/** Same class, same bytes: that is what goes out. */
function same(made: TlObject, expected: TlObject): void {
  expect(made).toBeInstanceOf(expected.constructor);
  expect(made).toEqual(expected);
  expect(encode(made)).toEqual(encode(expected));
}

describe('where a file id leads', () => {
  it('a size of a photo', () => {
    const { dc, location, thumbSize, media } = inputLocationOf(schema, fileIdOf(photo).fileId);
    same(location, new base.InputPhotoFileLocation({ ...handle(photo), thumbSize: 'y' }));
    expect({ dc, thumbSize, media }).toEqual({
      dc: 2,
      thumbSize: 'y',
      media: { type: 'photo', id: photo.id },
    });
  });

  it.each(Object.entries(DOCUMENTS))('a document: %s', (_, attributes) => {
    const document = documentOf(attributes);
    const found = inputLocationOf(schema, fileIdOf(document).fileId);
    same(
      found.location,
      new base.InputDocumentFileLocation({ ...handle(document), thumbSize: '' }),
    );
    expect(found).toMatchObject({ dc: 4, media: { type: 'document', id: document.id } });
  });

  it('a thumbnail of a document', () => {
    const found = inputLocationOf(schema, fileIdOf(withThumbs, { thumb: 'm' }).fileId);
    same(
      found.location,
      new base.InputDocumentFileLocation({ ...handle(withThumbs), thumbSize: 'm' }),
    );
    expect(found.media).toEqual({ type: 'document', id: withThumbs.id });
  });

  it.each([
    [7n, new base.InputPeerUser({ userId: 7n, accessHash: 8n })],
    [-7n, new base.InputPeerChat({ chatId: 7n })],
    [-1001326609710n, new base.InputPeerChannel({ channelId: 1326609710n, accessHash: 8n })],
  ])('the picture of %s', (peer, input) => {
    for (const big of [true, false]) {
      const dialog = { big, peer, accessHash: 8n };
      const expected = new base.InputPeerPhotoFileLocation({ big, peer: input, photoId: 5n });
      const id = picture('profile-photo', { type: 'dialog-photo', ...dialog });
      same(inputLocationOf(schema, id).location, expected);
      const place = { volumeId: 1n, localId: 2 };
      const old = picture('profile-photo', { type: 'dialog-photo-legacy', ...dialog, ...place });
      same(inputLocationOf(schema, old).location, expected);
      const older = { ...old, id: 0n } as FileId;
      expect(() => inputLocationOf(schema, older)).toThrow(
        expect.objectContaining({ name: 'FileError', code: 'UNSUPPORTED' }),
      );
    }
  });

  it.each([0n, -2_000_000_000_005n, 1n << 62n])('nobody has the id %s', (peer) => {
    const source = { type: 'dialog-photo', big: true, peer, accessHash: 8n } as const;
    expect(() => inputLocationOf(schema, picture('profile-photo', source))).toThrow(bad);
  });

  it('the thumbnail of a sticker set', () => {
    const set = { id: 11n, accessHash: 22n };
    const id = picture('thumbnail', { type: 'sticker-set-version', ...set, version: 3 }, 0n);
    const { location } = inputLocationOf(schema, id);
    same(location, new base.InputStickerSetThumb({ stickerset: SET, thumbVersion: 3 }));
    for (const source of [
      { type: 'sticker-set', ...set },
      { type: 'sticker-set-legacy', ...set, volumeId: 1n, localId: 2 },
    ] as const) {
      expect(() => inputLocationOf(schema, picture('thumbnail', source))).toThrow(
        expect.objectContaining({ name: 'FileError', code: 'UNSUPPORTED' }),
      );
    }
  });

  it('photos of the first years', () => {
    const place = { volumeId: 1n, secret: 2n, localId: 3 };
    const fileReference = new Uint8Array();
    const full = picture('photo', { type: 'full-legacy', ...place });
    const found = inputLocationOf(schema, full);
    same(
      found.location,
      new base.InputPhotoLegacyFileLocation({ id: 5n, accessHash: -7n, fileReference, ...place }),
    );
    expect(found.media).toEqual({ type: 'photo', id: 5n });
    const placed = inputLocationOf(schema, { ...full, id: 0n } as FileId);
    same(placed.location, new base.InputFileLocation({ fileReference, ...place }));
    expect(placed.media).toBeUndefined();
  });

  it('files of secret chats, of Telegram Passport, and of the web', () => {
    const document = { kind: 'document', ...common, id: 5n } as const;
    const place = { id: 5n, accessHash: -7n };
    same(
      inputLocationOf(schema, { ...document, type: 'encrypted' }).location,
      new base.InputEncryptedFileLocation(place),
    );
    for (const type of ['secure-decrypted', 'secure-encrypted'] as const) {
      const { location } = inputLocationOf(schema, { ...document, type });
      same(location, new base.InputSecureFileLocation(place));
    }
    const url = 'https://example.com/a.jpg';
    const web = inputLocationOf(schema, { kind: 'web', type: 'photo', ...common, url });
    same(web.location, new base.InputWebFileLocation({ url, accessHash: -7n }));
    expect(web.dc).toBeUndefined();
  });

  it.each([
    { kind: 'document', type: 'temp', ...common, id: 5n },
    { kind: 'document', type: 'video', ...common, id: 5n, dc: 0 },
    { kind: 'document', type: 'video', ...common, id: 5n, dc: -1 },
    { kind: 'document', type: 'video', ...common, id: 5n, dc: 2 ** 31 - 1 },
    picture('photo', { type: 'legacy', secret: 5n }),
    picture('encrypted-thumbnail', { type: 'thumbnail', size: 'm' }),
    { kind: 'generated', version: 3, type: 'thumbnail', path: '', conversion: '#map#1#2#3#' },
  ] as const satisfies readonly FileId[])('nowhere: %#', (id) => {
    expect(() => inputLocationOf(schema, id)).toThrow(bad);
    expect(() => inputLocationOf(schema, printFileId(id))).toThrow(bad);
  });
});

describe('sending a file by its id', () => {
  it('a photo, by any of its sizes', () => {
    for (const thumb of ['m', 'x', 'y']) {
      const { fileId } = fileIdOf(photo, { thumb });
      const id = new base.InputPhoto(handle(photo));
      same(inputPhotoOf(schema, fileId), id);
      same(inputMediaOfFileId(schema, fileId), new base.InputMediaPhoto({ id }));
      expect(() => inputDocumentOf(schema, fileId)).toThrow(bad);
    }
  });

  it.each(Object.entries(DOCUMENTS))('a document: %s', (_, attributes) => {
    const document = documentOf(attributes);
    const { fileId } = fileIdOf(document);
    const id = new base.InputDocument(handle(document));
    same(inputDocumentOf(schema, parseFileId(fileId)), id);
    same(inputMediaOfFileId(schema, fileId), new base.InputMediaDocument({ id }));
    expect(() => inputPhotoOf(schema, fileId)).toThrow(bad);
  });

  it('without a reference, as old ids are', () => {
    const sticker = inputDocumentOf(schema, 'CAADBAADwwADmFmqDf6xBrPTReqHAg');
    expect(sticker.fileReference).toEqual(new Uint8Array());
  });

  it('a thumbnail cannot be sent', () => {
    const { fileId } = fileIdOf(withThumbs, { thumb: 'm' });
    for (const make of [inputMediaOfFileId, inputPhotoOf, inputDocumentOf]) {
      expect(() => make(schema, fileId)).toThrow(bad);
      expect(() => make(schema, fileId)).toThrow('take the id of the file itself');
    }
  });

  it('each type, sent or told why not', () => {
    const sent: string[] = [];
    for (const type of FILE_TYPES) {
      const source: PhotoSource =
        type === 'profile-photo'
          ? { type: 'dialog-photo', big: true, peer: 5n, accessHash: 6n }
          : { type: 'full-legacy', volumeId: 1n, secret: 2n, localId: 3 };
      const id: FileId = isPhotoType(type)
        ? { kind: 'photo', type, ...common, id: 5n, source }
        : { kind: 'document', type, ...common, id: 5n };
      try {
        inputMediaOfFileId(schema, id);
        sent.push(type);
      } catch (error) {
        expect(error).toEqual(bad);
        expect((error as Error).message).toMatch(/: .{15,}/);
      }
    }
    const kept = ['thumbnail', 'profile-photo', 'encrypted', 'temp', 'encrypted-thumbnail'];
    kept.push('wallpaper', 'secure-decrypted', 'secure-encrypted');
    expect(sent).toEqual(FILE_TYPES.filter((type) => !kept.includes(type)));
  });

  it('files of the web and generated ones cannot', () => {
    const url = 'https://example.com/a.jpg';
    expect(() =>
      inputMediaOfFileId(schema, { kind: 'web', type: 'photo', ...common, url }),
    ).toThrow('send its URL');
    const made = { kind: 'generated', version: 3, type: 'thumbnail' } as const;
    expect(() => inputMediaOfFileId(schema, { ...made, path: '', conversion: '#' })).toThrow(bad);
  });
});

it('each type is of a kind that the Bot API knows', () => {
  const kinds = FILE_TYPES.map(fileKindOf);
  expect(kinds.slice(0, 11)).toEqual([
    'thumbnail',
    'profile-photo',
    'photo',
    'voice',
    'video',
    'document',
    'encrypted',
    'temp',
    'sticker',
    'audio',
    'animation',
  ]);
  expect(new Set(kinds)).toEqual(new Set([...kinds.slice(0, 11), 'video-note', 'other']));
});

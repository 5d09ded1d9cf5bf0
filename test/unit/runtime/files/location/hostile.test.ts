import { base } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { describe, expect, it } from 'vitest';
import { FileError } from '../../../../../packages/runtime/src/files/errors.js';
import { locate } from '../../../../../packages/runtime/src/files/location/index.js';
import {
  aUser,
  document,
  documentMedia,
  extended,
  invoice,
  message,
  newMessage,
  paid,
  photo,
  photoMedia,
  REFERENCE,
  stickerSet,
  updates,
} from './objects.js';

function refusal(value: unknown, thumb?: string): FileError {
  try {
    locate(schema, value, { thumb });
  } catch (error) {
    expect(error).toBeInstanceOf(FileError);
    return error as FileError;
  }
  throw new Error('it was accepted');
}

const encrypted = new base.EncryptedFile({
  id: 1n,
  accessHash: 1n,
  size: 16n,
  dcId: 2,
  keyFingerprint: 1,
});
const secret = { file: encrypted, key: new Uint8Array(32), iv: new Uint8Array(32), size: 10 };

describe('locate refuses with words', () => {
  const preview = new base.MessageExtendedMediaPreview({});
  it.each<[string, unknown, RegExp]>([
    ['undefined', undefined, /no file in a undefined.*Accepted are messages/],
    ['null', null, /no file in null/],
    ['a number', 5, /a number/],
    ['an array', [photo()], /an array/],
    ['bytes', new Uint8Array(3), /no file in/],
    ['an empty object', {}, /object holds no file/],
    ['a message without media', message(undefined), /message holds no file/],
    ['empty media', message(new base.MessageMediaEmpty()), /message holds no file/],
    ['photoEmpty', new base.PhotoEmpty({ id: 1n }), /photoEmpty stands for a file that is no more/],
    [
      'media that destroyed itself',
      new base.MessageMediaPhoto({ ttlSeconds: 5 }),
      /has been there for its time/,
    ],
    ['unpaid media', paid(preview), /has to be paid for/],
    [
      'several files',
      paid(extended(photoMedia()), extended(documentMedia())),
      /holds several files: pass the one you mean/,
    ],
    [
      'updates with two',
      updates([newMessage(message(photoMedia())), newMessage(message(documentMedia()))]),
      /several/,
    ],
    ['updates with none', updates([newMessage(message(undefined))]), /holds no file/],
    [
      'webDocumentNoProxy',
      invoice({
        photo: new base.WebDocumentNoProxy({ url: 'u', size: 1, mimeType: '', attributes: [] }),
      }),
      /fetch its url yourself/,
    ],
    ['a user without photo', aUser({ photo: undefined }), /user has no profile photo/],
    [
      'a photo without its owner',
      new base.UserProfilePhoto({ photoId: 1n, dcId: 2 }),
      /pass the user, chat or channel/,
    ],
    [
      'inputPhoto without a size',
      new base.InputPhoto({ id: 1n, accessHash: 1n, fileReference: REFERENCE }),
      /name one by its letter/,
    ],
    ['an encrypted file without its key', encrypted, /nothing without its key/],
    ['an upload', { inputFile: { _: 'inputFile' } }, /was uploaded/],
    ['a set without picture', stickerSet({ thumbs: undefined }), /no picture of its own/],
    [
      'a set with an emoji',
      stickerSet({ thumbs: undefined, thumbDocumentId: 5n }),
      /getCustomEmojiDocuments/,
    ],
    ['geo', new base.MessageMediaGeo({ geo: new base.GeoPointEmpty() }), /holds no file/],
  ])('%s', (_, value, words) => {
    const error = refusal(value);
    expect(error.code).toBe('NO_FILE');
    expect(error.message).toMatch(words);
  });

  it('a text that is no file id', () => {
    expect(refusal('photo.jpg').code).toBe('BAD_FILE_ID');
  });

  it.each<[string, object]>([
    ['key', { key: new Uint8Array(31) }],
    ['iv', { iv: new Uint8Array(16) }],
  ])('a %s of a wrong length', (_, change) => {
    expect(refusal({ ...secret, ...change }).code).toBe('WRONG_KEY');
  });

  it.each([17, -1, 1.5, 1n << 64n, '5', undefined])('a size of a secret file: %s', (size) => {
    expect(refusal({ ...secret, size }).code).toBe('NO_FILE');
  });
});

describe('what is hostile gives FileErrors only', () => {
  const sizes = [-1n, 1n << 53n, (1n << 63n) - 1n, -5, 2 ** 60, NaN, 'x', {}, Infinity];
  it.each(sizes)('size %s', (size) => {
    expect(refusal({ ...document(), _: 'document', size }).code).toBe('NO_FILE');
  });

  it('sizes of pictures', () => {
    for (const size of [-1, NaN, 2 ** 60, 'a', {}]) {
      const thumbs = [{ _: 'photoSize', type: 'm', w: 1, h: 1, size }];
      expect(refusal({ ...document(), _: 'document', thumbs }, 'm').code).toBe('NO_FILE');
      const steps = [{ _: 'photoSizeProgressive', type: 'm', w: 1, h: 1, sizes: [1, size] }];
      expect(refusal({ ...photo(), _: 'photo', sizes: steps }).code).toBe('NO_FILE');
    }
  });

  it('any field of any type of wrong kind, or missing', () => {
    const originals: readonly object[] = [
      photo(),
      document(),
      stickerSet(),
      aUser(),
      invoice(),
      new base.InputPhotoFileLocation({
        id: 1n,
        accessHash: 1n,
        fileReference: REFERENCE,
        thumbSize: 'x',
      }),
      message(photoMedia()),
      secret,
    ];
    const wrong = [
      undefined,
      null,
      0,
      -1,
      1.5,
      NaN,
      '',
      'x',
      true,
      {},
      [],
      [null],
      [[]],
      1n << 70n,
    ];
    let refused = 0;
    for (const original of originals) {
      const name = (original as { readonly _?: string })._;
      for (const field of [...Object.keys(original), '_']) {
        for (const value of wrong) {
          const changed = { ...original, _: name, [field]: value };
          for (const thumb of [undefined, 'm']) {
            try {
              locate(schema, changed, { thumb });
            } catch (error) {
              expect(error).toBeInstanceOf(FileError);
              refused += 1;
            }
          }
        }
      }
    }
    expect(refused).toBeGreaterThan(300);
  });

  it('objects that hold each other', () => {
    const loop: Record<string, unknown> = { _: 'storyItem' };
    loop['media'] = loop;
    expect(refusal(loop).message).toMatch(/objects in objects/);
    const many: Record<string, unknown> = { _: 'updates' };
    many['updates'] = Array.from({ length: 50 }, () => many);
    expect(refusal(many).code).toBe('NO_FILE');
    const location: Record<string, unknown> = { _: 'inputPeerPhotoFileLocation', photoId: 1n };
    location['peer'] = location;
    expect(refusal(location).code).toBe('NO_FILE');
  });

  it('names that are members of every object', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      expect(refusal({ _: name, media: { _: name } }).code).toBe('NO_FILE');
    }
  });

  it('a vector thumbnail without end', () => {
    const thumbs = [new base.PhotoPathSize({ type: 'j', bytes: new Uint8Array(1 << 20) })];
    const one = document([], { thumbs, videoThumbs: undefined });
    expect(refusal(one, 'j').message).toMatch(/it has none/);
  });
});

import type {
  FileId,
  UniqueFileId,
} from '../../../../../packages/runtime/src/files/file-id/index.js';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));

/** An id that somebody published with what it means, or that the Bot API gave out together with its unique id. */
export interface PublishedId {
  /** Repository and path. */
  readonly from: string;
  readonly id: string;
  readonly means: Partial<FileId>;
  /** Today's unique id. */
  readonly unique: string;
}

const LUCKYDONALD = 'luckydonald/telegram_file_id tests/api_utils_tests.py';
const LUCKYDONALD_PHOTO = 'luckydonald/telegram_file_id tests/test_photoFileId.py';
const LUCKYDONALD_UNIQUE = 'luckydonald/telegram_file_id tests/test_file_unique_id.py';
const MTCUTE = 'mtcute/mtcute packages/file-id/src/parse.test.ts';
const PYROGRAM = 'pyrogram/pyrogram tests/test_file_id.py';

const STORY_PONY = { id: 984697977903775939n, accessHash: -8653026958495010306n, dc: 4 };
const TEST_PACK = { id: 46033261910034931n, accessHash: 4030383667904449700n, dc: 2 };
const TEST_PACK_2 = { id: 46033261910034908n, accessHash: -1692325863898656726n, dc: 2 };
const OLD_PHOTO = { id: 5262785666339678789n, accessHash: 6602691427396197215n, dc: 2 };

export const PUBLISHED: readonly PublishedId[] = [
  {
    from: LUCKYDONALD,
    id: 'CAADBAADwwADmFmqDf6xBrPTReqHAg',
    means: { kind: 'document', type: 'sticker', version: 2, subVersion: 0, ...STORY_PONY },
    unique: 'AgADwwADmFmqDQ',
  },
  {
    from: LUCKYDONALD,
    id: 'CAADBAADwwADmFmqDf6xBrPTReqHFgQ',
    means: { kind: 'document', type: 'sticker', version: 4, subVersion: 22, ...STORY_PONY },
    unique: 'AgADwwADmFmqDQ',
  },
  {
    from: LUCKYDONALD,
    id: 'CAACAgQAAxkBAAIC4l9CWDGzVUcDejU0TETLWbOdfsCoAALDAAOYWaoN_rEGs9NF6ocbBA',
    means: {
      kind: 'document',
      type: 'sticker',
      version: 4,
      subVersion: 27,
      fileReference: hex('01000002e25f425831b35547037a35344c44cb59b39d7ec0a8'),
      ...STORY_PONY,
    },
    unique: 'AgADwwADmFmqDQ',
  },
  {
    from: LUCKYDONALD,
    id: 'CAADAgAD8wkAAgKLowABpAz7kZfM7jcC',
    means: { kind: 'document', type: 'sticker', version: 2, ...TEST_PACK },
    unique: 'AgAD8wkAAgKLowAB',
  },
  {
    from: LUCKYDONALD,
    id: 'CAACAgIAAxkBAAIBGV9DozZKicI-6IkNYlzxMUPaNnwBAALzCQACAoujAAGkDPuRl8zuNxsE',
    means: {
      kind: 'document',
      type: 'sticker',
      subVersion: 27,
      fileReference: hex('01000001195f43a3364a89c23ee8890d625cf13143da367c01'),
      ...TEST_PACK,
    },
    unique: 'AgAD8wkAAgKLowAB',
  },
  {
    from: LUCKYDONALD,
    id: 'BQADAgAD3AkAAgKLowABKlAd1pemg-gC',
    means: { kind: 'document', type: 'document', version: 2, ...TEST_PACK_2 },
    unique: 'AgAD3AkAAgKLowAB',
  },
  {
    from: LUCKYDONALD,
    id: 'CAADAgADIwYAAmpiTwttSWWW_Tc0aQI',
    means: {
      kind: 'document',
      type: 'sticker',
      version: 2,
      id: 814978264983406115n,
      accessHash: 7580745635060861293n,
    },
    unique: 'AgADIwYAAmpiTws',
  },
  {
    from: LUCKYDONALD,
    id: 'CAACAgIAAxkBAAIEol9yQhBqFnT4HXldAh31a-hYXuDIAAIECwACAoujAAFFn1sl9AABHbkbBA',
    means: { kind: 'document', type: 'sticker', id: 46033261910035204n },
    unique: 'AgADBAsAAgKLowAB',
  },
  {
    from: LUCKYDONALD_PHOTO,
    id: 'AgADAgADRaoxG64rCUlfm3fj3nihW3PHUQ8ABA0Pma0G3xt2bLABAAEC',
    means: {
      kind: 'photo',
      type: 'photo',
      version: 2,
      ...OLD_PHOTO,
      source: {
        type: 'full-legacy',
        volumeId: 257017715n,
        secret: 8510641140621971213n,
        localId: 110700,
      },
    },
    unique: 'AQADc8dRDwAEbLABAAE',
  },
  {
    from: LUCKYDONALD_PHOTO,
    id: 'AgADAgADRaoxG64rCUlfm3fj3nihW3PHUQ8ABAEAAwIAA3gAA2uwAQABFgQ',
    means: {
      kind: 'photo',
      type: 'photo',
      version: 4,
      subVersion: 22,
      ...OLD_PHOTO,
      source: { type: 'thumbnail', size: 'x', volumeId: 257017715n, localId: 110699 },
    },
    unique: 'AQADRaoxG64rCUl9',
  },
  {
    from: LUCKYDONALD_UNIQUE,
    id: 'CAADAQADegAD997LEUiQZafDlhIeAg',
    means: { kind: 'document', type: 'sticker', dc: 1, id: 1282363671355326586n },
    unique: 'AgADegAD997LEQ',
  },
  {
    from: LUCKYDONALD_UNIQUE,
    id: 'CAACAgEAAx0CVgtngQACAuFfU1GY9wiRG7A7jlIBbP2yvAostAACegAD997LEUiQZafDlhIeGwQ',
    means: { kind: 'document', type: 'sticker', dc: 1, id: 1282363671355326586n },
    unique: 'AgADegAD997LEQ',
  },
  {
    from: MTCUTE,
    id: 'BQACAgIAAxkBAAEJnzNgit00IDsKd07OdSeanwz8osecYAACdAwAAueoWEicaPvNdOYEwB8E',
    means: {
      kind: 'document',
      type: 'document',
      dc: 2,
      subVersion: 31,
      fileReference: hex('0100099f33608add34203b0a774ece75279a9f0cfca2c79c60'),
      id: 5213102278772264052n,
      accessHash: -4610306729174144868n,
    },
    unique: 'AgADdAwAAueoWEg',
  },
  {
    from: MTCUTE,
    id: 'AAMCAgADGQEAAQmfL2CK27PX9X-5IoFS4b-eG3MS0U55AAJcWgAC4KOCB9iPD8oAAZKeSK1c8w4ABAEAB20AA1kCAAIfBA',
    means: {
      kind: 'photo',
      type: 'thumbnail',
      fileReference: hex('0100099f2f608adbb3d7f57fb9228152e1bf9e1b7312d14e79'),
      id: 541175087705905756n,
      accessHash: 5232780349138767832n,
      source: { type: 'thumbnail', size: 'm', volumeId: 250829997n, localId: 601 },
    },
    unique: 'AQADXFoAAuCjggdy',
  },
  {
    from: MTCUTE,
    id: 'AQADAgATqfDdly4AAwMAA4siCOX_____AAhKowIAAR4E',
    means: {
      kind: 'photo',
      type: 'profile-photo',
      id: 0n,
      accessHash: 0n,
      source: {
        type: 'dialog-photo-legacy',
        big: true,
        peer: -452451701n,
        accessHash: 0n,
        volumeId: 200116400297n,
        localId: 172874,
      },
    },
    unique: 'AQADqfDdly4AA0qjAgAB',
  },
  {
    from: MTCUTE,
    id: 'AQADAgATySHBDgAEAgAD0npI3Bb___-wfxjpg7QCPf0pBQABHwQ',
    means: {
      kind: 'photo',
      type: 'profile-photo',
      source: {
        type: 'dialog-photo-legacy',
        big: false,
        peer: -1001326609710n,
        accessHash: 4396274664911437744n,
        volumeId: 247538121n,
        localId: 338429,
      },
    },
    unique: 'AQADySHBDgAE_SkFAAE',
  },
  {
    from: 'danog/tg-file-decoder README.md',
    id: 'CAACAgQAAxkDAAJEsl44nl3yxPZ8biI8uhaA7rbQceOSAAKtAQACsTisUXvMEbVnTuQkGAQ',
    means: { kind: 'document', type: 'sticker', dc: 4, subVersion: 24 },
    unique: 'AgADrQEAArE4rFE',
  },
  ...(
    [
      [
        'audio',
        'CQACAgIAAx0CAAGgr9AAAgmQX7b4XPBstC1fFUuJBooHTHFd7HMAAgUAA4GkuUnVOGG5P196yR4E',
        'AgADBQADgaS5SQ',
      ],
      [
        'video',
        'BAACAgIAAx0CAAGgr9AAAgmRX7b4Xv9f-4BK5VR_5ppIOF6UIp0AAgYAA4GkuUmhnZz2xC37wR4E',
        'AgADBgADgaS5SQ',
      ],
      [
        'document',
        'BQACAgIAAx0CAAGgr9AAAgmPX7b4UxbjNoFEO_L0I4s6wrXNJA8AAgQAA4GkuUm9FFvIaOhXWR4E',
        'AgADBAADgaS5SQ',
      ],
      [
        'animation',
        'CgACAgIAAx0CAAGgr9AAAgmSX7b4Y2g8_QW2XFd49iUmRnHOyG8AAgcAA4GkuUnry9gWDzF_5R4E',
        'AgADBwADgaS5SQ',
      ],
      [
        'voice',
        'AwACAgIAAx0CAAGgr9AAAgmUX7b4c1KQyHVwzffxC2EnSYWsMAQAAgkAA4GkuUlsZUZ4_I97AR4E',
        'AgADCQADgaS5SQ',
      ],
      [
        'video-note',
        'DQACAgIAAx0CAAGgr9AAAgmVX7b53qrRzCEO13BaLQJaYuFbdlwAAgoAA4GkuUmlqIzDy_PCsx4E',
        'AgADCgADgaS5SQ',
      ],
      [
        'sticker',
        'CAACAgEAAx0CAAGgr9AAAgmWX7b6uFeLlhXEgYrM8pIbGaQKRQ0AAswBAALjeAQAAbeooNv_tb6-HgQ',
        'AgADzAEAAuN4BAAB',
      ],
    ] as const
  ).map(([type, id, unique]): PublishedId => ({
    from: PYROGRAM,
    id,
    means: { kind: 'document', type, version: 4, subVersion: 30 },
    unique,
  })),
  {
    from: PYROGRAM,
    id: 'AQADAgADrKcxGylBBQAJIH3qihAAAwIAAylBBQAF7bDHYwABnc983KcAAh4E',
    means: {
      kind: 'photo',
      type: 'profile-photo',
      source: {
        type: 'dialog-photo-legacy',
        big: false,
        peer: 344361n,
        accessHash: 8993579605881762029n,
        volumeId: 71050100000n,
        localId: 42972,
      },
    },
    unique: 'AQADIH3qihAAA9ynAAI',
  },
  {
    from: PYROGRAM,
    id: 'AQADAgATIH3qihAAAwMAA-fFwCoX____MvARg8nvpc3TpwACHgQ',
    means: { kind: 'photo', type: 'profile-photo' },
    unique: 'AQADIH3qihAAA9OnAAI',
  },
  {
    from: 'a reply of TDLib, published in a bot (sub-version 34)',
    id: 'AQADAgADqacxGxDbwRkACAIAAxDbwRkABEy3GnwiU0F6IgQ',
    means: {
      kind: 'photo',
      type: 'profile-photo',
      subVersion: 34,
      id: 1856005383675553705n,
      source: {
        type: 'dialog-photo',
        big: false,
        peer: 432134928n,
        accessHash: 8809413753689519948n,
      },
    },
    unique: 'AQADqacxGxDbwRkAAQ',
  },
  {
    from: 'a reply of the Bot API in the tests of teloxide (sub-version 41)',
    id: 'AAMCAQADFQABYzB4ATH0sqXx351gZ5GpY1Z3Tl8AAlgCAAJ1t4hFbxNCoAg1-akBAAdtAAMpBA',
    means: { kind: 'photo', type: 'thumbnail', subVersion: 41, dc: 1 },
    unique: 'AQADWAIAAnW3iEVy',
  },
  {
    from: 'a reply of the Bot API in the tests of teloxide (sub-version 41)',
    id: 'CAACAgEAAxUAAWMweAEx9LKl8d-dYGeRqWNWd05fAAJYAgACdbeIRW8TQqAINfmpKQQ',
    means: { kind: 'document', type: 'sticker', subVersion: 41, dc: 1 },
    unique: 'AgADWAIAAnW3iEU',
  },
  {
    from: 'a reply of TDLib, published in a bot (sub-version 44)',
    id: 'AgACAgIAAxkDAAIiomUAAam0cTnbCF1h0tOTWUccuaqW-QAC8c0xG2WMCUibI0zd1ZnWrwEAAwIAA20AAywE',
    means: {
      kind: 'photo',
      type: 'photo',
      subVersion: 44,
      source: { type: 'thumbnail', size: 'm' },
    },
    unique: 'AQAD8c0xG2WMCUhy',
  },
  {
    from: 'a reply of the Bot API, published in the tests of a bot (sub-version 46)',
    id: 'AgACAgQAAxkDAAMrY-Dl6RVPgljtK-nJzFLeroLc_pAAAi-wMRugoNRSk24VsivkZcUBAAMCAANzAAMuBA',
    means: {
      kind: 'photo',
      type: 'photo',
      subVersion: 46,
      source: { type: 'thumbnail', size: 's' },
    },
    unique: 'AQADL7AxG6Cg1FJ4',
  },
  {
    from: 'a reply of the Bot API, published in the tests of a bot (sub-version 54)',
    id: 'AgACAgUAAxkBAAMRaH8qXw-VQSGAG4X4VoCg9A5nE50AAvLGMRtBGPlXGt4-FX4l2_oBAAMCAANzAAM2BA',
    means: { kind: 'photo', type: 'photo', subVersion: 54, dc: 5 },
    unique: 'AQAD8sYxG0EY-Vd4',
  },
];

/** Unique ids of the time when pictures had a place: they are read, and not written for today's ids. */
export const PUBLISHED_UNIQUE: readonly (readonly [id: string, means: UniqueFileId])[] = [
  ['AgADBAADgaS5SQ', { kind: 'document', id: 5312458109417947140n }],
  ['AQADdAwAAueoWEhy', { kind: 'photo', id: 5213102278772264052n, size: 'm' }],
  ['AQADySHBDgAE_ykFAAE', { kind: 'photo-place', volumeId: 247538121n, localId: 338431 }],
  ['AQADIH3qihAAA_OeAQAB', { kind: 'photo-place', volumeId: 71050100000n, localId: 106227 }],
  ['AQADYFjZKQAENAUAAg', { kind: 'photo-place', volumeId: 702109792n, localId: 1332 }],
];

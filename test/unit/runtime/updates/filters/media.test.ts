import { base } from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import { filters } from '../../../../../packages/runtime/src/updates/filters/index.js';
import { edit, newMessage } from '../event/kit.js';
import { EVERY, found, passes } from './kit.js';

const geo = new base.GeoPointEmpty();
const doc = (...attributes: base.TypeDocumentAttribute[]): base.MessageMediaDocument =>
  new base.MessageMediaDocument({
    document: new base.Document({
      id: 1n,
      accessHash: 1n,
      fileReference: new Uint8Array(),
      date: 1,
      mimeType: '',
      size: 1n,
      dcId: 2,
      attributes,
    }),
  });
const video = (init: object = {}): base.DocumentAttributeVideo =>
  new base.DocumentAttributeVideo({ duration: 1, w: 1, h: 1, ...init });
const audio = (voice = false): base.DocumentAttributeAudio =>
  new base.DocumentAttributeAudio({ duration: 1, voice });
const animated = new base.DocumentAttributeAnimated();
const sticker = new base.DocumentAttributeSticker({
  alt: '',
  stickerset: new base.InputStickerSetEmpty(),
});
const name = new base.DocumentAttributeFilename({ fileName: 'a.pdf' });

const KINDS = [
  'photo',
  'video',
  'videoNote',
  'animation',
  'audio',
  'voice',
  'document',
  'sticker',
  'location',
  'contact',
  'poll',
  'dice',
  'webPage',
  'game',
  'invoice',
  'story',
  'paidMedia',
  'todo',
] as const;

const kindsOf = (media: base.TypeMessageMedia): string[] =>
  KINDS.filter((kind) => passes(EVERY[kind]!, newMessage({ media })));

describe('media', () => {
  it.each<[string, base.TypeMessageMedia, string[]]>([
    ['photo', new base.MessageMediaPhoto({}), ['photo']],
    ['video', doc(video(), name), ['video']],
    ['round video', doc(video({ roundMessage: true })), ['videoNote']],
    ['GIF', doc(animated, name), ['animation']],
    ['GIF as a video', doc(video(), animated), ['animation']],
    ['music', doc(audio(), name), ['audio']],
    ['voice', doc(audio(true)), ['voice']],
    ['document', doc(name), ['document']],
    ['file without attributes', doc(), ['document']],
    ['sticker', doc(sticker), ['sticker']],
    ['video sticker', doc(video(), sticker, animated), ['sticker']],
    ['voice that is gone', new base.MessageMediaDocument({ voice: true }), ['voice']],
    [
      'round video that is gone',
      new base.MessageMediaDocument({ round: true, video: true }),
      ['videoNote'],
    ],
    ['video that is gone', new base.MessageMediaDocument({ video: true }), ['video']],
    ['file that is gone', new base.MessageMediaDocument({}), ['document']],
    [
      'empty file',
      new base.MessageMediaDocument({ document: new base.DocumentEmpty({ id: 1n }) }),
      ['document'],
    ],
    ['place', new base.MessageMediaGeo({ geo }), ['location']],
    ['live place', new base.MessageMediaGeoLive({ geo, period: 1 }), ['location']],
    [
      'venue',
      new base.MessageMediaVenue({
        geo,
        title: '',
        address: '',
        provider: '',
        venueId: '',
        venueType: '',
      }),
      ['location'],
    ],
    [
      'contact',
      new base.MessageMediaContact({
        phoneNumber: '',
        firstName: '',
        lastName: '',
        vcard: '',
        userId: 0n,
      }),
      ['contact'],
    ],
    ['die', new base.MessageMediaDice({ value: 6, emoticon: '🎲' }), ['dice']],
    [
      'link',
      new base.MessageMediaWebPage({ webpage: new base.WebPageEmpty({ id: 1n }) }),
      ['webPage'],
    ],
    ['what no layer knows', new base.MessageMediaUnsupported(), []],
    ['nothing', new base.MessageMediaEmpty(), []],
  ])('%s', (_title, media, expected) => {
    expect(kindsOf(media)).toEqual(expected);
    const update = newMessage({ media });
    const isMedia = !['messageMediaEmpty', 'messageMediaWebPage'].includes(media._);
    expect(found(filters.media, update)).toEqual(
      isMedia ? { message: update.message, chatId: 100n, media } : null,
    );
    expect(passes(filters.file, update)).toBe(media._ === 'messageMediaDocument');
    expect(passes(filters.media, edit({ media }))).toBe(false);
    expect(found(filters.mediaOf(media._), update)).toEqual({
      message: update.message,
      chatId: 100n,
      media,
    });
  });

  it('is not there without', () => {
    for (const kind of [...KINDS, 'media', 'file']) {
      expect(passes(EVERY[kind]!, newMessage())).toBe(false);
    }
    expect(passes(filters.mediaOf(), newMessage({ media: new base.MessageMediaPhoto({}) }))).toBe(
      false,
    );
  });
});

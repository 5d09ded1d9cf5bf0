import { base } from '@tlgen/telegram';

export const REFERENCE = Uint8Array.of(1, 0, 0, 0, 5, 100, 200, 0, 0, 9);

const SIZES = [
  new base.PhotoStrippedSize({ type: 'i', bytes: Uint8Array.of(1, 40, 30, 1, 2) }),
  new base.PhotoSize({ type: 'm', w: 320, h: 240, size: 9000 }),
  new base.PhotoSizeProgressive({ type: 'y', w: 1280, h: 960, sizes: [100, 200_000] }),
  new base.PhotoSize({ type: 'x', w: 800, h: 600, size: 60_000 }),
];

export const photo = new base.Photo({
  id: 5190834411397041649n,
  accessHash: -5776260328236244069n,
  fileReference: REFERENCE,
  date: 1_700_000_000,
  sizes: SIZES,
  videoSizes: [new base.VideoSize({ type: 'v', w: 640, h: 640, size: 100_000 })],
  dcId: 2,
});

/** Attributes of each kind of documents. */
export const DOCUMENTS: Readonly<Record<string, readonly base.TypeDocumentAttribute[]>> = {
  document: [new base.DocumentAttributeFilename({ fileName: 'a.pdf' })],
  video: [new base.DocumentAttributeVideo({ duration: 1.5, w: 640, h: 480 })],
  'video-note': [
    new base.DocumentAttributeVideo({ duration: 1.5, w: 240, h: 240, roundMessage: true }),
  ],
  animation: [
    new base.DocumentAttributeVideo({ duration: 1.5, w: 640, h: 480 }),
    new base.DocumentAttributeAnimated(),
  ],
  audio: [new base.DocumentAttributeAudio({ duration: 100, title: 'Song' })],
  voice: [new base.DocumentAttributeAudio({ duration: 4, voice: true })],
  sticker: [
    new base.DocumentAttributeImageSize({ w: 512, h: 512 }),
    new base.DocumentAttributeSticker({
      alt: '🙂',
      stickerset: new base.InputStickerSetID({ id: 7n, accessHash: 8n }),
    }),
  ],
};

export function documentOf(
  attributes: readonly base.TypeDocumentAttribute[],
  thumbs?: readonly base.TypePhotoSize[],
): base.Document {
  return new base.Document({
    id: 5312458109417947140n,
    accessHash: 6437869729085068477n,
    fileReference: REFERENCE,
    date: 1_700_000_000,
    mimeType: 'application/octet-stream',
    size: 1000n,
    thumbs: thumbs && [...thumbs],
    videoThumbs: undefined,
    dcId: 4,
    attributes: [...attributes],
  });
}

export const withThumbs = documentOf([], SIZES.slice(0, 2));

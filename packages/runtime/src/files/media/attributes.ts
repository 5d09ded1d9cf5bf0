import type { ApiSchema } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { constructObject } from '../../network/construct.js';
import { asInstance } from '../location/as-instance.js';
import { extensionOf } from '../source/index.js';
import type { Facts } from './facts.js';
import type { MediaFields, MediaKind } from './types.js';
import { packWaveform } from './waveform.js';

type Attribute = base.TypeDocumentAttribute;

/** What the server is told of a document. What was given counts before what the file tells. */
export function attributesOf(
  schema: ApiSchema,
  kind: MediaKind,
  fields: MediaFields,
  facts: Facts,
): Attribute[] {
  const name = facts.name || `file${extensionOf(facts.mimeType) ?? ''}`;
  return [
    constructObject<base.DocumentAttributeFilename>(schema, 'documentAttributeFilename', {
      fileName: name,
    }),
    ...ownAttributes(schema, kind, fields, facts),
  ];
}

function ownAttributes(
  schema: ApiSchema,
  kind: MediaKind,
  fields: MediaFields,
  facts: Facts,
): Attribute[] {
  switch (kind) {
    case 'video':
      return [
        video(schema, fields, facts, { supportsStreaming: fields.supportsStreaming ?? true }),
      ];
    case 'video-note':
      return [video(schema, fields, facts, { roundMessage: true })];
    case 'animation':
      return [...animation(schema, fields, facts)];
    case 'audio':
    case 'voice':
      return [audio(schema, kind, fields, facts)];
    case 'sticker':
      return [sticker(schema, fields), ...imageSize(schema, fields, facts)];
    default:
      return facts.mimeType.startsWith('image/') ? imageSize(schema, fields, facts) : [];
  }
}

function sizeOf(fields: MediaFields, facts: Facts): { readonly w: number; readonly h: number } {
  const { width, height, length } = fields;
  return {
    w: Math.round(length ?? width ?? facts.width ?? 0),
    h: Math.round(length ?? height ?? facts.height ?? 0),
  };
}

function video(
  schema: ApiSchema,
  fields: MediaFields,
  facts: Facts,
  flags: { readonly supportsStreaming?: boolean; readonly roundMessage?: boolean },
): Attribute {
  return constructObject<base.DocumentAttributeVideo>(schema, 'documentAttributeVideo', {
    ...sizeOf(fields, facts),
    ...flags,
    duration: fields.duration ?? facts.duration ?? 0,
    nosound: fields.muted,
  });
}

function* animation(schema: ApiSchema, fields: MediaFields, facts: Facts): Generator<Attribute> {
  yield constructObject<base.DocumentAttributeAnimated>(schema, 'documentAttributeAnimated', {});
  if (facts.mimeType.startsWith('image/')) yield* imageSize(schema, fields, facts);
  else yield video(schema, { ...fields, muted: true }, facts, { supportsStreaming: true });
}

function audio(
  schema: ApiSchema,
  kind: 'audio' | 'voice',
  fields: MediaFields,
  facts: Facts,
): Attribute {
  const seconds = fields.duration ?? facts.duration ?? 0;
  const music = kind === 'audio';
  const { waveform } = fields;
  return constructObject<base.DocumentAttributeAudio>(schema, 'documentAttributeAudio', {
    voice: !music,
    // Whole seconds; what there is of it lasts at least one.
    duration: seconds === 0 ? 0 : Math.max(1, Math.round(seconds)),
    title: music ? fields.title : undefined,
    performer: music ? fields.performer : undefined,
    waveform: music || waveform === undefined ? undefined : packed(waveform),
  });
}

function packed(waveform: readonly number[] | Uint8Array): Uint8Array {
  return waveform instanceof Uint8Array ? waveform : packWaveform(waveform);
}

function sticker(schema: ApiSchema, { emoji, stickerSet, mask }: MediaFields): Attribute {
  return constructObject<base.DocumentAttributeSticker>(schema, 'documentAttributeSticker', {
    alt: emoji ?? '',
    stickerset:
      stickerSet !== undefined
        ? (asInstance(schema, stickerSet) as base.TypeInputStickerSet)
        : constructObject<base.InputStickerSetEmpty>(schema, 'inputStickerSetEmpty', {}),
    mask,
  });
}

function imageSize(schema: ApiSchema, fields: MediaFields, facts: Facts): Attribute[] {
  const { w, h } = sizeOf(fields, facts);
  return w === 0 || h === 0
    ? []
    : [
        constructObject<base.DocumentAttributeImageSize>(schema, 'documentAttributeImageSize', {
          w,
          h,
        }),
      ];
}

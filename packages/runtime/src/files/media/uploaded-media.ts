import type { ApiSchema } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { constructObject } from '../../network/construct.js';
import { attributesOf } from './attributes.js';
import type { Facts } from './facts.js';
import type { MediaFields, MediaKind } from './types.js';

/** What was uploaded beside the file. */
export interface Extras {
  readonly thumb: base.TypeInputFile | undefined;
  readonly cover: base.InputPhoto | undefined;
}

/** The object that makes media of an uploaded file. */
export function uploadedMedia(
  schema: ApiSchema,
  kind: MediaKind,
  file: base.TypeInputFile,
  fields: MediaFields,
  facts: Facts,
  { thumb, cover }: Extras,
): base.InputMediaUploadedPhoto | base.InputMediaUploadedDocument {
  const { spoiler, ttlSeconds, startsAt, muted, forceFile } = fields;
  if (kind === 'photo') {
    return constructObject<base.InputMediaUploadedPhoto>(schema, 'inputMediaUploadedPhoto', {
      file,
      spoiler,
      ttlSeconds,
    });
  }
  return constructObject<base.InputMediaUploadedDocument>(schema, 'inputMediaUploadedDocument', {
    file,
    thumb,
    mimeType: fields.mimeType || typeOf(kind, facts),
    attributes: attributesOf(schema, kind, fields, facts),
    spoiler,
    ttlSeconds,
    forceFile: kind === 'document' ? (forceFile ?? true) : undefined,
    nosoundVideo: kind === 'video' ? muted : undefined,
    videoCover: cover,
    videoTimestamp: kind !== 'video' || startsAt === undefined ? undefined : Math.floor(startsAt),
  });
}

/** A voice message of which nothing tells what it is: clients play none but Ogg as such. */
function typeOf(kind: MediaKind, { mimeType }: Facts): string {
  return kind === 'voice' && mimeType === 'application/octet-stream' ? 'audio/ogg' : mimeType;
}

import * as tl from '@tlgen/telegram';
import type { World } from '../world.js';
import type { DocumentFile, PhotoFile } from './types.js';
import { documentFor, photoFor } from './view.js';

/** What may be said with a file. */
export interface FileMediaFlags {
  readonly spoiler?: boolean | undefined;
  readonly ttlSeconds?: number | undefined;
  readonly videoTimestamp?: number | undefined;
}

/** A file as messages hold it: without access hash and reference, which are each reader's own. */
export function messageMediaOf(
  world: World,
  file: PhotoFile | DocumentFile,
  { spoiler, ttlSeconds, videoTimestamp }: FileMediaFlags = {},
  cover?: PhotoFile,
): tl.MessageMediaPhoto | tl.MessageMediaDocument {
  if (file.kind === 'photo')
    return new tl.MessageMediaPhoto({ spoiler, ttlSeconds, photo: photoFor(world, null, file) });
  const { attributes } = file;
  const video = attributes.find((one) => one instanceof tl.DocumentAttributeVideo);
  const voice = attributes.some((one) => one instanceof tl.DocumentAttributeAudio && one.voice);
  return new tl.MessageMediaDocument({
    spoiler,
    ttlSeconds,
    videoTimestamp,
    video: video !== undefined && !video.roundMessage,
    round: Boolean(video?.roundMessage),
    voice,
    document: documentFor(world, null, file),
    videoCover: cover && photoFor(world, null, cover),
  });
}

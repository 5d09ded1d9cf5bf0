import type { base } from '@tlgen/telegram';
import { constructObject } from '../../network/construct.js';
import { FileError } from '../errors.js';
import { isStaleReference, type FileKind, type RemoteFile } from '../location/index.js';
import { AtServer } from './at-server.js';
import { coverOf } from './cover.js';
import type { MediaPlan, PlanOptions } from './plan-types.js';
import type { MediaContext, MediaFields, MediaKind } from './types.js';

/** What files at the server were sent as; all others are documents. */
const KINDS: { readonly [kind in FileKind]?: MediaKind } = {
  photo: 'photo',
  video: 'video',
  animation: 'animation',
  audio: 'audio',
  voice: 'voice',
  'video-note': 'video-note',
  sticker: 'sticker',
};

/**
 * A file that is at the server, sent again without an upload.
 *
 * @throws FileError `NO_FILE` when it is neither photo nor document; `BAD_SOURCE` when it is asked to become what it is
 * not.
 */
export function referencePlan(
  context: MediaContext,
  fields: MediaFields,
  remote: RemoteFile,
  options: PlanOptions,
): MediaPlan {
  const { schema } = context;
  const file = new AtServer(context, remote);
  checkType(fields, file.input()._ === 'inputPhoto');
  const { spoiler, ttlSeconds, startsAt } = fields;
  const cover = coverOf(context, fields.cover, options);
  const input = async (): Promise<base.TypeInputMedia> => {
    const id = file.input();
    return id._ === 'inputPhoto'
      ? constructObject<base.InputMediaPhoto>(schema, 'inputMediaPhoto', {
          id,
          spoiler,
          ttlSeconds,
        })
      : constructObject<base.InputMediaDocument>(schema, 'inputMediaDocument', {
          id,
          spoiler,
          ttlSeconds,
          videoCover: await cover?.input(),
          videoTimestamp: startsAt === undefined ? undefined : Math.floor(startsAt),
        });
  };
  return {
    kind: file.input()._ === 'inputPhoto' ? 'photo' : (KINDS[remote.kind] ?? 'document'),
    size: 0,
    input,
    async again(error) {
      if (!isStaleReference(error)) throw error;
      const fresh = await file.refresh(options.signal);
      if (!(await cover?.refresh()) && !fresh) throw error;
      return input();
    },
  };
}

function checkType({ type }: MediaFields, isPhoto: boolean): void {
  if (type === 'auto' || isPhoto === (type === 'photo')) return;
  const is = isPhoto ? 'a photo' : 'a document';
  throw new FileError(
    'BAD_SOURCE',
    `The file is ${is} at the server and cannot be sent as ${type}: leave that out, or download it and send that`,
  );
}

import type { base } from '@tlgen/telegram';
import { constructObject } from '../../network/construct.js';
import { FileError } from '../errors.js';
import { coverOf } from './cover.js';
import { kindOf } from './kind.js';
import type { MediaPlan, PlanOptions } from './plan-types.js';
import { isStaleReference } from '../location/index.js';
import type { MediaContext, MediaFields } from './types.js';
import { mimeTypeOf } from '../source/index.js';

/**
 * A file that the server fetches by its URL.
 *
 * @throws FileError `BAD_SOURCE` when it is no http or https URL.
 */
export function externalPlan(
  context: MediaContext,
  fields: MediaFields,
  options: PlanOptions,
): MediaPlan {
  const { schema } = context;
  const url = urlOf(fields);
  const { spoiler, ttlSeconds, startsAt } = fields;
  const name = fields.name ?? url.split(/[?#]/, 1)[0];
  const kind = fields.type === 'auto' ? kindOf(fields.mimeType ?? mimeTypeOf(name)) : fields.type;
  const cover = kind === 'video' ? coverOf(context, fields.cover, options) : undefined;
  const input = async (): Promise<base.TypeInputMedia> =>
    kind === 'photo'
      ? constructObject<base.InputMediaPhotoExternal>(schema, 'inputMediaPhotoExternal', {
          url,
          spoiler,
          ttlSeconds,
        })
      : constructObject<base.InputMediaDocumentExternal>(schema, 'inputMediaDocumentExternal', {
          url,
          spoiler,
          ttlSeconds,
          videoCover: await cover?.input(),
          videoTimestamp: startsAt === undefined ? undefined : Math.floor(startsAt),
        });
  return {
    kind,
    size: 0,
    input,
    async again(error) {
      if (!isStaleReference(error) || !(await cover?.refresh())) throw error;
      return input();
    },
  };
}

function urlOf({ file }: MediaFields): string {
  const url =
    typeof file === 'object' && 'href' in file && typeof file.href === 'string' ? file.href : file;
  if (typeof url === 'string' && /^https?:\/\//i.test(url)) return url;
  throw new FileError(
    'BAD_SOURCE',
    'The option external asks the server to fetch a file: file has to be an http or https URL then',
  );
}

import type { base } from '@tlgen/telegram';
import { orAbort } from '../../core/sleep.js';
import { planMedia } from './plan.js';
import type { MediaContext, MediaOptions, SendableMedia } from './types.js';

/**
 * Media as requests take it. What is not at the server yet is uploaded, its thumbnail and cover too; what was not told
 * of it (MIME type, size of a picture, duration of a video or voice message) is read from its content where that is
 * simple.
 *
 * @param media - of a file without a kind that is found out: see `kindOf`. An object of type `InputMedia` is returned
 * as it is.
 * @throws FileError when the file cannot be read or sent as that; CallOptionError when a field of `media` makes no
 * sense; SchemaError when the layer lacks what is needed; what `invoke` throws.
 */
export function inputMediaOf(
  context: MediaContext,
  media: SendableMedia,
  options: MediaOptions = {},
): Promise<base.TypeInputMedia> {
  return context.cancellable(options, 'uploading media', (signal) => {
    const made = planMedia(context, media, { ...options, signal }).then((plan) => plan.input());
    return orAbort(made, signal);
  });
}

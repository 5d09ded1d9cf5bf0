import type { base } from '@tlgen/telegram';
import { asInstance } from '../location/as-instance.js';
import { checkFields } from './check-fields.js';
import { externalPlan } from './external.js';
import { fileOf } from './file-of.js';
import { fieldsOf, isInputMedia } from './given.js';
import { readyPlan } from './ready.js';
import { referencePlan } from './reference.js';
import type { MediaPlan, PlanOptions } from './plan-types.js';
import type { MediaContext, SendableMedia } from './types.js';
import { uploadPlan } from './upload-plan.js';

/**
 * Looks at media without sending anything: which file is meant, what it is, whether it can be read.
 *
 * @throws FileError, CallOptionError.
 */
export async function planMedia(
  context: MediaContext,
  media: SendableMedia,
  options: PlanOptions,
): Promise<MediaPlan> {
  if (isInputMedia(media)) {
    const input = asInstance(context.schema, media) as base.TypeInputMedia;
    return readyPlan(context, input, options);
  }
  const fields = fieldsOf(media);
  checkFields(fields);
  if (fields.external === true) return externalPlan(context, fields, options);
  const file = fileOf(context.schema, fields.file);
  return file.type === 'remote'
    ? referencePlan(context, fields, file.remote, options)
    : uploadPlan(context, fields, file, options);
}

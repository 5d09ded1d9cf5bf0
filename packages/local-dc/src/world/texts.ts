import * as tl from '@tlgen/telegram';
import { badRequest } from './fault.js';
import { foundEntities } from './found-entities.js';

/** Most UTF-16 units of a message, as `help.getConfig` announces. */
export const MESSAGE_LENGTH_MAX = 4096;

/** Most UTF-16 units of what is said with media. */
export const CAPTION_LENGTH_MAX = 1024;

/** Most entities of a message; the servers leave out what is above. */
const ENTITIES_MAX = 100;

/** A text as it is kept. */
export interface KeptText {
  readonly text: string;
  readonly entities: tl.TypeMessageEntity[] | undefined;
}

/**
 * Text and entities as the servers keep them: without white space around the text, entities in order, those that the
 * servers find by themselves among them. Offsets count UTF-16 units.
 *
 * @param options.empty - whether there may be no text: a caption.
 * @throws RpcFault `MESSAGE_EMPTY`, `MESSAGE_TOO_LONG` or `options.tooLong`, `ENTITY_BOUNDS_INVALID`.
 */
export function keptText(
  message: string,
  given: readonly tl.TypeMessageEntity[] | undefined,
  options: { readonly empty?: boolean; readonly most?: number; readonly tooLong?: string } = {},
): KeptText {
  for (const { offset, length } of given ?? []) mustFit(message, offset, length);
  const text = message.trim();
  if (text === '' && !options.empty) throw badRequest('MESSAGE_EMPTY');
  if (text.length > (options.most ?? MESSAGE_LENGTH_MAX))
    throw badRequest(options.tooLong ?? 'MESSAGE_TOO_LONG');
  const skipped = message.length - message.trimStart().length;
  const own = (given ?? []).flatMap((one) => moved(one, skipped, text.length));
  const all = [...own, ...foundEntities(text, own)]
    .sort((a, b) => a.offset - b.offset || b.length - a.length)
    .slice(0, ENTITIES_MAX);
  return { text, entities: all.length === 0 ? undefined : all };
}

/** An entity lies within the text and cuts no character in two. */
function mustFit(text: string, offset: number, length: number): void {
  const within = offset >= 0 && length >= 0 && offset + length <= text.length;
  const cuts = (at: number): boolean =>
    /[\uD800-\uDBFF]/.test(text.charAt(at - 1)) && /[\uDC00-\uDFFF]/.test(text.charAt(at));
  if (!within || cuts(offset) || cuts(offset + length)) throw badRequest('ENTITY_BOUNDS_INVALID');
}

/** An entity after `skipped` units were cut off before the text; nothing if nothing of it is left. */
function moved(
  entity: tl.TypeMessageEntity,
  skipped: number,
  size: number,
): tl.TypeMessageEntity[] {
  const start = Math.max(entity.offset - skipped, 0);
  const end = Math.min(entity.offset + entity.length - skipped, size);
  if (end <= start) return [];
  if (start === entity.offset && end - start === entity.length) return [entity];
  const Entity = entity.constructor as new (fields: object) => tl.TypeMessageEntity;
  return [new Entity({ ...entity, offset: start, length: end - start })];
}

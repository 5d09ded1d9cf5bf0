import type { Fields } from '../location/fields.js';
import { findFile } from '../location/find-file.js';
import { MAX_DEPTH, noFile } from '../location/no-file.js';

/** Objects that can be sent again by themselves. */
const SENDABLE: ReadonlySet<string> = new Set([
  'photo',
  'document',
  'inputPhoto',
  'inputDocument',
  'game',
]);

/**
 * What an object has that can be sent again: the media of a message, also a place or a poll, or else a photo or
 * document.
 *
 * @throws FileError `NO_FILE`.
 */
export function mediaIn(object: Fields): Fields {
  let at = object;
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    if (SENDABLE.has(at.name)) return at;
    if (at.name.startsWith('messageMedia') && at.name !== 'messageMediaEmpty') return at;
    const inner = at.object('media') ?? at.object('message') ?? at.object('update') ?? only(at);
    if (!inner) return findFile(at).fields;
    at = inner;
  }
  throw noFile(`${object.name} holds objects in objects, and no media`);
}

/** The only update with a message that has media. */
function only(answer: Fields): Fields | undefined {
  if (answer.name !== 'updates' && answer.name !== 'updatesCombined') return undefined;
  const found = answer.objects('updates').filter((one) => {
    const media = one.object('message')?.object('media');
    return media !== undefined && media.name !== 'messageMediaEmpty';
  });
  if (found.length > 1) throw noFile(`${answer.name} holds several files: pass the one you mean`);
  return found[0];
}

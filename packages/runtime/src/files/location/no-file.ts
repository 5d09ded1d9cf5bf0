import { FileError } from '../errors.js';

/** What {@link locate} takes, for messages. */
export const ACCEPTED =
  'Accepted are messages, their media, photos, documents, users, chats and channels with a photo, sticker sets, ' +
  'stories, updates with one such message, encrypted files with key and iv, and Bot API file ids';

/** How often objects may lie in each other before a file comes. */
export const MAX_DEPTH = 16;

/** There is no file in what was given. */
export function noFile(what: string): FileError {
  return new FileError('NO_FILE', what);
}

/** Names a value of any kind in a message, without what is in it. */
export function describe(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value !== 'object') return `a ${typeof value}`;
  if (Array.isArray(value)) return 'an array';
  const { _ } = value as { readonly _?: unknown };
  if (typeof _ === 'string') return _.slice(0, 64);
  return value instanceof Uint8Array ? 'bytes' : 'an object without a TL name';
}

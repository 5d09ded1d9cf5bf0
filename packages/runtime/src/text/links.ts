import type { LinkButton } from './types.js';

/** What stands behind a link, once its address is understood. */
export type Link =
  | { readonly type: 'textUrl'; readonly url: string }
  | { readonly type: 'textMention'; readonly user: bigint | string }
  | { readonly type: 'customEmoji'; readonly customEmojiId: bigint }
  | { readonly type: 'button'; readonly url: string; readonly newRow: boolean };

const USER = /^tg:(?:\/\/)?user\/?\?(?:[^#]*&)?id=(\d{1,19})(?:[&#]|$)/i;
const EMOJI = /^tg:(?:\/\/)?emoji\/?\?(?:[^#]*&)?id=(-?\d{1,19})(?:[&#]|$)/i;
const MENTION = /^mention:(.+)$/s;
const BUTTON = /^buttonurl:/i;
const LOOKS_LIKE_URL = /^(?:[a-z][a-z0-9+.-]*:|[^\s./:?#]+\.)\S+$/i;
const MAX_LONG = 2n ** 63n;

/** Whether a text alone can serve as the address of a link, where none is given. */
export function isUrlLike(text: string): boolean {
  return LOOKS_LIKE_URL.test(text);
}

/**
 * Understands the address of a link. `tg://user?id=N`, `mention:N` and `mention:@name` name a user,
 * `tg://emoji?id=N` a custom emoji. `buttonurl:URL` asks for a button below the message, in the row of the button
 * before it or, with `:new` at the end, in a row of its own. Bots that moderate groups know another form of that:
 * `buttonurl://URL` begins a row unless `:same` is at the end. Null: there is no address.
 */
export function readLink(address: string): Link | null {
  if (address === '') return null;
  const user = USER.exec(address)?.[1];
  if (user !== undefined && BigInt(user) < MAX_LONG) {
    return { type: 'textMention', user: BigInt(user) };
  }
  const emoji = EMOJI.exec(address)?.[1];
  if (emoji !== undefined) {
    const customEmojiId = readEmojiId(emoji);
    if (customEmojiId !== null) return { type: 'customEmoji', customEmojiId };
  }
  const name = MENTION.exec(address)?.[1];
  if (name !== undefined) return { type: 'textMention', user: readUser(name) };
  if (BUTTON.test(address)) return readButton(address.slice('buttonurl:'.length));
  return { type: 'textUrl', url: address };
}

/** The id of a custom emoji (a long, not 0); null: it is none. */
export function readEmojiId(text: string): bigint | null {
  if (!/^-?\d{1,19}$/.test(text)) return null;
  const id = BigInt(text);
  return id !== 0n && id < MAX_LONG && id >= -MAX_LONG ? id : null;
}

/** The address that {@link readLink} understands as this user. */
export function userAddress(user: bigint | string): string {
  return typeof user === 'bigint' && user >= 0n ? `tg://user?id=${user}` : `mention:${user}`;
}

/** The address that {@link readLink} understands as this custom emoji. */
export function emojiAddress(id: bigint): string {
  return `tg://emoji?id=${id}`;
}

/** A user as it is written after `mention:`. */
export function readUser(text: string): bigint | string {
  return /^-?\d{1,19}$/.test(text) ? BigInt(text) : text;
}

function readButton(rest: string): Link | null {
  const rows = rest.startsWith('//');
  const address = rows ? rest.slice(2) : rest;
  const suffix = /:(?:new|same)$/.exec(address)?.[0];
  const url = suffix === undefined ? address : address.slice(0, -suffix.length);
  if (url === '') return null;
  return { type: 'button', url, newRow: rows ? suffix !== ':same' : suffix === ':new' };
}

/** Puts a button where its link asked for it. */
export function addButton(rows: LinkButton[][], button: LinkButton, newRow: boolean): void {
  const last = rows.at(-1);
  if (last === undefined || newRow) rows.push([button]);
  else last.push(button);
}

import type { TlObject } from '@tlgen/codec';
import type { Filter } from '../../../../../packages/runtime/src/updates/filters/index.js';
import { filters } from '../../../../../packages/runtime/src/updates/filters/index.js';
import { eventOf, type EventOptions } from '../event/kit.js';

/** What a filter finds in an update; null: it lets it not pass. */
export const found = <Adds extends object>(
  filter: Filter<Adds>,
  update: TlObject,
  options?: EventOptions,
): Adds | null => filter.match(eventOf(update, options));

export const passes = (filter: Filter, update: TlObject, options?: EventOptions): boolean =>
  found(filter, update, options) !== null;

/** One of each kind of filter, by name. */
export const EVERY: Readonly<Record<string, Filter>> = {
  all: filters.all,
  update: filters.update('updateUserStatus', 'updateNewMessage'),
  where: filters.where((event) => event.text.length > 3),
  message: filters.message,
  edited: filters.edited,
  editedTo: filters.editedTo(filters.text()),
  service: filters.service(),
  deleted: filters.deleted,
  incoming: filters.incoming,
  outgoing: filters.outgoing,
  private: filters.private,
  group: filters.group,
  supergroup: filters.supergroup,
  channel: filters.channel,
  secret: filters.secret,
  chat: filters.chat(100n, -9, '@News'),
  from: filters.from(100, 'ann'),
  self: filters.self,
  text: filters.text(),
  startsWith: filters.startsWith('h', '/'),
  regex: filters.regex(/l+/g),
  command: filters.command(['start', 'help'], { prefix: ['/', '!'] }),
  media: filters.media,
  mediaOf: filters.mediaOf('messageMediaGiveaway'),
  photo: filters.photo,
  video: filters.video,
  videoNote: filters.videoNote,
  animation: filters.animation,
  audio: filters.audio,
  voice: filters.voice,
  document: filters.document,
  file: filters.file,
  sticker: filters.sticker,
  location: filters.location,
  contact: filters.contact,
  poll: filters.poll,
  dice: filters.dice,
  webPage: filters.webPage,
  game: filters.game,
  invoice: filters.invoice,
  story: filters.story,
  paidMedia: filters.paidMedia,
  todo: filters.todo,
  album: filters.album,
  reply: filters.reply,
  forwarded: filters.forwarded,
  mentioned: filters.mentioned,
  viaBot: filters.viaBot,
  pinned: filters.pinned,
  callbackQuery: filters.callbackQuery(/a/),
  inlineCallbackQuery: filters.inlineCallbackQuery(),
  inlineQuery: filters.inlineQuery(),
  typing: filters.typing,
  userStatus: filters.userStatus,
  joined: filters.joined,
  left: filters.left,
};

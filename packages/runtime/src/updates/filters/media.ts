import type { base } from '@tlgen/telegram';
import { checkTexts } from './check.js';
import { Filter } from './filter.js';
import { newMessageOf, type FoundMessage } from './found.js';

/** A new message with media. */
export interface FoundMedia<Media extends base.TypeMessageMedia> extends FoundMessage {
  readonly media: Media;
}

/** Media that are more than a preview of a link. */
export type AnyMedia = Exclude<
  base.TypeMessageMedia,
  base.MessageMediaEmpty | base.MessageMediaWebPage
>;

type MediaNamed<Name extends base.TypeMessageMedia['_']> = Extract<
  base.TypeMessageMedia,
  { readonly _: Name }
>;

/**
 * A new message with media of any kind, but not with the preview of a link alone, which is `webPage`.
 *
 * @example `filters.media.and(filters.private)`
 */
export const media = new Filter<FoundMedia<AnyMedia>>((event) => {
  const inChat = newMessageOf(event);
  const found = inChat?.message.media;
  if (!found || found._ === 'messageMediaEmpty' || found._ === 'messageMediaWebPage') return null;
  return { ...inChat, media: found };
});

/**
 * A new message with media of one of these kinds, by their names in TL.
 *
 * @example `filters.mediaOf('messageMediaGiveaway', 'messageMediaGiveawayResults')`
 */
export function mediaOf<Name extends base.TypeMessageMedia['_']>(
  ...names: readonly Name[]
): Filter<FoundMedia<MediaNamed<Name>>> {
  checkTexts('mediaOf', names);
  const wanted: ReadonlySet<string> = new Set(names);
  return new Filter((event) => {
    const inChat = newMessageOf(event);
    const found = inChat?.message.media;
    return found && wanted.has(found._) ? { ...inChat, media: found as MediaNamed<Name> } : null;
  });
}

/**
 * A photo.
 *
 * @example `filters.photo.and(filters.private)`
 */
export const photo = mediaOf('messageMediaPhoto');
/**
 * A place: where something is, a venue, or someone's live location.
 *
 * @example `filters.location.and(filters.private)`
 */
export const location = mediaOf('messageMediaGeo', 'messageMediaGeoLive', 'messageMediaVenue');
/**
 * A contact.
 *
 * @example `filters.contact.and(filters.private)`
 */
export const contact = mediaOf('messageMediaContact');
/**
 * A poll or quiz.
 *
 * @example `filters.poll.and(filters.private)`
 */
export const poll = mediaOf('messageMediaPoll');
/**
 * A die or another emoji that the server rolls.
 *
 * @example `filters.dice.and(filters.private)`
 */
export const dice = mediaOf('messageMediaDice');
/**
 * A text with the preview of a link.
 *
 * @example `filters.webPage.and(filters.private)`
 */
export const webPage = mediaOf('messageMediaWebPage');
/**
 * A game.
 *
 * @example `filters.game.and(filters.private)`
 */
export const game = mediaOf('messageMediaGame');
/**
 * A bill.
 *
 * @example `filters.invoice.and(filters.private)`
 */
export const invoice = mediaOf('messageMediaInvoice');
/**
 * A story.
 *
 * @example `filters.story.and(filters.private)`
 */
export const story = mediaOf('messageMediaStory');
/**
 * Media to be paid for.
 *
 * @example `filters.paidMedia.and(filters.private)`
 */
export const paidMedia = mediaOf('messageMediaPaidMedia');
/**
 * A list of things to do.
 *
 * @example `filters.todo.and(filters.private)`
 */
export const todo = mediaOf('messageMediaToDo');
/**
 * A file of any kind: a video, a sticker, a document …
 *
 * @example `filters.file.and(filters.private)`
 */
export const file = mediaOf('messageMediaDocument');

type FileKind = 'video' | 'video-note' | 'animation' | 'audio' | 'voice' | 'sticker' | 'document';

/** What a file is: its attributes tell, or, when it is gone, what the message says of it. Of each exactly one kind. */
function kindOf({
  document,
  round,
  voice: spoken,
  video: seen,
}: base.MessageMediaDocument): FileKind {
  const attributes = document?._ === 'document' ? (document.attributes ?? []) : [];
  const find = <Name extends base.TypeDocumentAttribute['_']>(
    name: Name,
  ): Extract<base.TypeDocumentAttribute, { readonly _: Name }> | undefined =>
    attributes.find((one): one is Extract<base.TypeDocumentAttribute, { readonly _: Name }> => {
      return one._ === name;
    });
  if (find('documentAttributeSticker')) return 'sticker';
  const moving = find('documentAttributeVideo');
  if (moving?.roundMessage === true || round === true) return 'video-note';
  if (find('documentAttributeAnimated')) return 'animation';
  const sound = find('documentAttributeAudio');
  if (sound?.voice === true || spoken === true) return 'voice';
  if (sound) return 'audio';
  return moving || seen === true ? 'video' : 'document';
}

const fileOf = (kind: FileKind): Filter<FoundMedia<base.MessageMediaDocument>> =>
  file.where((event) => kindOf(event.media) === kind);

/**
 * A video, neither round nor an animation.
 *
 * @example `filters.video.and(filters.private)`
 */
export const video = fileOf('video');
/**
 * A round video message.
 *
 * @example `filters.videoNote.and(filters.private)`
 */
export const videoNote = fileOf('video-note');
/**
 * A GIF, or a video without sound that plays as one.
 *
 * @example `filters.animation.and(filters.private)`
 */
export const animation = fileOf('animation');
/**
 * Music, or another recording that is no voice message.
 *
 * @example `filters.audio.and(filters.private)`
 */
export const audio = fileOf('audio');
/**
 * A voice message.
 *
 * @example `filters.voice.and(filters.private)`
 */
export const voice = fileOf('voice');
/**
 * A sticker: an image, animated, or a video.
 *
 * @example `filters.sticker.and(filters.private)`
 */
export const sticker = fileOf('sticker');
/**
 * A file that is none of the kinds that have a filter of their own; `file` is any.
 *
 * @example `filters.document.and(filters.private)`
 */
export const document = fileOf('document');

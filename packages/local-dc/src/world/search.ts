import * as tl from '@tlgen/telegram';
import { badRequest } from './fault.js';
import type { Letter } from './types.js';

/** Whether a message is what a filter lets through. */
type Kind = (message: tl.Message | tl.MessageService) => boolean;

const media =
  (wanted: (one: tl.TypeMessageMedia) => boolean): Kind =>
  (message) =>
    message instanceof tl.Message && message.media !== undefined && wanted(message.media);

const document = (attribute: (one: tl.TypeDocumentAttribute) => boolean): Kind =>
  media(
    (one) =>
      one instanceof tl.MessageMediaDocument &&
      one.document instanceof tl.Document &&
      one.document.attributes.some(attribute),
  );

const isPhoto: Kind = media((one) => one instanceof tl.MessageMediaPhoto);
const isVideo: Kind = document(
  (one) => one instanceof tl.DocumentAttributeVideo && !one.roundMessage,
);
const isRound: Kind = document(
  (one) => one instanceof tl.DocumentAttributeVideo && Boolean(one.roundMessage),
);
const isVoice: Kind = document(
  (one) => one instanceof tl.DocumentAttributeAudio && Boolean(one.voice),
);
const isMusic: Kind = document((one) => one instanceof tl.DocumentAttributeAudio && !one.voice);
const isGif: Kind = document((one) => one instanceof tl.DocumentAttributeAnimated);
const isFile: Kind = media((one) => one instanceof tl.MessageMediaDocument);

const KINDS: Readonly<Record<tl.TypeMessagesFilter['_'], Kind | undefined>> = {
  inputMessagesFilterEmpty: () => true,
  inputMessagesFilterPhotos: isPhoto,
  inputMessagesFilterVideo: isVideo,
  inputMessagesFilterPhotoVideo: (message) => isPhoto(message) || isVideo(message),
  inputMessagesFilterDocument: (message) =>
    isFile(message) && ![isVideo, isRound, isVoice, isMusic, isGif].some((one) => one(message)),
  inputMessagesFilterUrl: (message) =>
    message instanceof tl.Message &&
    (message.media instanceof tl.MessageMediaWebPage ||
      (message.entities ?? []).some(
        (one) => one instanceof tl.MessageEntityUrl || one instanceof tl.MessageEntityTextUrl,
      )),
  inputMessagesFilterGif: isGif,
  inputMessagesFilterVoice: isVoice,
  inputMessagesFilterMusic: isMusic,
  inputMessagesFilterChatPhotos: (message) =>
    message instanceof tl.MessageService && message.action instanceof tl.MessageActionChatEditPhoto,
  inputMessagesFilterPhoneCalls: (message) =>
    message instanceof tl.MessageService && message.action instanceof tl.MessageActionPhoneCall,
  inputMessagesFilterRoundVoice: (message) => isRound(message) || isVoice(message),
  inputMessagesFilterRoundVideo: isRound,
  inputMessagesFilterMyMentions: (message) => Boolean(message.mentioned),
  inputMessagesFilterGeo: media(
    (one) => one instanceof tl.MessageMediaGeo || one instanceof tl.MessageMediaVenue,
  ),
  inputMessagesFilterContacts: media((one) => one instanceof tl.MessageMediaContact),
  inputMessagesFilterPinned: (message) => message instanceof tl.Message && Boolean(message.pinned),
  inputMessagesFilterPoll: media((one) => one instanceof tl.MessageMediaPoll),
};

/** What is looked for. */
export interface Query {
  /** Words that all have to be in the text; empty: any text. */
  readonly q: string;
  readonly filter: tl.TypeMessagesFilter;
  /** Who wrote it, by the key of their peer. */
  readonly from?: (letter: Letter) => boolean;
}

/** Messages that match, in the order they were given. @throws RpcFault `INPUT_FILTER_INVALID` */
export function matching(letters: readonly Letter[], { q, filter, from }: Query): Letter[] {
  const kind = KINDS[filter._];
  if (!kind) throw badRequest('INPUT_FILTER_INVALID');
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return letters.filter((letter) => {
    const { message } = letter;
    if (!kind(message) || (from && !from(letter))) return false;
    if (words.length === 0) return true;
    if (!(message instanceof tl.Message)) return false;
    const text = message.message.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

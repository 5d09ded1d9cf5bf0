import { TlObject } from '@tlgen/codec';
import type { FileOrigin } from '../types.js';
import {
  chatOrigin,
  messageOrigin,
  pageOrigin,
  setOrigin,
  storyOrigin,
  userOrigin,
} from '../message-origin.js';
import { Fields } from '../fields.js';
import { MESSAGE_UPDATES } from '../updates-with-messages.js';
import {
  each,
  noteFile,
  noteFiles,
  noteMedia,
  notePage,
  noteRich,
  noteStory,
  valuesOf,
  type Note,
} from './learn-media.js';

/** Called with each photo or document and where it was seen. */
export type Learn = (type: 'photo' | 'document', id: bigint, origin: FileOrigin) => void;

type Values = Readonly<Record<string, unknown>>;

/**
 * Tells of the photos and documents of an answer or pushed update, for which there is a request that gives them again.
 * Only fields that are known to hold such are looked at; other answers cost one look at their name.
 */
export function learnFiles(value: unknown, learn: Learn): void {
  if (!(value instanceof TlObject)) return;
  const answer = value as unknown as Values;
  const at = (origin: FileOrigin | undefined, work: (note: Note) => void): void => {
    if (origin) work((type, id) => learn(type, id, origin));
  };
  switch (value._) {
    case 'updates':
    case 'updatesCombined':
      learnUpdates(answer['updates'], learn);
      return;
    case 'updateShort':
      learnUpdate(answer['update'], learn);
      return;
    case 'updates.difference':
    case 'updates.differenceSlice':
    case 'updates.channelDifference':
      learnMessages(answer['newMessages'], learn);
      learnUpdates(answer['otherUpdates'], learn);
      return;
    case 'messages.messages':
    case 'messages.messagesSlice':
    case 'messages.channelMessages':
    case 'messages.dialogs':
    case 'messages.dialogsSlice':
    case 'messages.peerDialogs':
    case 'messages.savedDialogs':
    case 'messages.savedDialogsSlice':
    case 'messages.discussionMessage':
    case 'messages.forumTopics':
    case 'updates.channelDifferenceTooLong':
      learnMessages(answer['messages'], learn);
      return;
    case 'messages.stickerSet':
      at(setOrigin(Fields.of(answer['set'])), (note) => {
        noteFiles(answer['documents'], note);
      });
      return;
    case 'messages.savedGifs':
      at({ type: 'saved-gifs' }, (note) => {
        noteFiles(answer['gifs'], note);
      });
      return;
    case 'photos.photos':
    case 'photos.photosSlice':
    case 'photos.photo':
      at(onlyUser(answer['users']), (note) => {
        noteFiles(answer['photos'], note);
        noteFile(answer['photo'], note);
      });
      return;
    case 'users.userFull':
      learnUser(valuesOf(answer['fullUser']), learn);
      return;
    case 'messages.chatFull': {
      const full = Fields.of(answer['fullChat']);
      at(full && chatOrigin(full), (note) => {
        noteFile(full?.raw('chatPhoto'), note);
      });
      return;
    }
    case 'messages.webPage': {
      const page = Fields.of(answer['webpage']);
      at(page && pageOrigin(page), (note) => {
        notePage(answer['webpage'], note);
      });
      return;
    }
    case 'stories.peerStories':
      learnStories(valuesOf(answer['stories']), learn);
      return;
    case 'stories.allStories':
      each(answer['peerStories'], (one) => {
        learnStories(one, learn);
      });
      return;
    case 'stories.foundStories':
      each(answer['stories'], ({ peer, story }) => {
        learnStory(peer, story, learn);
      });
      return;
    default:
      learnUpdate(value, learn);
  }
}

function learnUpdates(list: unknown, learn: Learn): void {
  if (!Array.isArray(list)) return;
  for (const one of list as readonly unknown[]) learnUpdate(one, learn);
}

function learnUpdate(value: unknown, learn: Learn): void {
  if (!(value instanceof TlObject)) return;
  const update = value as unknown as Values;
  if (MESSAGE_UPDATES.has(value._)) learnMessage(update['message'], learn);
  else if (value._ === 'updateStory') learnStory(update['peer'], update['story'], learn);
  else if (value._ === 'updateNewStickerSet') learnFiles(update['stickerset'], learn);
}

function learnMessages(list: unknown, learn: Learn): void {
  if (!Array.isArray(list)) return;
  for (const one of list as readonly unknown[]) learnMessage(one, learn);
}

function learnMessage(value: unknown, learn: Learn): void {
  const message = valuesOf(value);
  if (!message) return;
  const { media, richMessage, action } = message;
  // Most messages are text.
  if (media === undefined && richMessage === undefined && action === undefined) return;
  let origin: FileOrigin | undefined;
  const note: Note = (type, id) => {
    const fields = Fields.of(message);
    origin ??= fields && messageOrigin(fields);
    if (origin) learn(type, id, origin);
  };
  noteMedia(media, note);
  noteRich(richMessage, note);
  const done = valuesOf(action);
  if (!done) return;
  noteFile(done['photo'], note);
  noteFile(valuesOf(done['wallpaper'])?.['document'], note);
}

function learnUser(user: Values | undefined, learn: Learn): void {
  const origin = userOrigin(user?.['id']);
  if (!user || !origin) return;
  for (const field of ['profilePhoto', 'personalPhoto', 'fallbackPhoto']) {
    noteFile(user[field], (type, id) => {
      learn(type, id, origin);
    });
  }
}

function learnStories(stories: Values | undefined, learn: Learn): void {
  each(stories?.['stories'], (story) => {
    learnStory(stories?.['peer'], story, learn);
  });
}

function learnStory(peer: unknown, story: unknown, learn: Learn): void {
  const origin = storyOrigin(peer, valuesOf(story)?.['id']);
  if (!origin) return;
  noteStory(story, (type, id) => {
    learn(type, id, origin);
  });
}

/** Whose photos they are: `photos.photos` says it by the only user it brings. */
function onlyUser(users: unknown): FileOrigin | undefined {
  if (!Array.isArray(users) || users.length !== 1) return undefined;
  return userOrigin(valuesOf(users[0])?.['id']);
}

import { Fields } from './fields.js';
import {
  chatOrigin,
  messageOrigin,
  pageOrigin,
  setOrigin,
  storyOrigin,
  userOrigin,
} from './message-origin.js';
import { ACCEPTED, describe, MAX_DEPTH, noFile } from './no-file.js';
import type { FileOrigin } from './types.js';
import { MESSAGE_UPDATES } from './updates-with-messages.js';

/** An object that has a file, and where it was seen. */
export interface FoundFile {
  readonly fields: Fields;
  readonly origin: FileOrigin | undefined;
}

/** One step further in. `origin` replaces what was known; `outside` counts when nothing was. */
interface Step {
  readonly to: unknown;
  readonly origin?: FileOrigin | undefined;
  readonly outside?: FileOrigin | undefined;
  /** What was known does not lead there. */
  readonly forget?: boolean | undefined;
}

/** Objects that are looked at before an answer counts as one without an end. */
const MAX_OBJECTS = 10_000;

/** Objects that have a file themselves, or nothing. */
const ENDS: ReadonlySet<string> = new Set([
  'photo',
  'photoEmpty',
  'document',
  'documentEmpty',
  'webDocument',
  'webDocumentNoProxy',
  'stickerSet',
  'user',
  'chat',
  'channel',
  'inputPhoto',
  'inputDocument',
]);

/** Fields in which objects of other types have their file, the first that is there counts. */
const HOLDERS = [
  'media',
  'document',
  'photo',
  'message',
  'story',
  'update',
  'webpage',
  'game',
  'set',
  'chatPhoto',
  'sticker',
  'wallpaper',
  'gift',
] as const;

/**
 * Goes from whatever holds a file to the object that is one: message → media → document.
 *
 * @param prefer - which one of the two that web pages and games may have.
 * @throws FileError `NO_FILE` when there is none, or several.
 */
export function findFile(start: Fields, prefer: 'photo' | 'document' = 'document'): FoundFile {
  return search(start, 0, { left: MAX_OBJECTS, prefer });
}

/** What is the same for the whole of a search. */
interface Search {
  /** Objects that may still be looked at. */
  left: number;
  readonly prefer: 'photo' | 'document';
}

function search(start: Fields, depth: number, budget: Search): FoundFile {
  let at = start;
  let origin: FileOrigin | undefined;
  for (let steps = depth; steps < MAX_DEPTH; steps++) {
    if (budget.left-- <= 0) break;
    if (ENDS.has(at.name)) return { fields: at, origin };
    const several = listOf(at);
    if (several) {
      const found = onlyOne(at, several, steps + 1, budget);
      return { fields: found.fields, origin: found.origin ?? origin };
    }
    const step = stepInto(at, budget.prefer);
    const next = Fields.of(step.to);
    if (!next) throw nothingIn(at, step.to);
    origin = step.origin ?? (step.forget ? undefined : origin) ?? step.outside;
    at = next;
  }
  throw noFile(`${start.name} holds objects in objects, and no file. ${ACCEPTED}`);
}

function stepInto(at: Fields, prefer: 'photo' | 'document'): Step {
  const to = (field: string): unknown => at.raw(field);
  switch (at.name) {
    case 'message':
      return { to: media(at) ?? to('richMessage'), origin: messageOrigin(at) };
    case 'messageService':
      return { to: to('action'), origin: messageOrigin(at) };
    case 'messageMediaWebPage':
      return { to: to('webpage') };
    case 'webPage':
      return { to: to(prefer) ?? to('document') ?? to('photo'), outside: pageOrigin(at) };
    case 'game':
      return { to: to(prefer) ?? to('document') ?? to('photo') };
    case 'messageMediaInvoice':
      return { to: bought(at) ?? to('photo') };
    case 'messageMediaStory':
      return { to: to('story'), origin: storyOrigin(to('peer'), to('id')) };
    case 'updateStory':
      return { to: to('story'), origin: storyOrigin(to('peer'), at.object('story')?.raw('id')) };
    case 'messageMediaPoll':
      return { to: to('attachedMedia') };
    case 'messageExtendedMediaPreview':
      throw noFile('The media has to be paid for before it can be downloaded');
    case 'users.userFull':
      return { to: to('fullUser') };
    case 'messages.chatFull':
      return { to: to('fullChat') };
    case 'userFull':
      return {
        to: to('profilePhoto') ?? to('personalPhoto') ?? to('fallbackPhoto'),
        origin: userOrigin(to('id')),
      };
    case 'chatFull':
    case 'channelFull':
      return { to: to('chatPhoto'), origin: chatOrigin(at) };
    case 'stickerSetCovered':
      return { to: to('cover'), origin: setOrigin(at.object('set')) };
    case 'userProfilePhoto':
    case 'chatPhoto':
      throw noFile(
        `${at.name} does not say whose photo it is: pass the user, chat or channel that has it`,
      );
    default: {
      const found = HOLDERS.map(to).find((one) => Fields.of(one) !== undefined);
      const apart = at.name.startsWith('update') && !MESSAGE_UPDATES.has(at.name);
      return apart ? { to: withoutOrigin(found), forget: true } : { to: found };
    }
  }
}

/** Scheduled messages and those of a business have ids that cannot be asked for: only their media count. */
function withoutOrigin(found: unknown): unknown {
  const message = Fields.of(found);
  return message?.name === 'message' ? media(message) : found;
}

/** Messages without media may have an empty one. */
function media(message: Fields): unknown {
  const found = message.object('media');
  return found?.name === 'messageMediaEmpty' ? undefined : message.raw('media');
}

function bought(invoice: Fields): unknown {
  return invoice.object('extendedMedia')?.name === 'messageExtendedMedia'
    ? invoice.raw('extendedMedia')
    : undefined;
}

/** The objects among which one has to have a file. */
function listOf(at: Fields): readonly Fields[] | undefined {
  switch (at.name) {
    case 'updates':
    case 'updatesCombined':
      return at.objects('updates');
    case 'messages.messages':
    case 'messages.messagesSlice':
    case 'messages.channelMessages':
      return at.objects('messages');
    case 'photos.photos':
    case 'photos.photosSlice':
      return at.objects('photos');
    case 'stories.stories':
    case 'peerStories':
      return at.objects('stories');
    case 'messageMediaPaidMedia':
      return at.objects('extendedMedia');
    case 'richMessage':
      return [...at.objects('photos'), ...at.objects('documents')];
    default:
      return undefined;
  }
}

function onlyOne(
  holder: Fields,
  among: readonly Fields[],
  depth: number,
  budget: Search,
): FoundFile {
  let only: FoundFile | undefined;
  let reason: unknown;
  for (const one of among) {
    // What holds itself, over and over, ends here.
    if (budget.left-- <= 0) break;
    const found = attempt(() => search(one, depth, budget));
    if ('error' in found) reason ??= found.error;
    else if (only) {
      throw noFile(`${holder.name} holds several files: pass the one you mean`);
    } else only = found.value;
  }
  if (only) return only;
  if (among.length === 1 && reason !== undefined) throw reason;
  throw noFile(`${holder.name} holds no file. ${ACCEPTED}`);
}

function attempt<T>(work: () => T): { readonly value: T } | { readonly error: unknown } {
  try {
    return { value: work() };
  } catch (error) {
    return { error };
  }
}

function nothingIn(at: Fields, found: unknown): Error {
  if (at.name.startsWith('messageMedia') && at.raw('ttlSeconds') !== undefined) {
    return noFile(`${at.name} has been there for its time, and the server has it no more`);
  }
  const what = found === undefined || found === null ? 'no file' : describe(found);
  return noFile(`${at.name} holds ${what}. ${ACCEPTED}`);
}

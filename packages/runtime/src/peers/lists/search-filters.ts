import type { ApiSchema } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { constructObject } from '../../network/construct.js';
import { ListOptionError } from './list-errors.js';

/** The constructor of `MessagesFilter` that each name stands for. */
const FILTERS = {
  any: 'inputMessagesFilterEmpty',
  photo: 'inputMessagesFilterPhotos',
  video: 'inputMessagesFilterVideo',
  photoVideo: 'inputMessagesFilterPhotoVideo',
  document: 'inputMessagesFilterDocument',
  url: 'inputMessagesFilterUrl',
  gif: 'inputMessagesFilterGif',
  voice: 'inputMessagesFilterVoice',
  music: 'inputMessagesFilterMusic',
  chatPhoto: 'inputMessagesFilterChatPhotos',
  call: 'inputMessagesFilterPhoneCalls',
  roundVoice: 'inputMessagesFilterRoundVoice',
  roundVideo: 'inputMessagesFilterRoundVideo',
  mention: 'inputMessagesFilterMyMentions',
  geo: 'inputMessagesFilterGeo',
  contact: 'inputMessagesFilterContacts',
  pinned: 'inputMessagesFilterPinned',
  poll: 'inputMessagesFilterPoll',
} as const satisfies Record<string, base.TypeMessagesFilter['_']>;

/** What kind of messages `search` looks for. `roundVoice` is voice or video notes, `call` phone calls. */
export type SearchFilter = keyof typeof FILTERS;

/**
 * The filter of that name, or the one that was given as an object.
 *
 * @throws ListOptionError for a name that is none; SchemaError when the schema's layer lacks it.
 */
export function messagesFilter(
  schema: ApiSchema,
  filter: SearchFilter | base.TypeMessagesFilter = 'any',
): base.TypeMessagesFilter {
  if (typeof filter !== 'string') return filter;
  if (!Object.hasOwn(FILTERS, filter)) {
    const names = Object.keys(FILTERS).join(', ');
    throw new ListOptionError('filter', `expected one of ${names}, got ${String(filter)}`);
  }
  return constructObject<base.TypeMessagesFilter>(schema, FILTERS[filter], {});
}

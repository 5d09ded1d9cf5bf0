import type { Fields } from './fields.js';
import { marked, markOf } from './peer-mark.js';
import type { FileOrigin } from './types.js';

/** Where a message can be asked for again; undefined when its chat or id is not told. */
export function messageOrigin(message: Fields): FileOrigin | undefined {
  const peer = markOf(message.raw('peerId'));
  const id = message.raw('id');
  return peer !== undefined && isMessageId(id) ? { type: 'message', peer, id } : undefined;
}

/** Where a story can be asked for again, by what names it: a message's media, or an update. */
export function storyOrigin(peer: unknown, id: unknown): FileOrigin | undefined {
  const whose = markOf(peer);
  return whose !== undefined && isMessageId(id) ? { type: 'story', peer: whose, id } : undefined;
}

/** Where the photos of a `userFull` can be asked for again. */
export function userOrigin(id: unknown): FileOrigin | undefined {
  const user = marked('user', id);
  return user === undefined ? undefined : { type: 'user-photo', user };
}

/** Where the photo of a `chatFull` or `channelFull` can be asked for again. */
export function chatOrigin(full: Fields): FileOrigin | undefined {
  if (full.name !== 'chatFull' && full.name !== 'channelFull') return undefined;
  const peer = marked(full.name === 'chatFull' ? 'chat' : 'channel', full.raw('id'));
  return peer === undefined ? undefined : { type: 'chat-photo', peer };
}

/** Where the documents of a `stickerSet` can be asked for again. */
export function setOrigin(set: Fields | undefined): FileOrigin | undefined {
  const [id, accessHash] = [set?.raw('id'), set?.raw('accessHash')];
  return typeof id === 'bigint' && typeof accessHash === 'bigint'
    ? { type: 'sticker-set', id, accessHash }
    : undefined;
}

/** Where a `webPage` can be asked for again. */
export function pageOrigin(page: Fields): FileOrigin | undefined {
  const url = page.raw('url');
  return typeof url === 'string' && url !== '' ? { type: 'web-page', url } : undefined;
}

const isMessageId = (id: unknown): id is number =>
  typeof id === 'number' && Number.isInteger(id) && id > 0 && id <= 0x7fffffff;

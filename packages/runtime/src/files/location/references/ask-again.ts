import type { CallOptions } from '@tlgen/codec';
import type { base, channels, messages, photos, stories, users } from '@tlgen/telegram';
import { construct, constructObject } from '../../../network/construct.js';
import { parseMarkedId } from '../../../peers/marked-id.js';
import type { FilesContext } from '../../types.js';
import type { FileOrigin } from '../types.js';

/** Asks the server for something that may hold the file. */
export type Ask = () => Promise<unknown>;

/**
 * What the server is asked for to have a file again, in the order in which the answers are likely to have it.
 *
 * @param id - of the photo or document.
 * @returns functions that throw what `invoke` and the peers throw, or a `custom` origin.
 */
export function asksFor(
  context: FilesContext,
  origin: FileOrigin,
  id: bigint,
  options: CallOptions,
): readonly Ask[] {
  const { schema, peers } = context;
  switch (origin.type) {
    case 'message':
      return [() => askMessage(context, origin.peer, origin.id, options)];
    case 'user-photo':
      return [
        () => askUserPhotos(context, origin.user, id, options),
        () => askFullUser(context, origin.user, options),
      ];
    case 'chat-photo':
      return [() => askFullChat(context, origin.peer, options)];
    case 'sticker-set':
      return [() => askSet(context, origin, options)];
    case 'story':
      return [
        async () => {
          const peer = await peers.inputPeer(origin.peer, options);
          const request = construct<stories.GetStoriesByIDRequest>(
            schema,
            'stories.getStoriesByID',
            { peer, id: [origin.id] },
          );
          return context.invoke(request, options);
        },
      ];
    case 'web-page':
      return [
        async () => {
          const request = construct<messages.GetWebPageRequest>(schema, 'messages.getWebPage', {
            url: origin.url,
            hash: 0,
          });
          return context.invoke(request, options);
        },
      ];
    case 'saved-gifs':
      return [
        async () => {
          const request = construct<messages.GetSavedGifsRequest>(schema, 'messages.getSavedGifs', {
            hash: 0n,
          });
          return context.invoke(request, options);
        },
      ];
    case 'custom':
      return [async () => origin.refresh()];
  }
}

async function askUserPhotos(
  context: FilesContext,
  user: bigint,
  photo: bigint,
  options: CallOptions,
): Promise<unknown> {
  const userId = await context.peers.inputUser(user, options);
  // An offset of -1 counts from the photo itself: the answer has that one.
  const request = construct<photos.GetUserPhotosRequest>(context.schema, 'photos.getUserPhotos', {
    userId,
    offset: -1,
    maxId: photo,
    limit: 1,
  });
  return context.invoke(request, options);
}

async function askFullUser(
  context: FilesContext,
  user: bigint,
  options: CallOptions,
): Promise<unknown> {
  const id = await context.peers.inputUser(user, options);
  const request = construct<users.GetFullUserRequest>(context.schema, 'users.getFullUser', { id });
  return context.invoke(request, options);
}

async function askSet(
  context: FilesContext,
  { id, accessHash }: Extract<FileOrigin, { readonly type: 'sticker-set' }>,
  options: CallOptions,
): Promise<unknown> {
  const stickerset = constructObject<base.InputStickerSetID>(context.schema, 'inputStickerSetID', {
    id,
    accessHash,
  });
  const request = construct<messages.GetStickerSetRequest>(
    context.schema,
    'messages.getStickerSet',
    {
      stickerset,
      hash: 0,
    },
  );
  return context.invoke(request, options);
}

/** Messages of channels are numbered by channel, all others by account. */
async function askMessage(
  context: FilesContext,
  marked: bigint,
  messageId: number,
  options: CallOptions,
): Promise<unknown> {
  const { schema, peers } = context;
  const id = [constructObject<base.InputMessageID>(schema, 'inputMessageID', { id: messageId })];
  if (parseMarkedId(marked).type !== 'channel') {
    return context.invoke(
      construct<messages.GetMessagesRequest>(schema, 'messages.getMessages', { id }),
      options,
    );
  }
  const channel = await peers.inputChannel(marked, options);
  return context.invoke(
    construct<channels.GetMessagesRequest>(schema, 'channels.getMessages', { channel, id }),
    options,
  );
}

async function askFullChat(
  context: FilesContext,
  marked: bigint,
  options: CallOptions,
): Promise<unknown> {
  const { schema, peers } = context;
  const { type, id: chatId } = parseMarkedId(marked);
  if (type !== 'channel') {
    return context.invoke(
      construct<messages.GetFullChatRequest>(schema, 'messages.getFullChat', { chatId }),
      options,
    );
  }
  const channel = await peers.inputChannel(marked, options);
  return context.invoke(
    construct<channels.GetFullChannelRequest>(schema, 'channels.getFullChannel', { channel }),
    options,
  );
}

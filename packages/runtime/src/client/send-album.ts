import type { PeerLike } from '@tlgen/codec';
import { orAbort } from '../core/sleep.js';
import { AlbumError } from './album-error.js';
import { Album, type AlbumText } from './album.js';
import { readItem, type AlbumItem, type CaptionedMedia } from './album-items.js';
import { checkSize } from './album-kinds.js';
import type { SendAlbumOptions, SendMediaContext, SentFile } from './send-options.js';
import { adopting } from '../files/source/index.js';
import { entitiesOf } from './send-shared.js';

export { AlbumError };
export type { AlbumErrorCode } from './album-error.js';
export type { AlbumItem, CaptionedMedia, SendAlbumOptions };

/**
 * Sends 2 … 10 files as one album: photos and videos, or documents, or music. Each may have a caption; that of the
 * options stands below the first. Everything is looked up and checked before anything is uploaded, as far as streams
 * without a name and type let themselves be checked.
 *
 * Lost parts and expired references are dealt with as by `sendMedia`.
 *
 * @returns the messages, in the order of the items.
 * @throws AlbumError when they do not go together; else as `sendMedia` does. All are sent, or none.
 */
export function sendAlbum(
  context: SendMediaContext,
  peer: PeerLike,
  items: readonly AlbumItem[],
  options: SendAlbumOptions = {},
): Promise<SentFile[]> {
  return adopting(Array.isArray(items) ? items : [], () =>
    context.cancellable(options, 'sending an album', (signal) =>
      orAbort(run(context, peer, items, options, signal), signal),
    ),
  );
}

async function run(
  context: SendMediaContext,
  peer: PeerLike,
  items: readonly AlbumItem[],
  options: SendAlbumOptions,
  outer: AbortSignal,
): Promise<SentFile[]> {
  if (!Array.isArray(items)) {
    throw new AlbumError('ALBUM_SIZE', `An album is an array of files; got ${typeof items}`);
  }
  checkSize(items.length);
  const read = items.map((item, at) => readItem(item, at, options));
  const target = await context.peers.inputPeer(peer, { signal: outer });
  const texts: AlbumText[] = [];
  for (const { caption } of read) {
    const entities = await entitiesOf(context.text, caption, { signal: outer });
    texts.push({ message: caption.text, entities });
  }
  // Ends all uploads when one fails, or the whole is given up.
  const ending = new AbortController();
  const end = (): void => ending.abort(outer.reason);
  outer.throwIfAborted();
  outer.addEventListener('abort', end);
  try {
    const album = new Album(context, target, ending.signal);
    await album.plan(
      read.map(({ media }) => media),
      options,
    );
    await album.upload(end);
    return await album.send(texts, options);
  } finally {
    outer.removeEventListener('abort', end);
  }
}

import type { MediaKind } from '../files/media/index.js';
import { AlbumError } from './album-error.js';

/** What goes together: photos with videos, documents and music each with their like. */
const GROUPS: { readonly [kind in MediaKind]?: string } = {
  photo: 'photos and videos',
  video: 'photos and videos',
  document: 'documents',
  audio: 'music',
};

/** Objects of type `InputMedia` that albums are made of, or that become such. */
const IN_ALBUMS = new Set([
  'inputMediaPhoto',
  'inputMediaDocument',
  'inputMediaUploadedPhoto',
  'inputMediaUploadedDocument',
  'inputMediaPhotoExternal',
  'inputMediaDocumentExternal',
]);

/** @throws AlbumError `ALBUM_SIZE`. */
export function checkSize(length: number): void {
  if (length >= 2 && length <= 10) return;
  throw new AlbumError(
    'ALBUM_SIZE',
    length < 2
      ? `An album has 2 … 10 files, and this has ${length}: send a single file by sendFile`
      : `An album has 2 … 10 files, and this has ${length}: send several albums`,
  );
}

/** @throws AlbumError `ALBUM_MIX` for polls, places and the like. */
export function checkInputMedia(name: string, at: number): void {
  if (IN_ALBUMS.has(name)) return;
  throw new AlbumError('ALBUM_MIX', `Item ${at} of the album is ${name}: send that by itself`);
}

/**
 * @param kinds - undefined: not known, or not yet.
 * @throws AlbumError `ALBUM_MIX`.
 */
export function checkKinds(kinds: readonly (MediaKind | undefined)[]): void {
  let first: { readonly group: string; readonly at: number } | undefined;
  for (const [at, kind] of kinds.entries()) {
    if (kind === undefined) continue;
    const group = GROUPS[kind];
    if (group === undefined) {
      throw new AlbumError(
        'ALBUM_MIX',
        `Item ${at} of the album is of type ${kind}, which goes into no album: send it by itself, or as a document`,
      );
    }
    first ??= { group, at };
    if (first.group !== group) {
      throw new AlbumError(
        'ALBUM_MIX',
        `Item ${at} of the album is of type ${kind}, which does not go with ${first.group} (item ${first.at}): an album has photos and videos, or documents, or music`,
      );
    }
  }
}

import * as tl from '@tlgen/telegram';
import { storage } from '@tlgen/telegram';

const MAGIC: readonly (readonly [number, string, () => tl.storage.TypeFileType])[] = [
  [0, '\xff\xd8\xff', () => new storage.FileJpeg()],
  [0, '\x89PNG', () => new storage.FilePng()],
  [0, 'GIF8', () => new storage.FileGif()],
  [0, '%PDF', () => new storage.FilePdf()],
  [0, 'ID3', () => new storage.FileMp3()],
  [0, '\xff\xfb', () => new storage.FileMp3()],
  [4, 'ftypqt', () => new storage.FileMov()],
  [4, 'ftyp', () => new storage.FileMp4()],
  [8, 'WEBP', () => new storage.FileWebp()],
];

/** What `upload.file` says about a file that begins like that. */
export function storageTypeOf(head: Uint8Array): tl.storage.TypeFileType {
  const found = MAGIC.find(([at, text]) =>
    [...text].every((letter, index) => head[at + index] === letter.charCodeAt(0)),
  );
  return found?.[2]() ?? new storage.FileUnknown();
}

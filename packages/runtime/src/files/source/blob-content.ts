import type { BlobLike } from '@tlgen/codec';
import { FileError } from '../errors.js';
import { nameIn } from './source-name.js';
import type { Content } from './seekable-source.js';

/** A Blob, of which only what is asked for comes to memory; a File of a browser stays on the disk. */
export function blobContent(blob: BlobLike): Content {
  const { size } = blob;
  if (!Number.isSafeInteger(size) || size < 0) {
    throw new FileError('BAD_SOURCE', `The Blob says that its size is ${size}; give a true Blob`);
  }
  return {
    size,
    name: typeof blob.name === 'string' ? nameIn(blob.name) : undefined,
    mimeType: typeof blob.type === 'string' && blob.type !== '' ? blob.type : undefined,
    version: versionOf(blob),
    async at(position, length) {
      try {
        return new Uint8Array(await blob.slice(position, position + length).arrayBuffer());
      } catch (cause) {
        const message = `Bytes ${position} to ${position + length} of the Blob cannot be read; its file may be gone or changed: choose it again`;
        throw new FileError('FILE_ACCESS', message, { cause });
      }
    },
    confirm: async () => {},
    close: async () => {},
  };
}

/** A File knows when it was changed. */
function versionOf(blob: BlobLike): string | undefined {
  const modified = 'lastModified' in blob ? blob.lastModified : undefined;
  return typeof modified === 'number' ? String(modified) : undefined;
}

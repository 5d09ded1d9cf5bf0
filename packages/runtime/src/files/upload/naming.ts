import { extensionOf, mimeTypeOf } from '../source/mime.js';
import type { OpenedSource } from '../source/types.js';
import type { UploadOptions } from './types.js';

/** What the file is called and what it is: as told, else as the source says, else by its first bytes. */
export function nameAndType(
  options: Pick<UploadOptions, 'name' | 'mimeType'>,
  source: Pick<OpenedSource, 'name' | 'mimeType'>,
  head: Uint8Array,
): { readonly name: string; readonly mimeType: string } {
  const known = options.name || source.name;
  const mimeType = options.mimeType || source.mimeType || mimeTypeOf(known, head);
  return { name: known || `file${extensionOf(mimeType) ?? ''}`, mimeType };
}

export type { EncryptedFileLike } from './encrypted-file.js';
export { locate } from './locate.js';
export { outlineSvg } from './outline-svg.js';
export { isStaleReference } from './references/stale.js';
export { FileReferences } from './references/file-references.js';
export { strippedJpeg } from './stripped-jpeg.js';
export { suggestedName } from './suggested-name.js';
export type { FileKey, FileKind, FileOrigin, LocateOptions, RemoteFile } from './types.js';

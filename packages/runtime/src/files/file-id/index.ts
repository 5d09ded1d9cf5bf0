export { fileIdOf } from './file-id-of.js';
export { fileKindOf, FILE_TYPES, type FileType } from './file-types.js';
export { CURRENT_SUB_VERSION, parseFileId, printFileId } from './file-id.js';
export { parseInlineMessageId, printInlineMessageId } from './inline-message-id.js';
export { knownFileId } from './known-file-id.js';
export { inputLocationOf } from './input-location.js';
export { inputDocumentOf, inputMediaOfFileId, inputPhotoOf } from './input-media.js';
export { parseUniqueFileId, printUniqueFileId, uniqueOf } from './unique-file-id.js';
export type {
  BotApiFileIds,
  DocumentFileId,
  FileId,
  FileIdLocation,
  FileIdOfOptions,
  GeneratedFileId,
  PhotoFileId,
  PhotoSource,
  PrintFileIdOptions,
  UniqueFileId,
  WebFileId,
} from './types.js';

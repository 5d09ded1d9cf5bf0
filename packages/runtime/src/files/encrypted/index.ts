export { fileKeyFingerprint, newFileKey, type FileKey } from './file-key.js';
export { chainOf, IgeStream } from './ige-stream.js';

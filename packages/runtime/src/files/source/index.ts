export { adopting, noteStreams } from './adopt.js';
export { openSource } from './open.js';
export { isFileSource } from './kinds.js';
export { extensionOf, mimeTypeOf } from './mime.js';
export type { FileSource, OpenedSource, SourceContext, SourceOptions } from './types.js';

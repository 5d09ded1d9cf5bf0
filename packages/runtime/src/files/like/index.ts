export type { FileConverterContext } from './context.js';
export { makeFileConverter } from './converter.js';

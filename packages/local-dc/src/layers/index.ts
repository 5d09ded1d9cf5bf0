export { Layers } from './layers.js';
export type { LayeredRequest } from './layers.js';
export { LayerError } from './problem.js';
export { encodeResult } from './result.js';
export { Translator } from './translator.js';
export type { TranslatorOptions } from './translator.js';

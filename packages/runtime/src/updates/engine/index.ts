export { classify, keyOf } from './classify.js';
export type { Place } from './classify.js';
export { UpdateEngine } from './engine.js';
export type * from './types.js';

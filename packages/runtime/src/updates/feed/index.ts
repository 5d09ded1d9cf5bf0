export { UpdateFeed } from './feed.js';
export type * from './types.js';

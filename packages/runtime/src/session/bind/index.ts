export { bindMessage } from './bind-message.js';
export type { BindMessage, BindOptions } from './bind-message.js';

export { chatIdOf, senderIdOf } from './chat-of.js';
export { UpdateError, type UpdateErrorCode } from './errors.js';
export { UpdateEvent, type EventInit, type WaitFor } from './event.js';
export type { CallbackAnswer, EventActions, WaitOptions } from './types.js';
export { eventWith } from './with.js';

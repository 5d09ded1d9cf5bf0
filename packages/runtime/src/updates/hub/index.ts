export { Conversation } from './conversation.js';
export { ConversationError } from './errors.js';
export { UpdateHub } from './hub.js';
export type { NumberedUpdate } from './queue.js';
export type { UpdateStream } from './reader.js';
export type {
  GetUpdatesOptions,
  HandlerOptions,
  HubContext,
  HubSettings,
  ReadOptions,
} from './types.js';

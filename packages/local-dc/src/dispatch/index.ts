export { Dispatcher } from './dispatcher.js';
export type { DispatcherOptions } from './dispatcher.js';
export type { Logger, LogLevel } from './log.js';
export { method } from './types.js';
export type {
  BuiltIn,
  HandleOptions,
  HandlerContext,
  MethodHandler,
  RequestContext,
} from './types.js';

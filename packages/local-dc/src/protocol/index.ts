export { ServerCore } from './core.js';
export type { ConnectionSink, OpenOptions } from './sink.js';
export type { ServerConnection } from './connection.js';
export type { ServerCoreOptions } from './options.js';
export type { HandshakeHooks } from './handshake/index.js';
export { RefusalLog } from './refusals.js';
export type { Refusal, RefusalKind } from './refusals.js';
export type {
  ProtocolCore,
  RequestHandler,
  RpcCall,
  RpcFailure,
  RpcOutcome,
  ServerKey,
  ServerSessionInfo,
} from './types.js';

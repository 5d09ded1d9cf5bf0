/**
 * The runtime: a client of Telegram's API over MTProto, and what it takes and gives.
 *
 * @packageDocumentation
 */
export { Client } from './client/client.js';
export type { ClientEvents } from './client/events.js';
export type { ClientOptions } from './client/options.js';
export type { Parts } from './client/parts.js';
export type { OpenTransport } from './network/network.js';
export type { EngineFactory, SessionEngine } from './network/types.js';
export type { Clock, Device, Now, Platform, Timer } from './platform/types.js';
export { SettingsError } from './client/merge-settings.js';
export type {
  ConnectionOptions,
  ConnectionOverrides,
  PartialSettings,
  Settings,
} from './client/settings.js';
export {
  SignInError,
  type Ask,
  type CodeHint,
  type PasswordHint,
  type SignedIn,
  type SignInErrorCode,
  type SignInOptions,
} from './client/sign-in.js';
export type { Unsubscribe } from './core/emitter.js';
export {
  AbortError,
  CallLostError,
  isRpcError,
  RequestTooLongError,
  RpcError,
  TimeoutError,
  type CommonErrorCode,
  type RpcErrorCode,
} from './core/errors.js';
export type { LogLevel, LogSink } from './core/logger.js';
export type { ApiCall, InvokeOptions, Middleware, Next } from './core/types.js';
export { CryptoError, SecurityError } from './crypto/errors.js';
export type { CryptoErrorCode, SecurityErrorCode } from './crypto/errors.js';
export type { RsaKey } from './crypto/rsa-key.js';
export { ClosedError, DataCenterError, SchemaError } from './network/errors.js';
export type {
  ConnectionEvent,
  ConnectionKind,
  ConnectionState,
  DataCenterAddress,
} from './network/types.js';
export type {
  ConnectOptions,
  DuplexSocket,
  SocketAddress,
  SocketFactory,
  SocketReceiver,
  SocketTarget,
} from './platform/sockets.js';
export { MemoryStorage } from './storage/memory.js';
export {
  StorageError,
  type StorageChange,
  type StorageDriver,
  type StorageErrorCode,
} from './storage/types.js';
export {
  TransportError,
  type Protocol,
  type Proxy,
  type TransportErrorCode,
} from './transport/types.js';

import type { ResultOf, TlClass, TlMethod } from '@tlgen/codec';
import type * as tl from '@tlgen/telegram';
import type { ServerSessionInfo } from '../protocol/types.js';
import type { Authorization, User } from '../world/types.js';
import type { World } from '../world/world.js';

/** What a handler knows of the request beside its parameters. */
export interface RequestContext {
  readonly world: World;
  /** The data center that the request came to. */
  readonly dcId: number;
  /** The layer that the client speaks; requests and answers are translated from and to it. */
  readonly layer: number;
  readonly session: ServerSessionInfo;
  /** Aborted when the client drops the answer or the session ends. */
  readonly signal: AbortSignal;
  /** Who is signed in. @throws RpcFault `AUTH_KEY_UNREGISTERED` (401) when nobody is. */
  readonly user: User;
  /** The sign-in of {@link user}. @throws RpcFault `AUTH_KEY_UNREGISTERED` (401) when nobody is. */
  readonly authorization: Authorization;
  /** Whether somebody is signed in. */
  readonly signedIn: boolean;
  /** The permanent key of the session. @throws RpcFault `AUTH_KEY_PERM_EMPTY` (401) when it has none yet. */
  readonly key: ServerSessionInfo['key'];
  /** Sends updates to all sessions of a user, the caller's included. */
  push(userId: bigint, updates: readonly tl.TypeUpdate[]): void;
  /** Checks and binds a temporary key. @returns null, or the error's name */
  bindTempKey(request: tl.auth.BindTempAuthKeyRequest): string | null;
}

/** The context of an override: it may ask what the data center itself would answer. */
export interface HandlerContext<Result> extends RequestContext {
  /** Answers as if this handler were not there. */
  next(): Promise<Result>;
}

/** Carries out one method. What it throws as `RpcFault` becomes the `rpc_error`. */
export type MethodHandler<M extends TlMethod> = (
  request: M,
  context: HandlerContext<ResultOf<M>>,
) => ResultOf<M> | Promise<ResultOf<M>>;

/** How a method is registered. */
export interface HandleOptions {
  /** Callable before sign-in. Default: as the built-in method of that name; false for others. */
  readonly anonymous?: boolean | undefined;
}

/** How a method that is built in is registered. */
export interface BuiltInOptions extends HandleOptions {
  /** Callable with a temporary key that is not bound yet: the protocol lets only `auth.bindTempAuthKey` through. */
  readonly unbound?: boolean | undefined;
}

/** A method that is built in. */
export interface BuiltIn extends BuiltInOptions {
  readonly method: TlClass<TlMethod>;
  readonly handler: MethodHandler<TlMethod>;
}

/** Describes a built-in method with the types of its request and result. */
export function method<M extends TlMethod>(
  of: TlClass<M>,
  handler: (request: M, context: RequestContext) => ResultOf<M> | Promise<ResultOf<M>>,
  options: BuiltInOptions = {},
): BuiltIn {
  return {
    method: of as unknown as TlClass<TlMethod>,
    handler: handler as unknown as MethodHandler<TlMethod>,
    ...options,
  };
}

import type { ApiSchema, CallOptions, TlMethod, TlObject } from '@tlgen/codec';
import type { Caller } from '../../core/caller.js';
import type { Unsubscribe } from '../../core/emitter.js';
import { orAbort } from '../../core/sleep.js';
import type { InvokeOptions } from '../../core/types.js';
import type { CryptoProvider } from '../../crypto/provider/types.js';
import { DataCenterError } from '../../network/errors.js';
import type { Network } from '../../network/network.js';
import type { Clock, Platform } from '../../platform/types.js';
import type { LoginTokens } from './login-tokens.js';

/** Whatever may be a data center's id. */
const DC_IDS = Array.from({ length: 999 }, (_, at) => at + 1);

/** What signing in needs of the client. */
export interface SignInContext {
  readonly schema: ApiSchema;
  readonly crypto: CryptoProvider;
  readonly clock: Clock;
  readonly apiId: number;
  readonly apiHash: string;
  /** Tokens that let a user who was here before in without a code. */
  readonly tokens: LoginTokens;
  /** How often a person is asked the same thing. */
  maxTries(): number;
  /** Server time in milliseconds. */
  serverTime(): number;
  /** Who is signed in by what is stored; null: nobody. Known inside of {@link cancellable}. */
  self(): { readonly id: bigint; readonly bot: boolean } | null;
  invoke<Result>(request: TlMethod<Result>, options?: InvokeOptions): Promise<Result>;
  /** Opens the client if need be, and runs work that its caller's signal and timeout, and `close()`, end. */
  cancellable<T>(
    options: CallOptions,
    what: string,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T>;
  /** Calls `handler` with what the server pushes. */
  onUpdate(handler: (update: TlObject) => void): Unsubscribe;
  /** The user who is about to sign in lives at that data center. */
  moveHome(dc: number, signal: AbortSignal): Promise<void>;
  /** Stores that somebody signed in. */
  signedIn(id: bigint, bot: boolean): Promise<void>;
}

/** What logging out needs beside it. */
export interface LogOutContext extends Pick<
  SignInContext,
  'schema' | 'tokens' | 'self' | 'invoke' | 'cancellable'
> {
  /** Other data centers where calls run in the user's name. */
  elsewhere(): readonly number[];
  /** Forgets whatever belongs to the user who was signed in: keys, authorizations, peers. */
  forget(): Promise<void>;
}

/** The parts of a client that signing in and out is built on. */
export interface SignInParts {
  readonly schema: ApiSchema;
  readonly apiId: number;
  readonly apiHash: string;
  readonly platform: Pick<Platform, 'clock' | 'crypto'>;
  readonly network: Network;
  readonly caller: Caller;
  readonly tokens: LoginTokens;
  maxTries(): number;
  onUpdate(handler: (update: TlObject) => void): Unsubscribe;
  /** Forgets what is known of users and chats, and anything else that is the user's own. */
  forgetPeers(): Promise<void>;
}

/** The context of a client. */
export function signInContext(parts: SignInParts): SignInContext & LogOutContext {
  const { schema, apiId, apiHash, platform, network, caller, tokens } = parts;
  return {
    schema,
    apiId,
    apiHash,
    tokens,
    crypto: platform.crypto,
    clock: platform.clock,
    maxTries: () => parts.maxTries(),
    serverTime: () => network.serverTime,
    self: () => {
      const { userId, bot } = network.store.account;
      return userId === null ? null : { id: userId, bot };
    },
    invoke: (request, options) => caller.invoke(request, options),
    cancellable: (options, what, work) => caller.cancellable(options, what, work),
    onUpdate: (handler) => parts.onUpdate(handler),
    async moveHome(dc, signal) {
      if (!network.knows(dc)) await caller.fetchConfig({ signal });
      // Stored as home, a data center that does not exist would keep the client from ever connecting.
      if (!network.knows(dc)) throw new DataCenterError(dc, 'the server does not list it');
      await orAbort(network.setHome(dc), signal);
    },
    signedIn: (id, bot) => network.store.signedIn(id, bot),
    elsewhere() {
      const { store } = network;
      const { userId, homeDc } = store.account;
      if (userId === null) return [];
      return DC_IDS.filter((dc) => dc !== homeDc && store.key(dc)?.userId === userId);
    },
    async forget() {
      // Should the process die in between, the server's next answer ends what is left of the sign-in.
      await parts.forgetPeers();
      await network.signedOut(true);
    },
  };
}

import type { ApiSchema, CallOptions, TlMethod, TlObject } from '@tlgen/codec';
import type { Caller } from '../../core/caller.js';
import type { Unsubscribe } from '../../core/emitter.js';
import { orAbort } from '../../core/sleep.js';
import type { InvokeOptions } from '../../core/types.js';
import type { CryptoProvider } from '../../crypto/provider/types.js';
import { DataCenterError } from '../../network/errors.js';
import type { Network } from '../../network/network.js';
import type { Clock, Platform } from '../../platform/types.js';
import { Turns } from '../turns.js';
import type { LoginTokens } from './login-tokens.js';

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
  /** Stores that somebody signed in; what is known of users and chats is theirs from now on. */
  signedIn(id: bigint, bot: boolean): Promise<void>;
}

/** What logging out needs beside it. */
export interface LogOutContext extends Pick<
  SignInContext,
  'schema' | 'tokens' | 'self' | 'invoke' | 'cancellable'
> {
  /** One log-out at a time. */
  readonly turns: Turns;
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
  /** Runs work when it is known whose an imported session is. */
  cancellable: SignInContext['cancellable'];
  /** Told before it is stored that somebody signed in. */
  claimed(id: bigint): Promise<void>;
  /** Forgets what is known of users and chats, and anything else that is the user's own. */
  forgetPeers(): Promise<void>;
}

/** The context of a client. */
export function signInContext(parts: SignInParts): SignInContext & LogOutContext {
  const { schema, apiId, apiHash, platform, network, caller, tokens } = parts;
  const turns = new Turns();
  return {
    schema,
    apiId,
    apiHash,
    tokens,
    turns,
    crypto: platform.crypto,
    clock: platform.clock,
    maxTries: () => parts.maxTries(),
    serverTime: () => network.serverTime,
    self: () => {
      const { userId, bot } = network.store.account;
      return userId === null ? null : { id: userId, bot };
    },
    invoke: (request, options) => caller.invoke(request, options),
    cancellable: (options, what, work) => parts.cancellable(options, what, work),
    onUpdate: (handler) => parts.onUpdate(handler),
    async moveHome(dc, signal) {
      if (!network.knows(dc)) await caller.fetchConfig({ signal });
      // Stored as home, a data center that does not exist would keep the client from ever connecting.
      if (!network.knows(dc)) throw new DataCenterError(dc, 'the server does not list it');
      await orAbort(network.setHome(dc), signal);
    },
    // Of two that sign in at once, the one the server heard last is stored last.
    signedIn: (id, bot) =>
      turns.run('account', async () => {
        await parts.claimed(id);
        await network.store.signedIn(id, bot);
      }),
    elsewhere() {
      const { store } = network;
      const { userId, homeDc } = store.account;
      if (userId === null) return [];
      return store.ownedBy(userId).filter((dc) => dc !== homeDc);
    },
    // Connections end first, so that nothing is learnt behind it. Should the process die in between, whoever signs in
    // next has the peers of another forgotten.
    forget: () =>
      turns.run('account', async () => {
        await network.forgetKeys();
        await parts.forgetPeers();
      }),
  };
}

import type { ApiTypes, TlMethod } from '@tlgen/codec';
import type { Unsubscribe } from '../core/emitter.js';
import { orAbort } from '../core/sleep.js';
import type { InvokeOptions } from '../core/types.js';
import { Backbone } from './backbone.js';
import type { ClientEvents } from './events.js';
import { checkIdentity } from './identity.js';
import type { ClientOptions } from './options.js';
import type { Parts } from './parts.js';
import type { PartialSettings, Settings } from './settings.js';
import { signIn, type SignedIn, type SignInOptions } from './sign-in.js';

/**
 * A client of Telegram's API.
 *
 * ```ts
 * await using client = new Client({ schema, apiId, apiHash, storage: 'my.session' });
 * await client.connect();
 * await client.signIn({ botToken });
 * const config = await client.invoke(new help.GetConfigRequest());
 * ```
 */
export class Client<Types extends ApiTypes = ApiTypes> {
  private readonly backbone: Backbone;

  /**
   * @param parts - other parts than the host's, for tests.
   * @throws SettingsError that names the setting at fault; SchemaError when the schema lacks `initConnection` or
   * `invokeWithLayer`.
   */
  constructor(options: ClientOptions<Types>, parts: Partial<Parts> = {}) {
    checkIdentity(options);
    this.backbone = new Backbone(options, parts, {
      learn: () => undefined,
      opened: () => Promise.resolve(),
      closing: () => Promise.resolve(),
    });
  }

  /** All settings, with the defaults for what was not given. */
  get settings(): Settings {
    return this.backbone.settings;
  }

  /** The user who is signed in; null: nobody. Known once the client is connected. */
  get self(): { readonly id: bigint; readonly bot: boolean } | null {
    const { userId, bot } = this.backbone.network.store.account;
    return userId === null ? null : { id: userId, bot };
  }

  /**
   * Changes settings. Those of calls, logs, peers and updates count at once, those of connections when one is opened
   * next; `auth`, `rsaKeys`, `dataCenters`, `homeDc` and `connection.testMode` only when a client is made.
   *
   * @throws SettingsError that names the setting at fault; then nothing has changed.
   */
  configure(changes: PartialSettings): void {
    this.backbone.configure(changes);
  }

  /**
   * Opens the storage and the connection to the home data center, and learns the addresses of the others. It tries
   * for as long as it takes; `signal` ends that, and so does an error that trying again cannot mend.
   *
   * @throws StorageError, ClosedError, DataCenterError, RpcError, AbortError, TimeoutError.
   */
  connect(options: Pick<InvokeOptions, 'signal' | 'timeout'> = {}): Promise<void> {
    const { caller, network, schema } = this.backbone;
    return caller.cancellable(options, 'connecting', async (signal) => {
      const fresh = network.serverTime / 1000 < network.store.addressesExpire;
      const enough = fresh || !schema.method('help.getConfig');
      await orAbort(enough ? caller.ready({ signal }) : caller.fetchConfig({ signal }), signal);
    });
  }

  /** Carries out a method: resolves with its result, typed by the request. Connects first if need be. */
  invoke(request: TlMethod, options: InvokeOptions & { readonly noResponse: true }): Promise<void>;
  invoke<Result, Errors extends string>(
    request: TlMethod<Result, Errors>,
    options?: InvokeOptions,
  ): Promise<Result>;
  invoke<Result>(request: TlMethod<Result>, options: InvokeOptions = {}): Promise<Result> {
    return this.backbone.invoke(request, options);
  }

  /**
   * Signs in a bot by its token, or a user by phone number and code.
   *
   * @throws RpcError when the server refuses; SignInError when something is missing.
   */
  signIn(options: SignInOptions): Promise<SignedIn> {
    const { schema, caller, network, parts } = this.backbone;
    const { apiId, apiHash } = this.backbone.options;
    return caller.cancellable({ signal: options.signal }, 'signing in', async (signal) => {
      const self = await signIn(
        {
          schema,
          apiId,
          apiHash,
          crypto: parts.platform.crypto,
          maxTries: () => this.settings.maxTries.authorization,
          answered: (answer) => orAbort(answer, signal),
          invoke: (request, how) => caller.invoke(request, how),
        },
        options,
      );
      await network.store.signedIn(self.id, self.bot);
      return self;
    });
  }

  /** Calls `handler` at each event of that name. @returns what ends that. */
  on<K extends keyof ClientEvents>(
    type: K,
    handler: (event: ClientEvents[K]) => unknown,
  ): Unsubscribe {
    return this.backbone.events.on(type, handler);
  }

  /** Closes connections, timers and storage. Calls under way reject with CallLostError or ClosedError. */
  close(): Promise<void> {
    return this.backbone.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

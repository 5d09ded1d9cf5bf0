import type { TlClass, TlMethod } from '@tlgen/codec';
import type { CryptoProvider } from '@tlgen/runtime/crypto';
import { platformCrypto } from '@tlgen/runtime/crypto/provider';
import { schema } from '@tlgen/telegram/schema';
import {
  Dispatcher,
  type HandleOptions,
  type Logger,
  type MethodHandler,
} from './dispatch/index.js';
import { clientOptions, type ClientOptions } from './client-options.js';
import { FaultBoard } from './faults/index.js';
import { Layers } from './layers/index.js';
import { listen, selfSigned, type Listener } from './listen/index.js';
import { builtIns } from './methods/index.js';
import { checkOptions } from './check-options.js';
import type { LocalDcOptions } from './options.js';
import {
  generateServerKey,
  localCdnRsaKey,
  localRsaKey,
  type ServerRsaKey,
} from './protocol/handshake/index.js';
import { ServerCore, type Refusal, type RefusalLog } from './protocol/index.js';
import { signOut } from './world/authorizations.js';
import { randomNumber, seededCrypto } from './world/seeded.js';
import { World } from './world/world.js';
import { Pusher } from './pushes/pusher.js';
import { UpdateControls } from './update-controls.js';
import { WorldControl } from './world-control.js';

/**
 * A Telegram data center inside this process: real key exchange, sessions, users, chats and secret chats, on localhost.
 *
 * ```ts
 * await using dc = await LocalDc.start();
 * const alice = await dc.createUser({ firstName: 'Alice' });
 * ```
 */
export class LocalDc extends WorldControl implements AsyncDisposable {
  /** What goes wrong on purpose. */
  readonly faults: FaultBoard;
  /** Users, groups, messages: what handlers work on. */
  readonly world: World;
  /** What clients are pushed, what goes wrong with it, and what they should know by now. */
  readonly updates: UpdateControls;
  readonly #core: ServerCore;
  readonly #dispatcher: Dispatcher;
  readonly #layers: Layers;
  readonly #key: ServerRsaKey;
  readonly #cdnKey: ServerRsaKey | null;
  readonly #options: LocalDcOptions;
  #listeners: readonly Listener[] = [];
  #closed: Promise<void> | null = null;

  private constructor(options: LocalDcOptions, key: ServerRsaKey, cdnKey: ServerRsaKey | null) {
    super();
    const { seed, clock = Date.now, logger: log = errorsToStderr } = options;
    // Each has a source of its own: what one draws must not depend on how many packets came meanwhile.
    const random = (name: string): CryptoProvider =>
      seed === undefined ? platformCrypto : seededCrypto(platformCrypto, `${name}:${seed}`);
    const luck = random('faults');
    const pushLuck = random('updates');
    this.#options = options;
    this.#key = key;
    this.#cdnKey = cdnKey;
    this.faults = new FaultBoard(() => randomNumber(luck));
    this.#layers = new Layers(schema, options.layers ?? [], (loss) => log('info', loss.message));
    this.#core = new ServerCore({
      crypto: random('protocol'),
      clock,
      rsaKeys: [key],
      rsaKeysOf: (dcId) => [cdnKey && this.world.isCdn(dcId) ? cdnKey : key],
      faults: this.faults,
      strict: options.strict,
      saltLifetime: options.saltLifetime,
      window: options.window,
      ackDelay: options.ackDelay,
      resendAfter: options.resendAfter,
      gzipAbove: options.gzipAbove,
      sessionLifetime: options.sessionLifetime,
      handler: (call) => this.#dispatcher.run(call),
      onRefusal: (refusal) => log('warn', lineOf(refusal)),
      onKeyDestroyed: (destroyed) => signOut(this.world, destroyed),
    });
    const core = this.#core;
    this.world = new World({
      crypto: random('world'),
      now: () => core.now(),
      dataCenters: options.dataCenters ?? [2],
      cdnDataCenters: options.cdnDataCenters ?? [],
      cdnKey: cdnKey?.publicPem,
      loginCode: options.loginCode ?? '22222',
      after: (milliseconds, run) => core.later(milliseconds, run),
      deliver: (delivery) => pusher.deliver(delivery),
      deliverToKey: (keyId, updates) => pusher.toKey(keyId, updates),
    });
    const { world } = this;
    const pusher = new Pusher(world, core, this.#layers, () => randomNumber(pushLuck));
    this.updates = new UpdateControls(world, pusher.gate, core);
    this.#dispatcher = new Dispatcher({ world, layers: this.#layers, core, builtIns, log });
  }

  /**
   * Starts listening.
   *
   * @throws TypeError for options that cannot be; TransportError `bad-settings` for a proxy secret that cannot be read;
   * the system's error (`EADDRINUSE`) when a port is taken.
   */
  static async start(options: LocalDcOptions = {}): Promise<LocalDc> {
    checkOptions(options);
    const fresh = options.rsaKey === 'fresh';
    const key = await (fresh ? generateServerKey : localRsaKey)(platformCrypto);
    const hasCdn = (options.cdnDataCenters ?? []).length > 0;
    const makeCdnKey = fresh ? generateServerKey : localCdnRsaKey;
    const dc = new LocalDc(options, key, hasCdn ? await makeCdnKey(platformCrypto) : null);
    await dc.#listen();
    return dc;
  }

  async #listen(): Promise<void> {
    const { host, port = 0, tlsPort = 0, proxySecrets } = this.#options;
    const certificate = tlsPort === false ? undefined : selfSigned();
    const started: Listener[] = [];
    try {
      const { dataCenters, cdnDataCenters = [] } = this.world.options;
      for (const [at, dcId] of [...dataCenters, ...cdnDataCenters].entries()) {
        const next = (first: number): number => (first === 0 ? 0 : first + at);
        const tls: number | false = tlsPort === false ? false : next(tlsPort);
        const ports = { port: next(port), tlsPort: tls };
        const where = { dcId, host, ...ports, proxySecrets, certificate };
        started.push(await listen(this.#core, where));
      }
    } catch (thrown) {
      await Promise.all(started.map((one) => one.close()));
      throw thrown;
    }
    this.#listeners = started;
    this.world.addresses = started.map(({ dcId: id, host: at, port: open }) => ({
      id,
      host: at,
      port: open,
      cdn: this.world.isCdn(id),
    }));
  }

  /** Where the first data center listens. */
  get host(): string {
    return this.#first.host;
  }

  /** Port of the first data center, for everything without TLS. */
  get port(): number {
    return this.#first.port;
  }

  /** Port of the first data center for https and wss; null without TLS. */
  get tlsPort(): number | null {
    return this.#first.tlsPort;
  }

  get #first(): Listener {
    const [first] = this.#listeners;
    if (!first) throw new TypeError('the data center is closed');
    return first;
  }

  /** The public RSA key as PEM (PKCS#1); all data centers but those of the CDN share it. */
  get rsaKey(): string {
    return this.#key.publicPem;
  }

  /** The public RSA key of the CDN, which clients learn by `help.getCdnConfig`; null without a CDN. */
  get cdnRsaKey(): string | null {
    return this.#cdnKey?.publicPem ?? null;
  }

  /**
   * Spread these into a client's settings.
   *
   * @throws TypeError when the data center is closed: without addresses, a client would take those of Telegram.
   */
  get clientOptions(): ClientOptions {
    return clientOptions(this.#first.dcId, this.#listeners, this.rsaKey, (id) =>
      this.world.isCdn(id),
    );
  }

  /** What clients did that the server did not accept: empty after a test of a well-behaved client. */
  get refusals(): RefusalLog {
    return this.#core.refusals;
  }

  /** TL names of methods that clients called and nothing handles: candidates for {@link handle}. */
  get unhandled(): ReadonlySet<string> {
    return this.#dispatcher.unhandled;
  }

  /**
   * Adds or overrides a method. The handler added last is asked first; `context.next()` is the answer of the one below,
   * in the end of the data center itself.
   *
   * ```ts
   * dc.handle(messages.SendMessageRequest, async (request, context) => {
   *   if (request.message === 'spam') throw new RpcFault(400, 'PEER_FLOOD');
   *   return context.next();
   * });
   * ```
   *
   * @returns a function that removes the handler.
   */
  handle<M extends TlMethod>(
    method: TlClass<M>,
    handler: MethodHandler<M>,
    options: HandleOptions = {},
  ): () => void {
    return this.#dispatcher.add(
      method as unknown as TlClass<TlMethod>,
      handler as unknown as MethodHandler<TlMethod>,
      options,
    );
  }

  /** Answers the next `times` calls of a method with `FLOOD_WAIT_seconds`. */
  floodWait(method: TlClass<TlMethod>, seconds: number, times = 1): void {
    this.#dispatcher.floodWaits.order(method.tl, seconds, times);
  }

  /**
   * Closes every connection, aborts the handlers that run, and stops listening; a {@link pressButton} that waits
   * rejects. May be called again.
   */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    const listeners = this.#listeners;
    this.#listeners = [];
    this.#core.close();
    this.world.callbacks.close();
    await Promise.all(listeners.map((one) => one.close()));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

/** A handler that fails is a mistake in the test; its client may only ever see that it waits in vain. */
const errorsToStderr: Logger = (level, line) => {
  if (level === 'error') console.error(`local-dc: ${line}`);
};

function lineOf({ kind, code, dcId, connection, detail }: Refusal): string {
  const said = code === null ? kind : `${kind} ${code}`;
  return `refused ${said} (data center ${dcId}, connection ${connection}): ${detail}`;
}

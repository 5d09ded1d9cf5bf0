import { TlError, type ApiSchema, type CallOptions, type TlMethod } from '@tlgen/codec';
import type { base, help } from '@tlgen/telegram';
import { Authorizations } from '../network/authorization.js';
import { addressesOf, cdnKeysOf } from '../network/config.js';
import { construct } from '../network/construct.js';
import { ClosedError, DataCenterError } from '../network/errors.js';
import type { Network } from '../network/network.js';
import { Cancellation } from './cancellation.js';
import { checkCallOptions } from './check-options.js';
import { authorize } from './middleware/authorize.js';
import { floodWait } from './middleware/flood-wait.js';
import { migrate } from './middleware/migrate.js';
import { CallLostError } from './errors.js';
import { OTHER_USER, otherUser } from './middleware/same-user.js';
import { ordered } from './middleware/ordered.js';
import type { RetryContext } from './middleware/retry-context.js';
import { serverErrors } from './middleware/server-error.js';
import { signedOut } from './middleware/signed-out.js';
import { OrderedQueues, type Ticket } from './ordered-queue.js';
import { orAbort } from './sleep.js';
import { send, SendContext } from './send.js';
import { compose, type ApiCall, type InvokeOptions, type Middleware } from './types.js';

export interface CallerOptions extends RetryContext {
  readonly schema: ApiSchema;
  readonly network: Network;
  /** The user's, outermost first; the library's own stand behind them. */
  readonly middleware: readonly Middleware[];
  /** What has to be done before the first call: opens the storage. Undefined: that is done. */
  open(): Promise<void> | undefined;
  /** How many calls of one queue may be under way at one time. */
  queueLimit(): number;
  /** Told of every answer that was decoded; what it returns is waited for. */
  readonly onAnswer: (answer: unknown, request: TlMethod) => Promise<void> | undefined;
  onSignedOut(reason: string): void;
  /** Somebody else is signed in than before, or nobody. */
  onUser(): void;
  onError(error: unknown): void;
}

/** Carries out calls of the API: middleware, waits, repetitions, the right data center, one decoded answer. */
export class Caller {
  readonly authorizations: Authorizations;
  private readonly queues: OrderedQueues;
  private readonly active = new Set<Cancellation>();
  /** Work of several calls: ends when it would go on as somebody else. */
  private readonly works = new Set<() => void>();
  private readonly steps: readonly Middleware[];
  private readonly innerSteps: readonly Middleware[];
  private config: Promise<void> | null = null;
  private cdnKeys: Promise<void> | null = null;

  constructor(private readonly options: CallerOptions) {
    const { schema, network } = options;
    this.queues = new OrderedQueues(() => options.queueLimit());
    this.authorizations = new Authorizations({
      schema,
      store: network.store,
      invoke: (request, dc) => this.direct(request, dc),
    });
    network.store.onUser = () => {
      for (const check of this.works) check();
      options.onUser();
    };
    const fetchConfig = (): Promise<void> => this.fetchConfig();
    const moveHome = (dc: number, code: string): Promise<void> => this.moveHome(dc, code);
    const waits = [serverErrors(options), floodWait(options)];
    // Innermost, where a call's data center is the one it really goes to.
    const ends = signedOut(options);
    this.innerSteps = [...waits, ends];
    this.steps = [
      ...waits,
      migrate({ moveHome, isCdn: (dc) => network.isCdn(dc) }),
      authorize({
        network,
        authorizations: this.authorizations,
        fetchConfig,
        fetchCdnKeys: () => this.fetchCdnKeys(),
      }),
      ends,
    ];
  }

  /**
   * Sends a request and resolves with the decoded answer.
   *
   * @throws RpcError, CallLostError, AbortError, TimeoutError, ClosedError, CallOptionError, TlError, DataCenterError,
   * and what middleware throws.
   */
  invoke<Result>(request: TlMethod<Result>, options: InvokeOptions = {}): Promise<Result> {
    // Before middleware sees it: from JavaScript, anything may come.
    if (typeof (request as Partial<TlMethod> | null | undefined)?.$write !== 'function') {
      const reason = 'invoke takes a request: an object of a method class of a generated package';
      return Promise.reject(new TlError('bad-value', reason));
    }
    return this.run(request, options, [...this.options.middleware, ...this.steps]);
  }

  /** Learns the addresses of the data centers; whoever wants that at the same time shares one request. */
  fetchConfig(options: CallOptions = {}): Promise<void> {
    return this.cancellable(options, 'help.getConfig', (signal) =>
      orAbort(this.sharedConfig(), signal),
    );
  }

  /** Resolves when the connection to the home data center carries calls. */
  ready(options: CallOptions = {}): Promise<void> {
    const { network } = this.options;
    return this.cancellable(options, 'connecting', (signal) => orAbort(network.ready(), signal));
  }

  /** Ends every call that is not settled by its connection. */
  close(): void {
    for (const cancellation of this.active) cancellation.abort(new ClosedError());
  }

  /** A call of the library itself: at exactly that data center, without the user's middleware. */
  private direct<Result>(request: TlMethod<Result>, dc: number): Promise<Result> {
    return this.run(request, { dc }, this.innerSteps);
  }

  private run<Result>(
    request: TlMethod<Result>,
    options: InvokeOptions,
    steps: readonly Middleware[],
  ): Promise<Result> {
    const { network, schema, onAnswer } = this.options;
    return this.during(options, request._, async (cancellation) => {
      const { queue } = options;
      const ticket = queue === undefined ? null : this.queues.enter(queue);
      const context = new SendContext(ticket, otherUser(network));
      const call: ApiCall = {
        request,
        options,
        dc: options.dc,
        get signal() {
          return cancellation.signal;
        },
      };
      const last = async (changed: ApiCall): Promise<unknown> => {
        // A signal is made where somebody looks at it; those who copy a call do.
        const ending = changed === call ? cancellation : changed.signal;
        const answer = await send(network, schema, changed, context, ending);
        const learnt = answer === undefined ? undefined : onAnswer(answer, changed.request);
        if (learnt) await orAbort(learnt, cancellation);
        return answer;
      };
      const all = ticket ? [...steps, ordered(ticket)] : steps;
      try {
        return (await compose(all, last)(call)) as Result;
      } finally {
        if (ticket && queue !== undefined) this.leave(queue, ticket, context.unheard);
      }
    });
  }

  /** Those behind it go on when it is settled, which may be after the caller was answered. */
  private leave(queue: string, ticket: Ticket, unheard: Promise<void> | null): void {
    const leave = (): void => this.queues.leave(queue, ticket);
    if (unheard) void unheard.then(leave);
    else leave();
  }

  /**
   * Runs work of several calls that the caller's signal and timeout, and `close()`, end: by the signal the work is
   * given. So does another user's sign-in: what one has begun is never finished as another.
   *
   * @param what - names the work in messages.
   */
  cancellable<T>(
    options: CallOptions,
    what: string,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    return this.during(options, what, async (cancellation) => {
      const isOthers = otherUser(this.options.network);
      const check = (): void => {
        if (isOthers()) cancellation.abort(new CallLostError(what, true, OTHER_USER));
      };
      this.works.add(check);
      try {
        return await work(cancellation.signal);
      } finally {
        this.works.delete(check);
      }
    });
  }

  /** As {@link cancellable}, for work that makes do with an {@link Cancellation}: no signal has to be made. */
  async during<T>(
    options: CallOptions,
    what: string,
    work: (cancellation: Cancellation) => Promise<T>,
  ): Promise<T> {
    checkCallOptions(options, what);
    if (this.options.network.isClosed) throw new ClosedError();
    const cancellation = new Cancellation(this.options.clock, options, what);
    this.active.add(cancellation);
    try {
      cancellation.throwIfAborted();
      const opening = this.options.open();
      if (opening) await orAbort(opening, cancellation);
      return await work(cancellation);
    } finally {
      this.active.delete(cancellation);
      cancellation.dispose();
    }
  }

  private sharedConfig(): Promise<void> {
    this.config ??= this.loadConfig().finally(() => {
      this.config = null;
    });
    return this.config;
  }

  private async loadConfig(): Promise<void> {
    const { network, schema } = this.options;
    const { homeDc } = network;
    const request = construct<help.GetConfigRequest>(schema, 'help.getConfig', {});
    const dc = network.knows(homeDc) ? homeDc : network.firstDc;
    const config: base.TypeConfig = await this.direct(request, dc);
    await network.store.learned(addressesOf(config), config.expires);
  }

  /** Learns the public keys of the CDN; whoever wants that at the same time shares one request. */
  private fetchCdnKeys(): Promise<void> {
    this.cdnKeys ??= this.loadCdnKeys().finally(() => {
      this.cdnKeys = null;
    });
    return this.cdnKeys;
  }

  private async loadCdnKeys(): Promise<void> {
    const { network, schema, crypto } = this.options;
    const request = construct<help.GetCdnConfigRequest>(schema, 'help.getCdnConfig', {});
    const config = await this.direct(request, network.homeDc);
    network.learnedCdnKeys(cdnKeysOf(config, crypto));
  }

  private async moveHome(dc: number, code: string): Promise<void> {
    const { network, logger } = this.options;
    if (dc === network.homeDc) return;
    if (!network.knows(dc)) await this.fetchConfig();
    // Stored as home, a data center that nobody can reach would keep the client from ever connecting.
    if (!network.knows(dc)) throw new DataCenterError(dc, 'the server does not list it');
    // One who is signed in takes the sign-in along, before the new home counts.
    await this.authorizations.ensure(dc);
    logger.log('notice', `The home data center is ${dc} now (${code})`);
    await network.setHome(dc);
  }
}

import type { TlMethod } from '@tlgen/codec';
import { base, type updates } from '@tlgen/telegram';
import {
  AbortError,
  CallLostError,
  RpcError,
  TimeoutError,
} from '../../../../packages/runtime/src/core/errors.js';
import type { InvokeOptions } from '../../../../packages/runtime/src/core/types.js';
import type { Random } from '../../../support/random.js';
import { channelDifferenceOf, differenceOf, Refused, stateOf } from '../model/differences.js';
import type { ModelServer } from '../model/server.js';
import type { Plan } from '../run/plan.js';
import type { Scheduler } from '../run/scheduler.js';

/** Differences of channels that may be under way at one time. */
const PARALLEL = 10;

/** What the network needs of the client's side. */
export interface NetworkEnds {
  pushed(updates: base.TypeUpdates): void;
  answered(answer: unknown, request: TlMethod): void;
  connected(): void;
  /** The server refused: channel (null: the account) and code. */
  refused(channel: bigint | null, code: string): void;
  /** Told that secret messages up to there are kept by the client. */
  confirming(qts: number): void;
  problem(text: string): void;
  trace(text: string): void;
}

interface Call {
  readonly request: TlMethod;
  readonly life: number;
  settle(error: unknown): void;
  settled: boolean;
  /** Nobody waits for it any more. */
  over(): void;
}

/** Between client and server: loses, doubles, delays, reorders, is cut, falls silent. */
export class ModelNetwork {
  up = true;
  /** The server pushes nothing, and nobody knows. */
  silent = false;
  /** Whether things go wrong. */
  bad = true;
  requests = 0;
  readonly #calls = new Set<Call>();
  readonly #waiting: (() => void)[] = [];
  /** pts that the life asked from, by box. */
  #asked = new Map<string, number>();

  constructor(
    private readonly plan: Plan,
    private readonly random: Random,
    private readonly server: ModelServer,
    private readonly scheduler: Scheduler,
    private readonly ends: NetworkEnds,
  ) {}

  get underWay(): number {
    return [...this.#calls].filter(({ life }) => life === this.scheduler.life).length;
  }

  /** A life begins. */
  begins(): void {
    this.#asked = new Map();
    this.#calls.clear();
    this.#waiting.length = 0;
  }

  /** A box begins anew: what it asks from may be less than before. */
  startsAnew(box: bigint | null): void {
    this.#asked.delete(String(box ?? 'common'));
  }

  push(container: base.TypeUpdates): void {
    const { random, plan } = this;
    const copies = this.#happens(plan.lose) ? 0 : this.#happens(plan.double) ? 2 : 1;
    if (copies === 0) this.ends.trace('  lost');
    for (let i = 0; i < copies; i++) {
      const delay = this.#happens(plan.late) ? random.below(3000) : 20;
      this.scheduler.later(delay, this.scheduler.life, () => {
        if (this.up && !this.silent) this.ends.pushed(container);
      });
    }
  }

  /** A call of the feed itself. */
  invoke<Result>(request: TlMethod<Result>, options: InvokeOptions = {}): Promise<Result> {
    this.#check(request);
    return new Promise((resolve, reject) => {
      const call: Call = {
        request,
        life: this.scheduler.life,
        settled: false,
        settle: (error) => {
          if (call.settled) return;
          call.over();
          reject(error as Error);
        },
        over: () => undefined,
      };
      this.#calls.add(call);
      const { signal } = options;
      const abort = (): void => call.settle(new AbortError('aborted'));
      call.over = () => {
        call.settled = true;
        this.#calls.delete(call);
        signal?.removeEventListener('abort', abort);
      };
      signal?.addEventListener('abort', abort);
      if (signal?.aborted) abort();
      this.#send(call, (answer) => {
        call.over();
        // as a client does: every answer is shown to the feed before its caller has it
        this.ends.answered(answer, request);
        resolve(answer as Result);
      });
    });
  }

  /** The connection is gone, with some of what was under way; it comes back. */
  cut(): void {
    if (!this.up) return;
    this.up = false;
    this.ends.trace('cut');
    for (const call of this.#calls) {
      if (!this.random.chance(50)) continue;
      call.settle(new CallLostError(call.request._, true, 'the connection is gone'));
    }
    this.scheduler.later(this.random.below(4000), null, () => this.mend());
  }

  mend(): void {
    if (this.up) return;
    this.up = true;
    this.silent = false;
    this.ends.trace('connected');
    this.ends.connected();
    for (const send of this.#waiting.splice(0)) send();
  }

  #send(call: Call, done: (answer: unknown) => void): void {
    const { random, scheduler, plan } = this;
    const [there, back] = [random.below(this.bad ? 1000 : 30), random.below(this.bad ? 1000 : 30)];
    const again = (): void => {
      if (this.up) this.#send(call, done);
      else this.#waiting.push(again);
    };
    scheduler.later(there, call.life, () => {
      if (call.settled) return;
      if (!this.up) return again();
      const fails = this.#happens(plan.errors) ? this.#failure(call.request) : null;
      const carriedOut = fails instanceof RpcError ? null : this.#answer(call.request);
      scheduler.later(back, call.life, () => {
        if (call.settled) return;
        if (!this.up) return again();
        if (fails !== null) return this.#fail(call, fails);
        if (carriedOut instanceof Refused) {
          return this.#fail(call, new RpcError(400, carriedOut.code, call.request._));
        }
        this.ends.trace(`answer ${textOf(carriedOut)}`);
        done(carriedOut);
      });
    });
  }

  #fail(call: Call, error: Error): void {
    const code = error instanceof RpcError ? error.code : error.name;
    this.ends.trace(`failure ${code} of ${call.request._}`);
    this.ends.refused(channelOf(call.request), code);
    call.settle(error);
  }

  #answer(request: TlMethod): unknown {
    if (isState(request)) return stateOf(this.server);
    if (isDifference(request)) return differenceOf(this.server, request);
    if (isChannelDifference(request)) {
      return channelDifferenceOf(this.server, channelOf(request) ?? 0n, request);
    }
    if (isReceived(request)) {
      this.ends.confirming(request.maxQts);
      this.server.confirmed = Math.max(this.server.confirmed, request.maxQts);
      return [];
    }
    this.ends.problem(`a call nobody expects: ${request._}`);
    return new Refused('METHOD_INVALID');
  }

  #failure(request: TlMethod): Error {
    const method = request._;
    const roll = this.random.below(100);
    if (roll < 35) return new RpcError(500, 'INTERNAL', method);
    if (roll < 55) return new RpcError(420, `FLOOD_WAIT_${1 + this.random.below(4)}`, method);
    if (roll < 70) return new RpcError(500, 'PERSISTENT_TIMESTAMP_OUTDATED', method);
    if (roll < 74 && method !== 'updates.getState' && method !== 'messages.receivedQueue') {
      return new RpcError(400, 'PERSISTENT_TIMESTAMP_INVALID', method);
    }
    return new TimeoutError('no answer came in time');
  }

  /** What a feed may ask, and how much at one time. */
  #check(request: TlMethod): void {
    this.requests++;
    const same = [...this.#calls].filter(
      (call) => call.life === this.scheduler.life && call.request._ === request._,
    ).length;
    if (isChannelDifference(request)) {
      if (same >= PARALLEL) this.ends.problem(`${same + 1} channel differences at one time`);
      this.#rises(String(channelOf(request)), request.pts);
    } else if (isDifference(request)) {
      if (same > 0) this.ends.problem('two differences at one time');
      this.#rises('common', request.pts);
    }
    const pts = 'pts' in request ? ` from ${String(request.pts)}` : '';
    this.ends.trace(`asks ${request._} ${channelOf(request) ?? ''}${pts}`);
  }

  #rises(box: string, pts: number): void {
    const before = this.#asked.get(box) ?? 0;
    if (pts < before) this.ends.problem(`${box} went back from ${before} to ${pts}`);
    this.#asked.set(box, pts);
  }

  #happens(percent: number): boolean {
    return this.bad && this.random.chance(percent);
  }
}

const isState = (request: TlMethod): boolean => request._ === 'updates.getState';
const isDifference = (request: TlMethod): request is updates.GetDifferenceRequest =>
  request._ === 'updates.getDifference';
const isChannelDifference = (request: TlMethod): request is updates.GetChannelDifferenceRequest =>
  request._ === 'updates.getChannelDifference';
const isReceived = (request: TlMethod): request is TlMethod & { readonly maxQts: number } =>
  request._ === 'messages.receivedQueue';

function channelOf(request: TlMethod): bigint | null {
  if (!isChannelDifference(request)) return null;
  return request.channel._ === 'inputChannel' ? request.channel.channelId : null;
}

/** An answer in a trace. */
function textOf(answer: unknown): string {
  const text = JSON.stringify(answer, (key: string, value: unknown) => {
    if (key === 'users' || key === 'chats' || key.startsWith('$')) return undefined;
    return typeof value === 'bigint' ? String(value) : value;
  });
  return text.length > 600 ? `${text.slice(0, 600)}…` : text;
}

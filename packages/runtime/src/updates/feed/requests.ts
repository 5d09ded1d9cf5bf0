import type { TlMethod } from '@tlgen/codec';
import type { base, channels, messages, updates } from '@tlgen/telegram';
import { Cancellation } from '../../core/cancellation.js';
import { AbortError, RpcError } from '../../core/errors.js';
import type { InvokeOptions } from '../../core/types.js';
import { construct, constructObject } from '../../network/construct.js';
import { PeerError } from '../../peers/errors.js';
import type { RequestFailure, UpdatesAnswer, UpdatesRequest } from '../engine/index.js';
import type { FeedContext } from './types.js';

/** The engine knows best how long to wait after a flood. */
const AT_ONCE: InvokeOptions = { floodWaitLimit: 0 };

/** Where answers go; for each request one of the two is called, unless it was given up. */
export interface RequestListener {
  answered(id: number, answer: UpdatesAnswer): void;
  failed(id: number, failure: RequestFailure): void;
}

/** Asks the server what the engine wants to know ("Working with Updates"). */
export class Requests {
  /** No AbortSignal: one with many listeners makes hosts warn. */
  readonly #end: Cancellation;

  constructor(
    private readonly context: Pick<FeedContext, 'schema' | 'invoke' | 'peers' | 'log' | 'clock'>,
    private readonly listener: RequestListener,
  ) {
    this.#end = new Cancellation(context.clock, {}, 'Asking about updates');
  }

  /** Asks; the listener is never called before this returns. */
  carry(id: number, request: UpdatesRequest): void {
    void this.#ask(request).then(
      (answer) => {
        if (!this.#end.aborted) this.listener.answered(id, answer);
      },
      (error: unknown) => {
        if (this.#end.aborted) return;
        const failure = failureOf(error);
        this.context.log.log('verbose', `updates: ${request.type} failed: ${failure.code}`);
        this.listener.failed(id, failure);
      },
    );
  }

  /** Tells the server up to which qts it need not keep what it sent. */
  async confirm(maxQts: number): Promise<void> {
    const { schema } = this.context;
    const name = 'messages.receivedQueue';
    await this.#invoke(construct<messages.ReceivedQueueRequest>(schema, name, { maxQts }));
  }

  /** Asks where channels are, one after the other; what cannot be asked is left out. */
  async places(
    ids: readonly bigint[],
    found: (channel: bigint, pts: number) => void,
  ): Promise<void> {
    for (const id of ids) {
      try {
        const { schema, peers } = this.context;
        const channel = await peers.inputChannel(id);
        if (this.#end.aborted) return;
        const name = 'channels.getFullChannel';
        const full = await this.#invoke(
          construct<channels.GetFullChannelRequest>(schema, name, { channel }),
        );
        if (this.#end.aborted) return;
        if (full.fullChat._ === 'channelFull') found(id, full.fullChat.pts);
      } catch (error) {
        if (this.#end.aborted) return;
        const { code } = failureOf(error);
        this.context.log.log('warning', `updates: channel ${id} cannot be polled: ${code}`);
      }
    }
  }

  /** Gives up all that is asked: nobody hears of it. */
  abort(): void {
    this.#end.abort(new AbortError('Updates are not asked about any more'));
  }

  async #ask(request: UpdatesRequest): Promise<UpdatesAnswer> {
    const { schema, peers } = this.context;
    switch (request.type) {
      case 'state':
        return this.#invoke(
          construct<updates.GetStateRequest>(schema, 'updates.getState', {}),
          AT_ONCE,
        );
      case 'difference': {
        const { pts, qts, date, limit: ptsLimit } = request;
        const init = { pts, qts, date, ptsLimit };
        return this.#invoke(
          construct<updates.GetDifferenceRequest>(schema, 'updates.getDifference', init),
          AT_ONCE,
        );
      }
      default: {
        const { pts, limit } = request;
        const channel = await peers.inputChannel(request.channel);
        const filter = constructObject<base.ChannelMessagesFilterEmpty>(
          schema,
          'channelMessagesFilterEmpty',
          {},
        );
        const name = 'updates.getChannelDifference';
        const init = { channel, filter, pts, limit };
        return this.#invoke(
          construct<updates.GetChannelDifferenceRequest>(schema, name, init),
          AT_ONCE,
        );
      }
    }
  }

  #invoke<Result>(request: TlMethod<Result>, options: InvokeOptions = {}): Promise<Result> {
    return this.context.invoke(request, { ...options, signal: this.#end });
  }
}

function failureOf(error: unknown): RequestFailure {
  if (error instanceof RpcError) return { code: error.code, seconds: error.seconds ?? undefined };
  if (error instanceof PeerError) return { code: 'unknown-channel' };
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return { code: typeof code === 'string' ? code : 'failed' };
}

import type { CallOptions, TlMethod } from '@tlgen/codec';
import type { ConnectionKind } from '../network/types.js';

/** What a call takes beside its request. */
export interface InvokeOptions extends CallOptions {
  /** Data center to run it at; the home one when left out. */
  readonly dc?: number | undefined;
  /** Calls with the same name run in the order they were made. */
  readonly queue?: string | undefined;
  /**
   * Seconds: shorter waits that the server demands (`FLOOD_WAIT`, `SLOWMODE_WAIT`) are slept through, others are an
   * error. The setting `floodWait.below` when left out.
   */
  readonly floodWaitLimit?: number | undefined;
  /**
   * Running it twice does no harm, so it may be sent again when nobody knows whether it ran. Left out: methods whose
   * name says that they only read.
   */
  readonly repeatable?: boolean | undefined;
  /**
   * Called when the server has the request, before it answers. Asks the transport for a quick acknowledgement, so that
   * this comes as early as it can. More than once when the request has to be sent again; what it throws ends the call.
   */
  readonly onAcknowledged?: (() => void) | undefined;
  /**
   * Resolves, with nothing, as soon as the server has the request: what it answers is not waited for. The request is
   * sent again until the server has it. An error that comes before that is thrown.
   */
  readonly noResponse?: boolean | undefined;
  /** `media`: over the connections for files. Default `main`. */
  readonly connection?: ConnectionKind | undefined;
  /** Told where the call goes on when the server sends it to another data center (`FILE_MIGRATE_X`). */
  readonly onMoved?: ((dc: number) => void) | undefined;
}

/** A call on its way through the middleware. To change it, pass a changed copy to `next`. */
export interface ApiCall {
  readonly request: TlMethod;
  readonly options: InvokeOptions;
  /** Where it runs; undefined: at home, wherever that is by then. */
  readonly dc: number | undefined;
  /** Aborts by the caller's signal, its timeout, or `close()`; the reason is the error to reject with. */
  readonly signal: AbortSignal;
}

/** Carries a call on, and resolves with the decoded result. */
export type Next = (call: ApiCall) => Promise<unknown>;

/**
 * Stands between `invoke` and the network: sees each call and its result or error, may change them, repeat the call,
 * or answer by itself.
 */
export type Middleware = (call: ApiCall, next: Next) => Promise<unknown>;

/** `[a, b]` and `send` become `a(call, b(…, send))`. */
export function compose(middleware: readonly Middleware[], send: Next): Next {
  return middleware.reduceRight<Next>((next, one) => (call) => one(call, next), send);
}

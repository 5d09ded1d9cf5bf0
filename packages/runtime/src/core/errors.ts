import { TlgenError, type ErrorsOf, type TlClass, type TlMethod } from '@tlgen/codec';

/** A name as the schema's error data writes it, without its number: `FLOOD_WAIT_%d` → `FLOOD_WAIT`. */
export type RpcErrorCode<Name extends string> = Name extends `${infer Head}_%d${infer Tail}`
  ? Tail extends '' | `_${string}`
    ? `${Head}${Tail}`
    : `${Head}_${Tail}`
  : Name;

/** Errors that any method may answer with. */
export type CommonErrorCode =
  | 'FLOOD_WAIT'
  | 'FLOOD_PREMIUM_WAIT'
  | 'SLOWMODE_WAIT'
  | 'AUTH_KEY_UNREGISTERED'
  | 'AUTH_KEY_DUPLICATED'
  | 'SESSION_REVOKED'
  | 'USER_DEACTIVATED'
  | 'MSG_WAIT_FAILED'
  | 'Timeout';

/** An error the server answered a request with. */
export class RpcError<Code extends string = string> extends TlgenError {
  override readonly name = 'RpcError';
  /** The error's name without its number: `FLOOD_WAIT`, `PHONE_MIGRATE`, `FILE_PART_MISSING`. */
  readonly code: Code;
  /** The number inside the name: seconds of `FLOOD_WAIT_30`, data center of `USER_MIGRATE_2`; else null. */
  readonly value: number | null;

  constructor(
    /** The class of the error: 303, 400, 401, 403, 404, 406, 420, 500, -503 … */
    readonly number: number,
    /** The error's name as the server wrote it: `FLOOD_WAIT_30`. */
    readonly raw: string,
    /** TL name of the method. */
    readonly method: string,
    options?: ErrorOptions,
  ) {
    super(`${method} failed: ${printable(raw)} (${number})`, options);
    const found = /_(\d{1,15})(MIN)?(?=_|$)/.exec(raw);
    this.value = found ? Number(found[1]) : null;
    this.code = (
      found
        ? raw.slice(0, found.index) +
          (found[2] ? `_${found[2]}` : '') +
          raw.slice(found.index + found[0].length)
        : raw
    ) as Code;
  }

  /** How long the server wants to be left alone: `FLOOD_WAIT`, `SLOWMODE_WAIT`, `TAKEOUT_INIT_DELAY` …; else null. */
  get seconds(): number | null {
    if (this.value === null || !/_(WAIT|DELAY)(_MIN)?$/.test(this.code)) return null;
    return this.code.endsWith('_MIN') ? this.value * 60 : this.value;
  }

  /** The data center that the call belongs to: `PHONE_MIGRATE`, `FILE_MIGRATE`, `STATS_MIGRATE` …; else null. */
  get dc(): number | null {
    return this.code.endsWith('_MIGRATE') ? this.value : null;
  }
}

/** What the server wrote goes into a message for people: no control characters, no novel. */
function printable(text: string): string {
  const clean = text.replaceAll(/[^\x20-\x7e]/g, '?');
  return clean.length > 200 ? `${clean.slice(0, 200)}…` : clean;
}

/**
 * Whether it is an RPC error; with a method class, whether it is one of that method, and then `code` is one of the
 * codes that method is known to answer with. The server may answer with codes that no list knows yet.
 */
export function isRpcError(error: unknown): error is RpcError;
export function isRpcError<M extends TlMethod>(
  error: unknown,
  method: Pick<TlClass, 'tl'> & { readonly prototype: M },
): error is RpcError<RpcErrorCode<ErrorsOf<M>> | CommonErrorCode>;
export function isRpcError(error: unknown, method?: Pick<TlClass, 'tl'>): error is RpcError {
  return error instanceof RpcError && (method === undefined || error.method === method.tl);
}

/** Nobody knows what became of a call: the connection's key or session is gone, or the client was closed. */
export class CallLostError extends TlgenError {
  override readonly name = 'CallLostError';
  readonly code = 'CALL_LOST';

  constructor(
    readonly method: string,
    /** false: it certainly did not run. */
    readonly mayHaveRun: boolean,
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    const what = mayHaveRun
      ? 'it may have run: look before you repeat it, or pass { repeatable: true } if that does no harm'
      : 'it did not run: it can be called again';
    super(`The answer to ${method} is lost (${reason}); ${what}`, options);
  }
}

/** The call's signal aborted; `cause` is the signal's reason. */
export class AbortError extends TlgenError {
  override readonly name = 'AbortError';
  readonly code = 'ABORTED';
}

/** The call's `timeout` passed. */
export class TimeoutError extends TlgenError {
  override readonly name = 'TimeoutError';
  readonly code = 'TIMEOUT';
}

/** The request is longer than any server takes; nothing was sent. */
export class RequestTooLongError extends TlgenError {
  override readonly name = 'RequestTooLongError';
  readonly code = 'REQUEST_TOO_LONG';

  constructor(
    readonly method: string,
    /** Bytes. */
    readonly size: number,
    readonly limit: number,
  ) {
    super(`${method} has ${size} bytes; at most ${limit} fit: split what it carries`);
  }
}

/** An option of a call has a value that no call can have; nothing was sent. */
export class CallOptionError extends TlgenError {
  override readonly name = 'CallOptionError';
  readonly code = 'BAD_OPTION';

  constructor(
    /** Its name: `timeout`. */
    readonly option: string,
    message: string,
  ) {
    super(message);
  }
}

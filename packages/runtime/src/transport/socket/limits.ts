import { SocketError } from '../../platform/errors.js';
import type { ConnectOptions } from '../../platform/sockets.js';
import type { Clock } from '../../platform/types.js';
import { TransportError } from '../types.js';

/** How long a step may take, by which clock, and what ends it early. */
export interface Limits extends ConnectOptions {
  readonly clock: Clock;
}

/** What is left of a time that several steps share. */
export class TimeBudget {
  private readonly end: number;

  constructor(private readonly limits: Limits) {
    this.end = limits.clock.now().steady + limits.timeout;
  }

  /** Limits of the next step. */
  rest(): Limits {
    const { clock, signal } = this.limits;
    return { clock, signal, timeout: Math.max(0, this.end - clock.now().steady) };
  }
}

/**
 * Runs a step within its limits.
 *
 * @param start - begins; returns what gives up, called when the step failed in any way.
 * @throws TransportError `timeout`, the signal's reason, or what `fail` was called with.
 */
export function withLimits<T>(
  { clock, signal, timeout }: Limits,
  what: string,
  start: (done: (value: T) => void, fail: (reason: unknown) => void) => () => void,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    let settled = false;
    let failed = false;
    let giveUp: (() => void) | null = null;
    const settle = (): boolean => {
      if (settled) return false;
      settled = true;
      timer.cancel();
      signal.removeEventListener('abort', onAbort);
      return true;
    };
    const fail = (reason: unknown): void => {
      if (!settle()) return;
      failed = true;
      giveUp?.();
      reject(reason);
    };
    const onAbort = (): void => fail(signal.reason);
    const timer = clock.after(timeout, () =>
      fail(new TransportError('timeout', `${what} took longer than ${Math.round(timeout)} ms`)),
    );
    signal.addEventListener('abort', onAbort);
    try {
      giveUp = start((value) => {
        if (settle()) resolve(value);
      }, fail);
      if (failed) giveUp();
    } catch (error) {
      fail(error);
    }
  });
}

/** A failure of a socket as what the transports throw; other failures become `connection`. */
export function transportErrorOf(error: unknown, signal?: AbortSignal): unknown {
  if (error instanceof TransportError || (signal?.aborted === true && error === signal.reason)) {
    return error;
  }
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof SocketError ? error.code : 'connection';
  return new TransportError(code, message, { cause: error });
}

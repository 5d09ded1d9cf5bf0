import { SocketError } from './errors.js';
import type { ConnectOptions } from './sockets.js';

/**
 * Runs a step of connecting within its time and signal, with Node's timers.
 *
 * @param start - begins; returns what gives up (called once, unless it succeeded).
 * @param what - for the message: `Connecting to 1.2.3.4:443`.
 */
export function withinLimits<T>(
  { signal, timeout }: ConnectOptions,
  what: string,
  start: (done: (value: T) => void, fail: (error: Error) => void) => () => void,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    let giveUp: (() => void) | null = null;
    let settled = false;
    const settle = (): boolean => {
      if (settled) return false;
      settled = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      return true;
    };
    const refuse = (reason: unknown): void => {
      if (!settle()) return;
      giveUp?.();
      reject(reason);
    };
    const onAbort = (): void => refuse(signal.reason);
    const timer = setTimeout(
      () => refuse(new SocketError('timeout', `${what} took longer than ${timeout} ms`)),
      Math.min(timeout, 0x7fff_ffff),
    );
    signal.addEventListener('abort', onAbort);
    const fail = (error: Error): void =>
      refuse(new SocketError('connection', `${what}: ${error.message}`, { cause: error }));
    try {
      giveUp = start((value) => {
        if (settle()) resolve(value);
      }, fail);
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)));
    }
  });
}

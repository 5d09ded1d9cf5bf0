import { CallOptionError } from './errors.js';
import type { InvokeOptions } from './types.js';

/** From JavaScript, anything may come. */
type Given = { readonly [Option in keyof InvokeOptions]?: unknown };

/**
 * Refuses values of options that would be misunderstood, or fail far from here: a negative timeout, a data center that
 * is a string.
 *
 * @param what - names the work in messages.
 * @throws CallOptionError
 */
export function checkCallOptions(options: InvokeOptions, what: string): void {
  const { timeout, dc, floodWaitLimit, queue, signal }: Given = options;
  if (timeout !== undefined && !isAmount(timeout)) {
    refuse(what, 'timeout', 'milliseconds, 0 or more', timeout);
  }
  if (dc !== undefined && !(Number.isSafeInteger(dc) && (dc as number) > 0)) {
    refuse(what, 'dc', 'the number of a data center, 1 or more', dc);
  }
  if (floodWaitLimit !== undefined && !isAmount(floodWaitLimit)) {
    refuse(what, 'floodWaitLimit', 'seconds, 0 or more', floodWaitLimit);
  }
  if (queue !== undefined && typeof queue !== 'string') refuse(what, 'queue', 'a string', queue);
  if (signal !== undefined && !isSignal(signal)) refuse(what, 'signal', 'an AbortSignal', signal);
}

/** Infinity is one; NaN is none. */
function isAmount(value: unknown): boolean {
  return typeof value === 'number' && value >= 0;
}

function isSignal(value: unknown): boolean {
  const signal = value as { readonly addEventListener?: unknown } | null;
  return typeof signal?.addEventListener === 'function';
}

function refuse(what: string, option: string, needed: string, value: unknown): never {
  let got = typeof value === 'object' ? 'an object' : `a ${typeof value}`;
  if (typeof value === 'number' || value === null) got = String(value);
  throw new CallOptionError(
    option,
    `${what}: the option ${option} has to be ${needed}; got ${got}`,
  );
}

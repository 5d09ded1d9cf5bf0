import { checkCallOptions } from '../../core/check-options.js';
import { CallOptionError } from '../../core/errors.js';
import type { GetUpdatesOptions, HandlerOptions, ReadOptions } from './types.js';

/** From JavaScript, anything may come. */
type Given<Options> = { readonly [Option in keyof Options]?: unknown };

/** @throws CallOptionError. */
export function checkHandlerOptions({ own }: Given<HandlerOptions>, what: string): void {
  if (own === undefined || typeof own === 'boolean') return;
  throw refused(what, 'own', 'true or false', own);
}

/** @throws CallOptionError. */
export function checkReadOptions(options: ReadOptions, what: string): void {
  const { signal } = options;
  checkCallOptions({ signal }, what);
  checkHandlerOptions(options, what);
}

/**
 * Refuses options that would be misunderstood. An offset that no update can have yet would do away with all that come
 * until then: it is from another run of the program.
 *
 * @param nextId - number of the next update to come.
 * @throws CallOptionError.
 */
export function checkGetUpdates(options: GetUpdatesOptions, nextId: number): void {
  const what = 'getUpdates';
  checkReadOptions(options, what);
  const { offset, limit, timeout }: Given<GetUpdatesOptions> = options;
  if (offset !== undefined && !Number.isSafeInteger(offset)) {
    throw refused(what, 'offset', 'a whole number', offset);
  }
  if (limit !== undefined && !(Number.isSafeInteger(limit) && (limit as number) > 0)) {
    throw refused(what, 'limit', 'a whole number, 1 or more', limit);
  }
  if (timeout !== undefined && !(typeof timeout === 'number' && timeout >= 0)) {
    throw refused(what, 'timeout', 'seconds, 0 or more', timeout);
  }
  if (((offset as number | undefined) ?? 0) > nextId) {
    throw new CallOptionError(
      'offset',
      `${what}: the option offset is ${String(offset)}, and the next update has the number ${nextId}: numbers ` +
        'begin at 0 with each start of the program; begin without an offset',
    );
  }
}

function refused(what: string, option: string, needed: string, value: unknown): CallOptionError {
  let got = typeof value === 'object' ? 'an object' : `a ${typeof value}`;
  if (typeof value === 'number' || value === null) got = String(value);
  return new CallOptionError(
    option,
    `${what}: the option ${option} has to be ${needed}; got ${got}`,
  );
}

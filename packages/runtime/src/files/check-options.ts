import { CallOptionError } from '../core/errors.js';

/** From JavaScript, a name may be anything. @throws CallOptionError. */
export function checkName(name: unknown): string | undefined {
  if (name === undefined || typeof name === 'string') return name;
  throw new CallOptionError('name', `The option name has to be a string; got ${typeof name}`);
}

/** What is saved is whole; from JavaScript, a range may come all the same. @throws CallOptionError. */
export function checkWhole(options: { readonly start?: unknown; readonly end?: unknown }): void {
  const option = (['start', 'end'] as const).find((name) => options[name] !== undefined);
  if (option === undefined) return;
  throw new CallOptionError(
    option,
    `The option ${option} is none of saving, which takes whole files; use downloadTo(), chunks() or download() for a part`,
  );
}

/** Parts of one transfer that may be under way at one time. */
const MOST_PARALLEL = 32;

/** @param what - names the transfer in messages. @throws CallOptionError. */
export function checkParallel(parallel: number, what: string): number {
  if (Number.isInteger(parallel) && parallel >= 1 && parallel <= MOST_PARALLEL) return parallel;
  const needed = `a whole number from 1 to ${MOST_PARALLEL}; got ${String(parallel)}`;
  throw new CallOptionError('parallel', `${what}: the option parallel has to be ${needed}`);
}

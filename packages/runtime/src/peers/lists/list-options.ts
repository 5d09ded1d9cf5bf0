import { ListOptionError } from './list-errors.js';

/** The largest `int` of TL. */
export const INT_MAX = 0x7fff_ffff;

/** A moment: a `Date`, or seconds since 1970 as TL counts. */
export type Moment = Date | number;

/** @throws ListOptionError unless it is a whole number from `min` to `max`. */
export function wholeNumber(option: string, value: number, min = 0, max = Infinity): number {
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  const range = max === Infinity ? `at least ${min}` : `from ${min} to ${max}`;
  throw new ListOptionError(option, `expected a whole number ${range}, got ${String(value)}`);
}

/** A message id; 0 when left out. */
export const messageId = (option: string, value: number | undefined): number =>
  wholeNumber(option, value ?? 0, 0, INT_MAX);

/** Seconds since 1970; 0 when left out. */
export function seconds(option: string, value: Moment | undefined): number {
  const number = value instanceof Date ? Math.floor(value.getTime() / 1000) : (value ?? 0);
  return wholeNumber(option, number, 0, INT_MAX);
}

import type { PushCopies, PushHold, PushTrigger } from './types.js';

type Check = readonly [takes: string, allows: (value: unknown) => boolean];

const isAmount = (value: unknown): boolean =>
  typeof value === 'number' && value >= 0 && Number.isFinite(value);
const whole = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 1;
const isNamed = (value: unknown): boolean =>
  typeof value === 'bigint' ||
  (typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'bigint');

const checks: Readonly<Record<keyof (PushTrigger & PushHold & PushCopies), Check>> = {
  user: ['a user, or an id', isNamed],
  channel: ['a channel, or a bare id', isNamed],
  probability: ['0 … 1', (value) => isAmount(value) && Number(value) <= 1],
  times: ['1 or more', whole],
  filter: ['a function', (value) => typeof value === 'function'],
  ms: [
    'milliseconds, or two that a range is between',
    (value) =>
      Array.isArray(value)
        ? value.length === 2 && value.every(isAmount) && value[0] <= value[1]
        : isAmount(value),
  ],
  pushes: ['a number of pushes, 1 or more', whole],
  copies: ['1 … 1000', (value) => whole(value) && Number(value) <= 1000],
};

/** @throws TypeError for what cannot be: it would never happen, and a test would pass for nothing. */
export function checkPushFault(
  doing: string,
  options: PushTrigger & PushHold & PushCopies,
  own: readonly (keyof typeof checks)[],
): void {
  const known: readonly string[] = ['user', 'channel', 'probability', 'times', 'filter', ...own];
  for (const [name, value] of Object.entries(options)) {
    if (!known.includes(name)) throw new TypeError(`${doing} takes no ${name}: ${known.join()}`);
    const [takes, allows] = checks[name as keyof typeof checks];
    if (value !== undefined && !allows(value))
      throw new TypeError(`${name} of ${doing} must be ${takes}, not ${String(value)}`);
  }
}

/** @throws TypeError for what is no whole number of at least `least`. */
export function wholeNumber(name: string, value: number, least: number): number {
  if (!Number.isSafeInteger(value) || value < least)
    throw new TypeError(`${name} takes a whole number, ${least} or more, not ${String(value)}`);
  return value;
}

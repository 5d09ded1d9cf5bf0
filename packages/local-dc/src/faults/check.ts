import type { Fault } from './types.js';

type Check = readonly [takes: string, allows: (value: unknown) => boolean];
type Checks = Readonly<Record<string, Check>>;

const number = (least: number, most: number): Check => [
  most === Infinity ? `${least} or more` : `${least} … ${most}`,
  (value) => typeof value === 'number' && value >= least && value <= most,
];
const oneOf = (...values: readonly unknown[]): Check => [
  values.join(' or '),
  (value) => values.includes(value),
];
const optional = ([takes, allows]: Check): Check => [
  takes,
  (value) => value === undefined || allows(value),
];

const amount = number(0, Number.MAX_VALUE);
const on = oneOf('incoming', 'outgoing');
const delay: Check = [
  'milliseconds, or two that a range is between',
  (value) =>
    Array.isArray(value)
      ? value.length === 2 && value.every(amount[1]) && value[0] <= value[1]
      : amount[1](value),
];
const code: Check = ['an error code', Number.isInteger];

const trigger: Checks = {
  probability: optional(number(0, 1)),
  times: optional(number(1, Infinity)),
  skip: optional(number(0, Infinity)),
  match: optional(['a function', (value) => typeof value === 'function']),
};

const kinds: { readonly [K in Fault['kind']]: Checks } = {
  drop: { on },
  duplicate: { on, copies: optional(number(1, 1000)) },
  delay: { on, ms: delay },
  reorder: { on, ms: optional(amount) },
  cut: { on, when: oneOf('before', 'after') },
  'bad-salt': {},
  'bad-msg': { code: oneOf(16, 17, 18, 19, 20, 32, 33, 34, 35, 64) },
  'transport-error': { code: optional(code) },
  'drop-answer': {},
  'clock-skew': { ms: ['milliseconds', Number.isFinite] },
};

/** @throws TypeError for a fault that cannot be: it would never happen, and a test would pass for nothing. */
export function checkFault(fault: Fault): void {
  const { kind } = fault;
  if (!Object.hasOwn(kinds, kind))
    throw new TypeError(`there is no fault ${String(kind)}: ${Object.keys(kinds).join()}`);
  for (const [name, [takes, allows]] of Object.entries({ ...trigger, ...kinds[kind] })) {
    const value: unknown = fault[name as keyof Fault];
    if (!allows(value))
      throw new TypeError(`${name} of a fault must be ${takes}, not ${String(value)}`);
  }
}

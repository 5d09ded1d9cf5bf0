import type { ScalarShape } from './shape.js';

/** The value as its class takes it; undefined when it doesn't fit. */
export function scalar(value: unknown, shape: ScalarShape): unknown {
  switch (shape.kind) {
    case 'int':
      return shape.date ? seconds(value) : int(value);
    case 'nat':
      return typeof value === 'number' && value >>> 0 === value ? value : undefined;
    case 'int53':
      return Number.isSafeInteger(value) ? value : undefined;
    case 'long':
      return long(value);
    case 'double':
      return typeof value === 'number' ? value : undefined;
    case 'string':
      return typeof value === 'string' ? value : undefined;
    case 'bytes':
      return value instanceof Uint8Array ? value : undefined;
    case 'fixed':
      return value instanceof Uint8Array && value.length === shape.length ? value : undefined;
    case 'bool':
    case 'flag':
      return typeof value === 'boolean' ? value : undefined;
    case 'true':
      return value === true ? value : undefined;
  }
}

function int(value: unknown): number | undefined {
  return typeof value === 'number' && (value | 0) === value ? value : undefined;
}

/** Seconds since 1970 of a Date; other values as they are. */
function seconds(value: unknown): number | undefined {
  return int(value instanceof Date ? Math.floor(value.getTime() / 1000) : value);
}

/** A bigint of 64 bits, of a bigint, a number that is exact, or decimal digits. */
function long(value: unknown): bigint | undefined {
  let made: bigint;
  if (typeof value === 'bigint') made = value;
  else if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
  else if (typeof value === 'string' && /^-?\d{1,19}$/.test(value)) made = BigInt(value);
  else return undefined;
  return BigInt.asIntN(64, made) === made ? made : undefined;
}

/** What a field takes, in words. */
export function scalarWords({ kind, length, date }: ScalarShape): string {
  switch (kind) {
    case 'int':
      return date
        ? 'an int: seconds since 1970, or a Date'
        : 'an int (a whole number from -2147483648 to 2147483647)';
    case 'nat':
      return 'an unsigned int (a whole number from 0 to 4294967295)';
    case 'int53':
      return 'a whole number within ±9007199254740991';
    case 'long':
      return 'a long: a bigint of 64 bits, a whole number within ±9007199254740991, or its digits';
    case 'double':
      return 'a number';
    case 'string':
      return 'a string';
    case 'bytes':
      return 'bytes: a Uint8Array (a Buffer is one)';
    case 'fixed':
      return `a Uint8Array of ${length} bytes`;
    case 'bool':
    case 'flag':
      return 'true or false';
    case 'true':
      return 'true';
  }
}

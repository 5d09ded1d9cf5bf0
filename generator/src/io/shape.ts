import { InputError } from './errors.js';
import { suggest } from '../schema/suggest.js';

/** Lists what is wrong with a value, each problem with its path. */
export type Shape = (value: unknown, path: string) => readonly string[];

type Loose = Readonly<Record<string, unknown>>;

/** Problems that an error message lists; the rest is in its details. */
const SHOWN = 20;

/** Whether it is an object with keys. */
export const isRecord = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const kindOf = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
};

/** A value that passes a test. */
export const expected =
  (what: string, test: (value: unknown) => boolean): Shape =>
  (value, path) =>
    test(value) ? [] : [`${path}: expected ${what}, got ${kindOf(value)}`];

export const anything: Shape = () => [];
export const anyText = expected('a string', (value) => typeof value === 'string');
export const text = expected(
  'a non-empty string',
  (value) => typeof value === 'string' && value !== '',
);

/** An array of such values. */
export const list =
  (of: Shape): Shape =>
  (value, path) =>
    Array.isArray(value)
      ? value.flatMap((item, index) => of(item, `${path}[${index}]`))
      : expected('an array', () => false)(value, path);

/** An object with any keys and such values; `name` judges a key. */
export const record =
  (of: Shape, name?: { readonly what: string; readonly test: RegExp }): Shape =>
  (value, path) => {
    if (!isRecord(value)) return expected('an object', () => false)(value, path);
    return Object.entries(value).flatMap(([key, one]) => {
      const place = join(path, key);
      const fits = name === undefined || name.test.test(key);
      return fits ? of(one, place) : [`${place}: the key is not ${name.what}`];
    });
  };

/** How strict an object is. */
export interface ObjectRules {
  readonly required?: readonly string[];
  /** Keys that nobody knows are fine: the file is of someone else. */
  readonly open?: boolean;
  readonly also?: (value: Loose, path: string) => readonly string[];
}

/** An object with known keys. */
export const object =
  (keys: Readonly<Record<string, Shape>>, rules: ObjectRules = {}): Shape =>
  (value, path) => {
    if (!isRecord(value)) return expected('an object', () => false)(value, path || 'the file');
    const problems: string[] = [];
    for (const [key, one] of Object.entries(value)) {
      const shape = Object.hasOwn(keys, key) ? keys[key] : undefined;
      if (shape !== undefined && one !== undefined) problems.push(...shape(one, join(path, key)));
      if (shape !== undefined || rules.open === true) continue;
      const [near] = suggest(key, Object.keys(keys));
      const hint = near === undefined ? '' : `; did you mean "${near}"?`;
      problems.push(`${join(path, key)}: unknown key${hint}`);
    }
    for (const key of rules.required ?? []) {
      if (!(key in value)) problems.push(`${join(path, key)}: this key is required`);
    }
    return [...problems, ...(rules.also?.(value, path) ?? [])];
  };

/** `methods["messages.sendMessage"].fields`. */
function join(path: string, key: string): string {
  if (!/^[\w$-]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}

/**
 * Checks the shape of what a file holds.
 *
 * @param kind - what the file should be: `errors file`.
 * @throws InputError `bad-config` that lists everything wrong, each with its path.
 */
export function checkShape(value: unknown, shape: Shape, file: string, kind: string): void {
  const problems = shape(value, '');
  if (problems.length === 0) return;
  const shown = problems.slice(0, SHOWN).map((problem) => `\n  ${problem}`);
  if (problems.length > SHOWN) shown.push(`\n  and ${problems.length - SHOWN} more`);
  throw new InputError('bad-config', `${file} is not a valid ${kind}:${shown.join('')}`, {
    details: { problems: [...problems] },
  });
}

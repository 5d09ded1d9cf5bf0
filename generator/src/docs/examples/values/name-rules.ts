import { own } from '../../../model/own.js';

/** Patterns of names with the value they stand for; the first that fits counts. */
export type NamePatterns<T> = readonly (readonly [pattern: RegExp, value: T])[];

/** Finds a value by the TL name of a field: by the name itself, then by patterns, else the fallback. */
export function nameRules<T>(
  exact: Readonly<Record<string, T>>,
  patterns: NamePatterns<T>,
  fallback: T,
): (name: string) => T {
  const known = new Map<string, T>();
  return (name) => {
    let value = known.get(name) ?? own(exact, name);
    if (value === undefined) {
      value = patterns.find(([pattern]) => pattern.test(name))?.[1] ?? fallback;
    }
    known.set(name, value);
    return value;
  };
}

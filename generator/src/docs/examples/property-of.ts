import { propertyNames } from '../../model/fields.js';
import type { SchemaCombinator } from '../../schema/types.js';

const known = new WeakMap<SchemaCombinator, ReadonlyMap<string, string>>();

/** The property of a class that holds a field: `random_id` → `randomId`. */
export function propertyOf(one: SchemaCombinator, field: string): string {
  let names = known.get(one);
  if (names === undefined) known.set(one, (names = propertyNames(one)));
  return names.get(field) ?? field;
}

import { TlMethod, TlObject } from '@tlgen/codec';
import type { Random } from '../../../../support/random.js';

/** An object as somebody would write it: plain, longs in any of their forms, nothing that is absent. */
function plain(value: unknown, random: Random): unknown {
  if (Array.isArray(value)) return value.map((item) => plain(item, random));
  if (typeof value === 'bigint') {
    const exact = BigInt.asIntN(53, value) === value;
    return random.pick([value, String(value), exact ? Number(value) : value]);
  }
  if (!(value instanceof TlObject)) return value;
  // Some stay instances: both may stand side by side.
  if (random.chance(20) && !(value instanceof TlMethod)) return value;
  return { _: value._, ...plainFields(value, random) };
}

/** The fields of an object, each as somebody would write it. */
export function plainFields(object: TlObject, random: Random): Record<string, unknown> {
  const fields = Object.entries(object).filter(([, item]) => item !== undefined);
  return Object.fromEntries(fields.map(([name, item]) => [name, plain(item, random)]));
}

import type { PrimitiveName } from '../../../schema/types.js';
import type { ExampleValue } from '../example-value.js';
import { bytesFor, fixedBytes } from './bytes.js';
import { longFor } from './longs.js';
import { doubleFor, intFor } from './numbers.js';
import { overrideFor } from './overrides.js';
import { stringFor } from './strings.js';

const FIXED = { int128: 16, int256: 32, int512: 64 };

/** What one rarely says yes to. */
const NEGATIVE = new Set(
  'app_sandbox archived increment is_admin offline prev_value restricted revoke stopped test_mode unfave unsave'.split(
    ' ',
  ),
);

/** Value of a primitive field, by what it is called. */
export function primitiveValue(
  combinator: string,
  field: string,
  type: PrimitiveName,
  layer: number,
): ExampleValue {
  const special = overrideFor(combinator, field);
  switch (type) {
    case 'int':
    case 'int53':
      if (typeof special === 'number') return { kind: 'number', value: special };
      return { kind: 'number', value: field === 'layer' && layer > 0 ? layer : intFor(field) };
    case 'nat':
      return { kind: 'number', value: 0 };
    case 'long':
      return { kind: 'bigint', value: typeof special === 'bigint' ? special : longFor(field) };
    case 'double':
      return { kind: 'double', value: doubleFor(field) };
    case 'string':
      return { kind: 'string', value: typeof special === 'string' ? special : stringFor(field) };
    case 'bytes':
      return { kind: 'bytes', value: special instanceof Uint8Array ? special : bytesFor(field) };
    case 'int128':
    case 'int256':
    case 'int512':
      return { kind: 'bytes', value: fixedBytes(field, FIXED[type]) };
    case 'Bool':
      return { kind: 'boolean', value: !NEGATIVE.has(field) };
    case 'true':
      return { kind: 'boolean', value: true };
  }
}

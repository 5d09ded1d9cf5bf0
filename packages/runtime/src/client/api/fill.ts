import type { FilledRule } from '@tlgen/codec';
import type { Conversion, Fields } from './conversion.js';
import type { PlanField } from './plan.js';

/**
 * The value of a required field that was left out, by the overlay's rule for it.
 *
 * @param init - the fields that are known by now.
 * @returns undefined when the rule has nothing to fill in with.
 */
export function filled(
  conversion: Conversion,
  field: PlanField,
  rule: FilledRule,
  init: Fields,
): unknown {
  const { context } = conversion;
  switch (rule.fill) {
    case 'random':
      if (field.type === 'long') return randomLong(context.random(8), 0);
      return field.type === 'int' ? randomInt(context.random(4)) | 0 : undefined;
    case 'timed-random': {
      const seconds = BigInt(Math.floor(context.now() / 1000));
      return BigInt.asIntN(64, (seconds << 32n) | BigInt(randomInt(context.random(4))));
    }
    case 'random-each': {
      const items = init[rule.each ?? ''];
      if (!Array.isArray(items)) return undefined;
      const bytes = context.random(items.length * 8);
      return items.map((_, i) => randomLong(bytes, i * 8));
    }
    case 'constant':
      return conversion.value(rule.value, field.shape);
    case 'setting': {
      const settings = context.settings as Fields;
      const name = String(rule.value);
      return Object.hasOwn(settings, name) ? settings[name] : undefined;
    }
    case 'empty': {
      const name = typeof rule.value === 'string' ? rule.value : emptyName(field.type);
      return conversion.plans.schema.registry.named(name) && conversion.named(name, {});
    }
    default:
      return undefined;
  }
}

/** `InputUser` → `inputUserEmpty`, `messages.Foo` → `messages.fooEmpty`. */
function emptyName(type: string): string {
  const at = type.lastIndexOf('.') + 1;
  return `${type.slice(0, at)}${type.charAt(at).toLowerCase()}${type.slice(at + 1)}Empty`;
}

const view = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const randomInt = (bytes: Uint8Array): number => view(bytes).getUint32(0, true);
const randomLong = (bytes: Uint8Array, at: number): bigint => view(bytes).getBigInt64(at, true);

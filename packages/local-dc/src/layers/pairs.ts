import { encode, layoutOf, TlError, type LayoutField, type TlClass } from '@tlgen/codec';
import { make, type Defaults } from './defaults.js';

const known = new WeakMap<TlClass, readonly (readonly LayoutField[])[]>();

/**
 * Groups of optional fields that share a flag bit: present together or absent together.
 *
 * Classes carry no table of their bits, but writing one of such fields alone fails: so each is tried, once per class.
 */
export function pairsOf(one: TlClass, defaults: Defaults): readonly (readonly LayoutField[])[] {
  const found = known.get(one);
  if (found) return found;
  const layout = layoutOf(one);
  const required: Record<string, unknown> = {};
  for (const { name, type, optional } of layout) if (!optional) required[name] = defaults.of(type);
  const groups = new Map<string, readonly LayoutField[]>();
  for (const { name, type, optional } of layout) {
    if (!optional || type.kind === 'flag') continue;
    const names = lonely(() => encode(make(one, { ...required, [name]: defaults.of(type) })));
    if (names)
      groups.set(
        names.join(),
        layout.filter((field) => names.includes(field.name)),
      );
  }
  const result = [...groups.values()];
  known.set(one, result);
  return result;
}

/** The fields that the failure of `write` says belong together. */
function lonely(write: () => void): string[] | null {
  try {
    write();
    return null;
  } catch (thrown) {
    if (!(thrown instanceof TlError) || thrown.code !== 'unpaired-flag') return null;
    const [list = ''] = thrown.reason.split(' share a flag bit');
    return list.split(/,\s*| and /).map((name) => name.trim());
  }
}

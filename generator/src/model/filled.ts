import type { FilledField, Overlay } from '../emit/options.js';
import { typeText } from '../schema/type-text.js';
import type { SchemaCombinator, TypeRef } from '../schema/types.js';

/** The overlay's rule by which the runtime fills a field in when it is left out; the first that fits counts. */
export function filledRule(
  overlay: Overlay | undefined,
  one: Pick<SchemaCombinator, 'kind' | 'name'>,
  field: { readonly tl: string; readonly type: TypeRef },
): FilledField | undefined {
  const type = typeText(field.type);
  const concerns = ({ methods, constructors, except }: FilledField): boolean => {
    if (one.kind === 'constructor') return constructors?.includes(one.name) ?? false;
    if (constructors !== undefined || except?.includes(one.name)) return false;
    return methods?.includes(one.name) ?? true;
  };
  return overlay?.filled.find(
    (rule) => rule.field === field.tl && rule.type === type && concerns(rule),
  );
}

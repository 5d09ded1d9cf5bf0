import type { AliasedField, Overlay } from '../emit/options.js';
import type { FieldModel } from './types.js';

/** Name of the parameter by which the client marks up texts. */
export const PARSE_MODE = 'parseMode';

/** Another name of a parameter of one method. */
export interface Alias {
  readonly alias: string;
  /** The parameter; null: it is `parseMode`, which TL does not have. */
  readonly field: FieldModel | null;
  readonly accepts: AliasedField['accepts'];
}

/** Whether a method takes `parseMode`. It must have a text and its entities. */
export function takesParseMode(
  overlay: Overlay | undefined,
  method: string,
  fields: readonly FieldModel[],
): boolean {
  const has = (name: string): boolean => fields.some(({ tl }) => tl === name);
  return (
    (overlay?.parseMode?.includes(method) ?? false) &&
    has('message') &&
    has('entities') &&
    !has(PARSE_MODE)
  );
}

/** The Bot API's names for what a method takes, in the overlay's order; those that its layer has no use for left out. */
export function aliasesOf(
  overlay: Overlay | undefined,
  method: string,
  fields: readonly FieldModel[],
): readonly Alias[] {
  const taken = new Set(fields.map(({ name }) => name));
  const parseMode = takesParseMode(overlay, method, fields);
  return (overlay?.aliases ?? []).flatMap(({ alias, field: tl, accepts, methods }): Alias[] => {
    if (!methods.includes(method) || taken.has(alias)) return [];
    if (tl === PARSE_MODE) return parseMode ? [{ alias, field: null, accepts }] : [];
    const field = fields.find((one) => one.tl === tl && !one.role.endsWith('word'));
    return field ? [{ alias, field, accepts }] : [];
  });
}

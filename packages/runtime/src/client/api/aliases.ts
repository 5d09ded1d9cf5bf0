import type { ApiOverlay } from '@tlgen/codec';
import type { Fields } from './conversion.js';
import { ParameterError } from './errors.js';
import type { Plan, PlanField } from './plan.js';

/** Another name of a parameter, as one method has it. */
export interface Alias {
  readonly alias: string;
  readonly field: string;
}

/** Other names by which a method's parameters may be given: the Bot API's, as it writes them and in camelCase. */
export function aliasesOf(
  overlay: ApiOverlay,
  method: string,
  isOwn: (name: string) => boolean,
): ReadonlyMap<string, Alias> {
  const aliases = new Map<string, Alias>();
  const rules = overlay.aliases.filter((rule) => rule.methods.includes(method));
  for (const { alias, field } of rules) {
    for (const name of [alias, camelCase(alias)]) {
      // A parameter of the method itself goes before; `parse_mode` is no alias of its own camelCase.
      if (!isOwn(name)) aliases.set(name, { alias: name, field });
    }
  }
  return aliases;
}

/**
 * The parameters under their own names.
 *
 * @param onAlias - is told each alias that was used.
 * @throws ParameterError when a parameter is given by two names.
 */
export function withoutAliases(
  plan: Plan,
  aliases: ReadonlyMap<string, Alias>,
  given: Fields,
  onAlias: (alias: Alias) => void,
): Fields {
  const keys = Object.keys(given);
  if (aliases.size === 0 || !keys.some((key) => aliases.has(key))) return given;
  const own = Object.create(null) as Record<string, unknown>;
  const names = new Map<string, string>();
  for (const key of keys) {
    const value = given[key];
    const alias = aliases.get(key);
    const field = alias?.field ?? key;
    if (value === undefined || value === null) {
      if (!alias && !names.has(key)) own[key] = value;
      continue;
    }
    const other = names.get(field);
    if (other !== undefined) {
      const reason = `${other} and ${key} are two names of ${field}: give one of them`;
      throw new ParameterError(plan.one.tl, field, reason);
    }
    names.set(field, key);
    own[field] = alias ? fitted(value, plan.fields.get(field)) : value;
    if (alias) onAlias(alias);
  }
  return own;
}

/** The Bot API's value in the shape of the parameter: the id of the message that a message answers. */
function fitted(value: unknown, field: PlanField | undefined): unknown {
  const isId = typeof value === 'number' || typeof value === 'bigint';
  if (field?.type !== 'InputReplyTo' || !isId) return value;
  return { _: 'inputReplyToMessage', replyToMsgId: Number(value) };
}

/** `chat_id` → `chatId`. */
function camelCase(name: string): string {
  return name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

import { renderSchema } from './line.mjs';

/** @typedef {import('./line.mjs').Line} Line */
/** @typedef {{ predicate?: string, isVector?: boolean, isBareVector?: boolean, isBareType?: boolean }} Modifiers */
/** @typedef {{ name: string, type: string, typeModifiers?: Modifiers }} Argument */
/**
 * What `tl/api-schema.json` of @mtcute/core and @mtcute/tl holds, as far as it matters here.
 *
 * @typedef {object} MtcuteEntry
 * @property {'class' | 'method'} kind
 * @property {string} name
 * @property {number} id
 * @property {string} type
 * @property {readonly Argument[]} arguments
 * @property {readonly { name: string, type: string }[]} [generics]
 * @property {Modifiers} [typeModifiers]
 */
/** @typedef {{ l: number, e: readonly MtcuteEntry[] }} MtcuteSchema */

/**
 * mtcute writes `int53` for a TL `long` that it hands out as a number.
 *
 * @param {string} type
 * @param {Modifiers} [modifiers]
 */
function typeText(type, modifiers = {}) {
  const plain = type === 'int53' ? 'long' : type;
  const item = modifiers.isBareType ? `%${plain}` : plain;
  const whole = modifiers.isBareVector
    ? `vector<${item}>`
    : modifiers.isVector
      ? `Vector<${item}>`
      : item;
  return modifiers.predicate ? `${modifiers.predicate}?${whole}` : whole;
}

/**
 * Telegram's declarations among mtcute's entries; its own `mtcute.*` ones are left out.
 *
 * @param {MtcuteSchema} schema
 * @returns {Line[]}
 */
export function linesFromMtcute(schema) {
  return schema.e
    .filter((entry) => !entry.name.startsWith('mtcute.'))
    .map((entry) => ({
      kind: entry.kind === 'method' ? 'method' : 'constructor',
      name: entry.name,
      id: entry.id >>> 0,
      generics: (entry.generics ?? []).map(({ name, type }) => `${name}:${type}`),
      fields: entry.arguments.map(
        ({ name, type, typeModifiers }) => `${name}:${typeText(type, typeModifiers)}`,
      ),
      result: typeText(entry.type, entry.typeModifiers),
    }));
}

/**
 * TL text of mtcute's JSON schema.
 *
 * @param {MtcuteSchema} schema
 */
export const tlFromMtcute = (schema) => renderSchema(linesFromMtcute(schema), schema.l);

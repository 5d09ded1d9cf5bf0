import { isProven, renderSchema } from './line.mjs';
import { fieldSpellings, lowerFirst } from './spelling.mjs';

/** @typedef {import('./line.mjs').Line} Line */
/**
 * @typedef {object} TeleprotoArgument
 * @property {boolean} isVector
 * @property {boolean} isFlag
 * @property {string | null} flagName
 * @property {number} flagIndex
 * @property {boolean} flagIndicator
 * @property {string | null} type
 * @property {boolean | null} useVectorId
 */
/**
 * What `tl/generated/api-definitions.js` of teleproto holds, as far as it matters here.
 *
 * @typedef {object} TeleprotoEntry
 * @property {string} name
 * @property {string} [namespace]
 * @property {number} constructorId
 * @property {Readonly<Record<string, TeleprotoArgument>>} argsConfig
 * @property {string} result
 * @property {boolean} isFunction
 */

/** @param {TeleprotoArgument} argument */
function typeText(argument) {
  if (argument.flagIndicator) return '#';
  const item = argument.type === 'X' ? '!X' : (argument.type ?? '');
  const whole = argument.isVector ? `${argument.useVectorId ? 'Vector' : 'vector'}<${item}>` : item;
  return argument.isFlag ? `${argument.flagName}.${argument.flagIndex}?${whole}` : whole;
}

/**
 * A definition with its names put back into TL's spelling. teleproto writes `InvokeWithLayer` and `msgIds`
 * for `invokeWithLayer` and `msg_ids`; the spelling that gives the declared id is the true one. When none
 * does, the usual spelling comes back and the caller sees a line that is not proven.
 *
 * @param {TeleprotoEntry} entry
 * @returns {Line}
 */
function spell(entry) {
  const args = Object.entries(entry.argsConfig);
  /** @type {(names: readonly string[]) => Line} */
  const line = (names) => ({
    kind: entry.isFunction ? 'method' : 'constructor',
    name: `${entry.namespace ? `${entry.namespace}.` : ''}${lowerFirst(entry.name)}`,
    id: entry.constructorId >>> 0,
    generics: entry.result === 'X' ? ['X:Type'] : [],
    fields: args.map(([, argument], i) => `${names[i]}:${typeText(argument)}`),
    result: entry.result,
  });
  /** @type {Line | undefined} */
  let usual;
  for (const names of fieldSpellings(args.map(([field]) => field))) {
    const spelt = line(names);
    usual ??= spelt;
    if (isProven(spelt)) return spelt;
  }
  return usual ?? line([]);
}

/**
 * Lines of teleproto's definitions, in their order.
 *
 * @param {readonly TeleprotoEntry[]} entries
 * @returns {Line[]}
 */
export const linesFromTeleproto = (entries) => entries.map(spell);

/**
 * TL text of teleproto's definitions.
 *
 * @param {readonly TeleprotoEntry[]} entries
 * @param {number | null} [layer]
 */
export const tlFromTeleproto = (entries, layer = null) =>
  renderSchema(linesFromTeleproto(entries), layer);

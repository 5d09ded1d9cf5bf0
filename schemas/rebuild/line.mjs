import { crc32 } from 'node:zlib';

/**
 * One TL declaration, spelt as Telegram spells it.
 *
 * @typedef {object} Line
 * @property {'constructor' | 'method'} kind
 * @property {string} name with its namespace: `messages.sendMessage`
 * @property {number | null} id unsigned 32 bits; null when the declaration gives none
 * @property {readonly string[]} generics `['X:Type']`
 * @property {readonly string[]} fields `['flags:#', 'silent:flags.5?true', 'id:Vector<int>']`
 * @property {string} result
 */

/**
 * An id as TL writes it: lower-case hex without leading zeros.
 *
 * @param {number} id
 */
export const idText = (id) => (id >>> 0).toString(16);

/**
 * `name#id {X:Type} field:type = Result;`
 *
 * @param {Line} line
 */
export function renderLine(line) {
  const head = line.id === null ? line.name : `${line.name}#${idText(line.id)}`;
  const generics = line.generics.map((parameter) => `{${parameter}}`);
  return `${[head, ...generics, ...line.fields, '=', line.result].join(' ')};`;
}

/**
 * The id Telegram's rule gives a declaration: CRC32 of its text with the id, the `true` flags and the
 * brackets taken out and `bytes` read as `string` (in `Vector<bytes>` it stays).
 *
 * @param {Line} line
 */
export function computeId(line) {
  const fields = line.fields.filter((field) => !/:\w+\.\d+\?true$/.test(field));
  const text = [line.name, ...line.generics, ...fields, '=', line.result].join(' ');
  const normal = text
    .replace(/([:?])bytes(?= )/g, '$1string')
    .replace(/[<>{}]/g, ' ')
    .replace(/ +/g, ' ')
    .trim();
  return crc32(normal) >>> 0;
}

/** @param {Line} line */
export const isProven = (line) => line.id !== null && computeId(line) === line.id;

/**
 * The text of a schema file: constructors in the given order, then methods.
 *
 * @param {readonly Line[]} lines
 * @param {number | null} [layer]
 */
export function renderSchema(lines, layer = null) {
  const of = (/** @type {Line['kind']} */ kind) =>
    lines.filter((line) => line.kind === kind).map(renderLine);
  const head = layer === null ? [] : [`// LAYER ${layer}`];
  const parts = [...head, '---types---', ...of('constructor'), '---functions---', ...of('method')];
  return `${parts.join('\n')}\n`;
}

/**
 * Reads back plain one-line declarations. This is not a TL parser (that is `generator/src/syntax`): it
 * knows only the form `renderSchema` and the schemas in this folder have.
 *
 * @param {string} text
 * @returns {Line[]}
 */
export function readLines(text) {
  /** @type {Line[]} */
  const lines = [];
  /** @type {Line['kind']} */
  let kind = 'constructor';
  for (const raw of text.split('\n')) {
    const source = raw.replace(/\/\/.*/, '').trim();
    if (source === '---functions---') kind = 'method';
    else if (source === '---types---') kind = 'constructor';
    const match = /^([\w.]+)(?:#([\da-fA-F]+))?( .*)?= ([^;]+);$/.exec(source);
    if (!match) continue;
    const words = (match[3] ?? '').match(/\{[^}]*\}|\S*\[[^\]]*\]|[^\s<]+<.*?>+|\S+/g) ?? [];
    lines.push({
      kind,
      name: match[1],
      id: match[2] === undefined ? null : Number.parseInt(match[2], 16),
      generics: words.filter((word) => word.startsWith('{')).map((word) => word.slice(1, -1)),
      fields: words.filter((word) => !word.startsWith('{')),
      result: match[4],
    });
  }
  return lines;
}

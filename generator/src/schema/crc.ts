import type { Combinator, Field, TypeExpr } from '../syntax/ast.js';
import { printCondition } from '../syntax/print.js';

/**
 * How a line is normalised before its CRC32 is taken:
 *
 * - `telegram`: Telegram's own schemas were numbered when `bytes` was spelt `string` and before
 *   `flags.N?true` fields were written down, so the former is renamed and the latter left out;
 * - `verbatim`: TDLib's and TON's tools take the line as it stands.
 */
export type CrcDialect = 'telegram' | 'verbatim';

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0xedb8_8320 : 0);
  return value >>> 0;
});

const ENCODER = new TextEncoder();

/** CRC32 (IEEE) of a text in UTF-8, as an unsigned number. */
export function crc32(text: string): number {
  let crc = 0xffff_ffff;
  for (const byte of ENCODER.encode(text)) {
    crc = (crc >>> 8) ^ (TABLE[(crc ^ byte) & 0xff] ?? 0);
  }
  return (crc ^ 0xffff_ffff) >>> 0;
}

/** The text whose CRC32 is a combinator's id: no id, no brackets, single spaces, no `;`. */
export function normalForm(combinator: Combinator, dialect: CrcDialect = 'telegram'): string {
  const { name, typeParameters, fields, builtin, result } = combinator;
  const parts = [name];
  for (const parameter of typeParameters) parts.push(`${parameter.name}:${parameter.type}`);
  if (builtin) parts.push('?');
  for (const field of fields) {
    if (dialect === 'telegram' && isTrueFlag(field)) continue;
    parts.push(normalField(field, dialect));
  }
  return `${parts.join(' ')} = ${normalType(result)}`;
}

/** The id a combinator gets when its line gives none. */
export function computeId(combinator: Combinator, dialect: CrcDialect = 'telegram'): number {
  return crc32(normalForm(combinator, dialect));
}

/**
 * The CRC32 to hold against a combinator's own id: that of the schema's dialect, unless the written id
 * follows the other one. (TDLib keeps Telegram's ids in files of its own style, and some of
 * Telegram's newer lines were numbered as they stand.)
 */
export function expectedId(combinator: Combinator, dialect: CrcDialect): number {
  const computed = computeId(combinator, dialect);
  if (combinator.id === null || combinator.id === computed) return computed;
  const other = computeId(combinator, dialect === 'telegram' ? 'verbatim' : 'telegram');
  return combinator.id === other ? other : computed;
}

/**
 * The dialect of a whole schema: TDLib and TON files declare their built-in types, `bytes` among
 * them; Telegram's never do.
 */
export function detectDialect(combinators: readonly Combinator[]): CrcDialect {
  const declaresBytes = combinators.some(
    ({ name, result }) => name === 'bytes' && result.kind === 'named' && result.name === 'Bytes',
  );
  return declaresBytes ? 'verbatim' : 'telegram';
}

function isTrueFlag({ condition, type }: Field): boolean {
  return condition !== null && type.kind === 'named' && type.name === 'true' && !type.percent;
}

function normalField(field: Field, dialect: CrcDialect): string {
  const name = field.name === null ? '' : `${field.name}:`;
  const type = normalType(field.type);
  // Only the word itself is renamed: `Vector<bytes>` keeps its `bytes`.
  const spelt = dialect === 'telegram' && type === 'bytes' && name !== '' ? 'string' : type;
  return name + printCondition(field) + spelt;
}

function normalType(type: TypeExpr): string {
  if (type.kind === 'nat') return '#';
  if (type.kind === 'repeat') {
    const count = type.count === null ? '' : `${String(type.count)}*`;
    return [`${count}[`, ...type.items.map((item) => normalField(item, 'verbatim')), ']'].join(' ');
  }
  const prefix = `${type.percent ? '%' : ''}${type.bang ? '!' : ''}`;
  return [prefix + type.name, ...type.args.map(normalType)].join(' ');
}

const ROW = 16;

/**
 * A few rows of hex around a place, which is marked below:
 *
 * ```text
 * 000010  15 c4 b5 1c ff ff ff 7f
 *                     ^^ byte 20
 * ```
 */
export function hexDump(bytes: Uint8Array, offset: number, rowsAround = 1): string {
  const row = Math.floor(Math.min(offset, bytes.length) / ROW);
  const lines: string[] = [];
  for (let at = Math.max(0, row - rowsAround); at <= row + rowsAround; at++) {
    const part = bytes.subarray(at * ROW, at * ROW + ROW);
    if (part.length === 0 && at !== row) continue;
    const hex = Array.from(part, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    lines.push(`  ${(at * ROW).toString(16).padStart(6, '0')}  ${hex}`.trimEnd());
    if (at !== row) continue;
    const what = offset >= bytes.length ? `the end, byte ${bytes.length}` : `byte ${offset}`;
    lines.push(`${' '.repeat(10 + (offset - row * ROW) * 3)}^^ ${what}`);
  }
  return lines.join('\n');
}

import { TlgenError } from '@tlgen/codec';

/** A text cannot be read as the markup it is said to be. */
export class TextError extends TlgenError {
  override readonly name = 'TextError';
  readonly code = 'BAD_TEXT';

  constructor(
    /** What is wrong, and what to write instead. */
    readonly reason: string,
    /** Where, in UTF-16 code units of the text as it was given, markup included. */
    readonly offset: number,
  ) {
    super(`${reason} (at offset ${offset})`);
  }
}

/** A keyboard that no message can have. */
export class KeyboardError extends TlgenError {
  override readonly name = 'KeyboardError';
  readonly code = 'BAD_KEYBOARD';

  constructor(
    /** What is wrong, and what to write instead. */
    readonly reason: string,
    /** Row of the button, from 0; null: it is not about one row. */
    readonly row: number | null = null,
    /** Column of the button, from 0; null: it is not about one button. */
    readonly column: number | null = null,
  ) {
    super(reason + place(row, column));
  }
}

function place(row: number | null, column: number | null): string {
  if (row === null) return '';
  return column === null ? ` (row ${row})` : ` (row ${row}, column ${column})`;
}

/**
 * What went wrong while reading or writing TL.
 *
 * Reading: `end-of-data`, `unknown-constructor`, `wrong-type`, `bad-length`, `bad-value`, `vector-too-long`,
 * `too-deep`, `trailing-bytes`, `gunzip`. Writing: `missing-field`, `bad-value`, `unpaired-flag`, `too-long`.
 * JSON: `bad-json`. A schema put together wrongly: `bad-registry`.
 */
export type TlErrorCode =
  | 'end-of-data'
  | 'unknown-constructor'
  | 'wrong-type'
  | 'bad-length'
  | 'bad-value'
  | 'vector-too-long'
  | 'too-deep'
  | 'trailing-bytes'
  | 'gunzip'
  | 'missing-field'
  | 'unpaired-flag'
  | 'too-long'
  | 'bad-json'
  | 'bad-registry';

/** One step from the outermost object to the place of an error: a constructor, a field, or an index in a vector. */
export type TlPathStep = string | number;

/** Where in the data an error happened, as far as it is known. */
export interface TlErrorPlace {
  /** Byte offset of the value that failed, in the data being read or written. */
  readonly offset?: number | undefined;
  readonly path?: readonly TlPathStep[] | undefined;
  /** The unknown or unexpected constructor id (unsigned), where there is one. */
  readonly id?: number | undefined;
  readonly cause?: unknown;
}

/** What all errors of these packages are: an `Error` with a `code` that names what went wrong. */
export abstract class TlgenError extends Error {
  abstract readonly code: string;
}

/** Every failure of this package is a `TlError`; nothing else is ever thrown for bad data. */
export class TlError extends TlgenError {
  override readonly name = 'TlError';
  readonly code: TlErrorCode;
  /** The message without its place. */
  readonly reason: string;
  /** From the outermost object to the field: `['messages.messages', 'messages', 3, 'media']`; empty when unknown. */
  readonly path: readonly TlPathStep[];
  readonly offset: number | null;
  readonly id: number | null;

  constructor(code: TlErrorCode, reason: string, place: TlErrorPlace = {}) {
    const path = place.path ?? [];
    super(
      reason + placeText(path, place.offset),
      place.cause === undefined ? undefined : { cause: place.cause },
    );
    this.code = code;
    this.reason = reason;
    this.path = path;
    this.offset = place.offset ?? null;
    this.id = place.id ?? null;
  }
}

function placeText(path: readonly TlPathStep[], offset: number | undefined): string {
  let text = '';
  if (path.length > 0) text += ` at ${formatPath(path)}`;
  if (offset !== undefined) text += `${text === '' ? ' at' : ','} byte ${offset}`;
  return text;
}

/** Steps that a message shows of either end of a path. */
const SHOWN_STEPS = 12;

/** `messages.messages → messages[3] → media`. */
export function formatPath(path: readonly TlPathStep[]): string {
  let text = '';
  // The middle of a long way down a recursive type says nothing new.
  const long = path.length > SHOWN_STEPS * 2;
  const shown = long ? [...path.slice(0, SHOWN_STEPS), '…', ...path.slice(-SHOWN_STEPS)] : path;
  for (const step of shown) {
    if (typeof step === 'number') text += `[${step}]`;
    else text += text === '' ? step : ` → ${step}`;
  }
  return text;
}

/** `#44fa7a15`: an id as TL writes it, zero-padded. */
export function formatId(id: number): string {
  return `#${(id >>> 0).toString(16).padStart(8, '0')}`;
}

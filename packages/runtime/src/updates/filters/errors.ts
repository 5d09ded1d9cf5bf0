import { TlgenError } from '@tlgen/codec';

/** A filter cannot be made of what was given: it would let nothing pass, or something else than it says. */
export class FilterError extends TlgenError {
  override readonly name = 'FilterError';
  readonly code = 'BAD_FILTER';

  constructor(
    /** Which: `command`, `chat` …, or `Filter`, the class. */
    readonly filter: string,
    why: string,
  ) {
    super(`${filter === 'Filter' ? filter : `filters.${filter}`}: ${why}`);
  }
}

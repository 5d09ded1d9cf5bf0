import { TlgenError } from '@tlgen/codec';

/** An option of `dialogs`, `history`, `search` or `participants` cannot be. */
export class ListOptionError extends TlgenError {
  override readonly name = 'ListOptionError';
  readonly code = 'BAD_LIST_OPTION';

  constructor(
    /** The option at fault. */
    readonly option: string,
    what: string,
  ) {
    super(`${option}: ${what}`);
  }
}

import { TlgenError } from '@tlgen/codec';

/** Why media make no album. */
export type AlbumErrorCode =
  /** Fewer than 2 or more than 10. */
  | 'ALBUM_SIZE'
  /** Kinds that do not go together, or one that goes into no album. */
  | 'ALBUM_MIX'
  /** A caption asks for link buttons, and albums have no keyboards. */
  | 'ALBUM_BUTTONS';

/** Files that cannot be sent as one album. */
export class AlbumError extends TlgenError {
  override readonly name = 'AlbumError';

  constructor(
    readonly code: AlbumErrorCode,
    message: string,
  ) {
    super(message);
  }
}

import { TlgenError } from '@tlgen/codec';

/**
 * Files that cannot be sent as one album.
 *
 * `ALBUM_SIZE`: fewer than 2 or more than 10. `ALBUM_MIX`: kinds that do not go together, or one that goes into no
 * album. `ALBUM_BUTTONS`: a caption asks for link buttons, and albums have no keyboards.
 */
export class AlbumError extends TlgenError {
  override readonly name = 'AlbumError';

  constructor(
    readonly code: 'ALBUM_SIZE' | 'ALBUM_MIX' | 'ALBUM_BUTTONS',
    message: string,
  ) {
    super(message);
  }
}

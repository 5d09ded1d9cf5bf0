import type { ApiSchema } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { constructObject } from '../../network/construct.js';
import { FileError } from '../errors.js';
import type { RemoteFile } from '../location/index.js';
import type { MediaContext } from './types.js';

/** How a photo or document at the server is named to be sent again. @throws FileError `NO_FILE` for other files. */
export function inputOf(
  schema: ApiSchema,
  { location, kind }: RemoteFile,
): base.InputPhoto | base.InputDocument {
  // By reference, a thumbnail would become the document it is of.
  const isPart = location?._ === 'inputDocumentFileLocation' && location.thumbSize !== '';
  const isOne =
    location?._ === 'inputPhotoFileLocation' || location?._ === 'inputDocumentFileLocation';
  if (!isOne || isPart) {
    throw new FileError(
      'NO_FILE',
      `A file of kind ${kind} cannot be sent by reference: only photos and documents can. Download it, and send that`,
    );
  }
  const { id, accessHash, fileReference } = location;
  return location._ === 'inputPhotoFileLocation'
    ? constructObject<base.InputPhoto>(schema, 'inputPhoto', { id, accessHash, fileReference })
    : constructObject<base.InputDocument>(schema, 'inputDocument', {
        id,
        accessHash,
        fileReference,
      });
}

/** A photo or document at the server, of which a fresh reference may be asked for, once. */
export class AtServer {
  private refreshed = false;

  constructor(
    private readonly context: MediaContext,
    private remote: RemoteFile,
  ) {}

  get kind(): RemoteFile['kind'] {
    return this.remote.kind;
  }

  /** @throws FileError `NO_FILE`. */
  input(): base.InputPhoto | base.InputDocument {
    return inputOf(this.context.schema, this.remote);
  }

  /** @returns false: that has been done before. */
  async refresh(signal: AbortSignal): Promise<boolean> {
    if (this.refreshed) return false;
    this.refreshed = true;
    this.remote = await this.context.references.refresh(this.remote, { signal });
    return true;
  }
}

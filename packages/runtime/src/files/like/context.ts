import type { DownloadContext } from '../download/index.js';
import type { FileReferences } from '../location/index.js';

/** What turning files of all forms into what requests take needs of the client. */
export interface FileConverterContext extends DownloadContext {
  readonly references: FileReferences;
}

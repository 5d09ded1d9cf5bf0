import type { DownloadContext } from '../download/index.js';
import type { FileReferences } from '../location/index.js';
import type { FilesContext } from '../types.js';

/** What turning files of all forms into what requests take needs of the client. */
export interface FileConverterContext extends FilesContext {
  readonly references: FileReferences;
}

/** The same for a download. */
export function downloadContext(context: FileConverterContext): DownloadContext {
  const { schema, log, crypto, workers, fileSystem, fetchFile } = context;
  const { proxied, state, settings, peers, references } = context;
  return {
    schema,
    log,
    crypto,
    workers,
    fileSystem,
    fetchFile,
    proxied,
    state,
    settings,
    peers,
    self: () => context.self(),
    now: () => context.now(),
    invoke: (request, options) => context.invoke(request, options),
    cancellable: (options, what, work) => context.cancellable(options, what, work),
    refresh: (file, options) => references.refresh(file, options),
  };
}

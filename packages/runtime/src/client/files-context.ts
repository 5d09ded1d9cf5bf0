import type { DownloadContext } from '../files/download/index.js';
import { FileReferences } from '../files/location/index.js';
import type { FilesContext, FilesSettings } from '../files/types.js';
import type { Backbone } from './backbone.js';
import type { SendMediaContext } from './send-options.js';

/** What uploads, downloads and messages with files need of the client. */
export type ClientFilesContext = DownloadContext & SendMediaContext;

/** Makes it of the parts of a client. */
export function filesContext(
  backbone: Backbone,
  { peers, text, random }: Pick<SendMediaContext, 'peers' | 'text' | 'random'>,
): ClientFilesContext {
  const { schema, log, network, caller } = backbone;
  const { platform } = backbone.parts;
  const { clock, crypto, workers, fileSystem, fetchFile } = platform;
  const context: FilesContext = {
    schema,
    log,
    crypto,
    workers,
    fileSystem,
    fetchFile,
    peers,
    state: network.state,
    // Read at each use: settings may change.
    get settings(): FilesSettings {
      return backbone.settings.files;
    },
    get proxied(): boolean {
      const { proxy, perDc } = backbone.settings.connection;
      return [proxy, ...Object.values(perDc).map((one) => one.proxy)].some(Boolean);
    },
    get floodWaitBelow(): number {
      return backbone.settings.floodWait.below;
    },
    self: () => backbone.self,
    now: () => clock.now().wall,
    invoke: (request, how) => caller.invoke(request, how),
    cancellable: (how, what, work) => caller.cancellable(how, what, work),
  };
  const references = new FileReferences(context);
  const refresh: DownloadContext['refresh'] = (file, how) => references.refresh(file, how);
  return Object.assign(context, { references, refresh, text, random });
}

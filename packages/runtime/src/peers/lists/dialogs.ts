import { ListOptionError } from './list-errors.js';
import { INT_MAX, wholeNumber } from './list-options.js';
import { dialogReader, pinnedReader, type DialogItem } from './dialog-pages.js';
import type { PeerLookup, PeerMemory } from '../needs.js';
import { Pages, type PageOptions } from './pages.js';
import type { PeersContext } from '../types.js';

export type { DialogItem } from './dialog-pages.js';

/** Which conversations are wanted. */
export interface DialogsOptions extends PageOptions {
  /** true: only those in the archive, false: only others. Default: what the server gives without a folder. */
  readonly archived?: boolean | undefined;
  /** A peer folder by its id: 0 the main list, 1 the archive. Instead of `archived`. */
  readonly folder?: number | undefined;
  /** true: only pinned ones, false: only others. Default: the pinned ones, then the others. */
  readonly pinned?: boolean | undefined;
}

/** The conversations of this account: pinned ones first, then by the date of the last message. */
export function dialogs(
  context: PeersContext,
  memory: PeerMemory,
  lookup: PeerLookup,
  options: DialogsOptions = {},
): Pages<DialogItem> {
  const { archived, pinned } = options;
  if (archived !== undefined && options.folder !== undefined) {
    throw new ListOptionError('archived', 'names a folder, and so does folder: give one of them');
  }
  const folder = options.folder ?? (archived === undefined ? undefined : Number(archived));
  if (folder !== undefined) wholeNumber('folder', folder, 0, INT_MAX);
  const parts = { context, memory, lookup, folder };
  return new Pages(
    () => (pinned ? pinnedReader(parts) : dialogReader(parts, pinned === false)),
    options,
  );
}

import type { CallOptions } from '@tlgen/codec';
import type { base, messages } from '@tlgen/telegram';
import { construct, constructObject } from '../../network/construct.js';
import { PeerError } from '../errors.js';
import { infoOf } from '../facts/info.js';
import type { RealMessage } from './message-pages.js';
import type { PeerLookup, PeerMemory } from '../needs.js';
import type { PageReader } from './pages.js';
import { peerMark } from '../peer-mark.js';
import { Seen } from './seen.js';
import type { PeerInfo, PeersContext } from '../types.js';

/** A conversation in the list of conversations. */
export interface DialogItem {
  /** Who it is with: kind, ids, name. */
  readonly peer: PeerInfo;
  readonly inputPeer: base.TypeInputPeer;
  readonly pinned: boolean;
  /** Messages in it that were not read. */
  readonly unreadCount: number;
  /** Its newest message; undefined when it has none. */
  readonly message: RealMessage | undefined;
  /** Everything else that the server tells. */
  readonly dialog: base.Dialog;
}

/** What reading dialogs needs. */
export interface DialogParts {
  readonly context: PeersContext;
  readonly memory: PeerMemory;
  readonly lookup: PeerLookup;
  /** undefined: no folder is asked for. */
  readonly folder: number | undefined;
}

/** A row of the list, and the message that it is sorted by. The archive, folded, is a row as well. */
interface Row {
  readonly mark: bigint;
  readonly dialog: base.Dialog | base.DialogFolder;
  readonly message: RealMessage | undefined;
}

/** A row that is a conversation. */
interface Entry extends Row {
  readonly dialog: base.Dialog;
}

type Answer = messages.Dialogs | messages.DialogsSlice | messages.PeerDialogs;

/**
 * Reads `messages.getDialogs`: https://core.telegram.org/api/offsets. The next page begins after the last dialog that
 * has a message and is not pinned; pinned ones come with the first page, whatever their date.
 */
export function dialogReader(parts: DialogParts, excludePinned: boolean): PageReader<DialogItem> {
  const seen = new Seen();
  let after: Row | null = null;
  let first = true;
  return async (limit, options) => {
    const before: Row | null = after;
    const page = { after: before, limit, excludePinned: excludePinned || !first };
    const answer = await ask(parts, page, options);
    if (answer._ === 'messages.dialogsNotModified') {
      return { items: [], total: answer.count, last: true };
    }
    const rows = rowsOf(answer);
    const entries = rows.filter(isEntry);
    const found = seen.fresh(entries, keyOf);
    const whole = answer._ === 'messages.dialogs';
    const total = whole ? entries.length : answer.count;
    after = lastSorted(rows, page.excludePinned) ?? before;
    // A page of pinned ones only: there may be more of them, which no later page has.
    const pinnedOnly = first && !whole && after === null && answer.dialogs.length > 0;
    if (pinnedOnly && !excludePinned) {
      found.push(...seen.fresh(await pinnedOf(parts, options), keyOf));
    }
    first = false;
    const items = await itemsOf(parts, found, options);
    const stays = !pinnedOnly && sameRow(before, after);
    return { items, total, last: whole || stays || seen.exhausted };
  };
}

/** Reads `messages.getPinnedDialogs`, which has one page. */
export function pinnedReader(parts: DialogParts): PageReader<DialogItem> {
  return async (_, options) => {
    const entries = await pinnedOf(parts, options);
    const items = await itemsOf(parts, entries, options);
    return { items, total: entries.length, last: true };
  };
}

async function ask(
  { context, lookup, folder }: DialogParts,
  page: { readonly after: Row | null; readonly limit: number; readonly excludePinned: boolean },
  options: CallOptions,
): Promise<messages.TypeDialogs> {
  const { schema } = context;
  const { after, limit, excludePinned } = page;
  const offsetPeer = after
    ? await lookup.inputPeer(after.mark, options)
    : constructObject<base.InputPeerEmpty>(schema, 'inputPeerEmpty', {});
  const request = construct<messages.GetDialogsRequest>(schema, 'messages.getDialogs', {
    excludePinned,
    folderId: folder,
    offsetDate: after?.message?.date ?? 0,
    offsetId: after?.message?.id ?? 0,
    offsetPeer,
    limit,
    hash: 0n,
  });
  return context.invoke(request, options);
}

async function pinnedOf(
  { context, folder = 0 }: DialogParts,
  options: CallOptions,
): Promise<Entry[]> {
  const name = 'messages.getPinnedDialogs';
  const request = construct<messages.GetPinnedDialogsRequest>(context.schema, name, {
    folderId: folder,
  });
  const answer = await context.invoke(request, options);
  return new Seen().fresh(rowsOf(answer).filter(isEntry), keyOf);
}

/** The rows of an answer that have a peer: communities, which stand among them, have none. */
function rowsOf({ dialogs, messages: all }: Answer): Row[] {
  const tops = new Map<string, RealMessage>();
  for (const message of all) {
    if (message._ !== 'messageEmpty')
      tops.set(`${peerMark(message.peerId)}:${message.id}`, message);
  }
  return dialogs.flatMap((dialog) => {
    if (dialog._ !== 'dialog' && dialog._ !== 'dialogFolder') return [];
    const mark = peerMark(dialog.peer);
    if (mark === null) return [];
    return [{ mark, dialog, message: tops.get(`${mark}:${dialog.topMessage}`) }];
  });
}

const isEntry = (row: Row): row is Entry => row.dialog._ === 'dialog';

const keyOf = ({ mark }: Row): string => String(mark);

/** Where pinned ones were not wanted, one that came all the same stands by its date as the others do. */
const lastSorted = (rows: readonly Row[], pinnedToo: boolean): Row | undefined =>
  rows.findLast(({ dialog, message }) => message !== undefined && (pinnedToo || !dialog.pinned));

const sameRow = (a: Row | null, b: Row | null): boolean =>
  a?.mark === b?.mark && a?.message?.id === b?.message?.id && a?.message?.date === b?.message?.date;

async function itemsOf(
  { context, memory, lookup }: DialogParts,
  entries: readonly Entry[],
  options: CallOptions,
): Promise<DialogItem[]> {
  const items: DialogItem[] = [];
  for (const { mark, dialog, message } of entries) {
    const peer = await peerOf({ context, memory, lookup }, mark, options);
    if (!peer) {
      context.log.log('warning', `messages.getDialogs: nothing is known of ${mark}, left out`);
      continue;
    }
    const { pinned, unreadCount } = dialog;
    items.push({ peer, inputPeer: peer.inputPeer, pinned, unreadCount, message, dialog });
  }
  return items;
}

/** What the answer told of the peer; null: it left it out, though it should not. */
async function peerOf(
  { context, memory, lookup }: Pick<DialogParts, 'context' | 'memory' | 'lookup'>,
  mark: bigint,
  options: CallOptions,
): Promise<PeerInfo | null> {
  const known = await memory.get(mark);
  try {
    return known && (await infoOf(context, lookup, known, options));
  } catch (error) {
    if (error instanceof PeerError) return null;
    throw error;
  }
}

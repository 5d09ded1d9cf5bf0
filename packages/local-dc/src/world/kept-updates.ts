import * as tl from '@tlgen/telegram';
import { keyOf } from './mentioned.js';

/** Most updates that are kept; the oldest give way. */
const MOST = 10_000;

/** Updates without pts or qts that a difference has to bring again. */
export class KeptUpdates {
  private readonly kept = new Map<
    string,
    { readonly date: number; readonly update: tl.TypeUpdate }
  >();

  /** Keeps an update; a later one under the same key replaces it. */
  keep(key: string, date: number, update: tl.TypeUpdate): void {
    this.kept.delete(key);
    this.kept.set(key, { date, update });
    if (this.kept.size <= MOST) return;
    for (const oldest of this.kept.keys()) {
      this.kept.delete(oldest);
      break;
    }
  }

  /** What was kept under a key need not come again. */
  drop(key: string): void {
    this.kept.delete(key);
  }

  /** Updates of that second and later: differences may repeat them, never lose them. */
  since(date: number): tl.TypeUpdate[] {
    return [...this.kept.values()].filter((one) => one.date >= date).map((one) => one.update);
  }
}

/** What is true for a moment only, or says nothing by itself. */
const FLEETING: ReadonlySet<string> = new Set([
  'updateChannelTooLong',
  'updatePtsChanged',
  'updateUserTyping',
  'updateChatUserTyping',
  'updateChannelUserTyping',
  'updateEncryptedChatTyping',
  'updateUserStatus',
  'updateLoginToken',
]);

/** Whether no difference of any box brings an update, so that it has to be kept. */
export function isUnboxed(update: tl.TypeUpdate): boolean {
  if (FLEETING.has(update._)) return false;
  return !('ptsCount' in update) && !('qts' in update);
}

/** What an update says something about: the next one about the same replaces it. Null: it stands for itself. */
export function subjectOf(update: tl.TypeUpdate): string | null {
  if (update instanceof tl.UpdateEncryption) return `${update._}:${update.chat.id}`;
  if (update instanceof tl.UpdateBotCallbackQuery) return callbackKey(update.queryId);
  if (update instanceof tl.UpdateDialogPinned)
    return `${update._}:${update.peer instanceof tl.DialogPeer ? keyOf(update.peer.peer) : ''}`;
  if (update instanceof tl.UpdatePinnedDialogs) return `${update._}:${update.folderId ?? 0}`;
  const about: readonly unknown[] = ['channelId', 'chatId'].flatMap((name) =>
    name in update ? [update[name as keyof tl.TypeUpdate]] : [],
  );
  return about.length === 1 ? `${update._}:${String(about[0])}` : null;
}

/** What the update of a pressed button is kept under. */
export const callbackKey = (queryId: bigint): string => `callback:${queryId}`;

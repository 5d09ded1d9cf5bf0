import type { ApiSchema, TlMethod } from '@tlgen/codec';
import type { base, messages } from '@tlgen/telegram';
import type { Input } from './input.js';
import { sentMessageOf } from './sent-message.js';

/** What the feed itself asks: its answers take another way. */
const OWN: ReadonlySet<string> = new Set([
  'updates.getState',
  'updates.getDifference',
  'updates.getChannelDifference',
]);

const FORMS: ReadonlySet<unknown> = new Set<base.TypeUpdates['_']>([
  'updatesTooLong',
  'updateShortMessage',
  'updateShortChatMessage',
  'updateShort',
  'updatesCombined',
  'updates',
  'updateShortSentMessage',
]);

/** Requests around requests. */
const MAX_DEPTH = 8;

/** What an answer may be of. */
type Answer =
  | base.TypeUpdates
  | messages.AffectedMessages
  | messages.AffectedHistory
  | messages.AffectedFoundMessages
  | messages.Dialogs
  | messages.DialogsSlice
  | messages.PeerDialogs
  | messages.ChatFull
  | { readonly _: undefined; readonly updates?: unknown };

/** What has to be known beside the answer and its request. */
export interface OwnContext {
  readonly schema: ApiSchema;
  /** The account's own user id. */
  readonly self: bigint;
  /** Whether a channel is followed although one is not in it. */
  isPolled(channel: bigint): boolean;
}

/**
 * Picks out of the answer to any request what tells of updates ("Working with Updates"): updates themselves, the pts of
 * an own action, and where channels are that were asked about. Called for every answer, so it looks at the name only.
 */
export function inputsOf(
  context: OwnContext,
  answer: unknown,
  request: TlMethod,
): readonly Input[] {
  if (typeof answer !== 'object' || answer === null) return NONE;
  const known = answer as Answer;
  switch (known._) {
    case 'updates':
    case 'updatesCombined':
    case 'updateShort':
    case 'updateShortMessage':
    case 'updateShortChatMessage':
    case 'updateShortSentMessage':
    case 'updatesTooLong':
      return OWN.has(request._) ? NONE : [ownUpdates(context, known, request)];
    case 'messages.affectedMessages':
    case 'messages.affectedHistory':
    case 'messages.affectedFoundMessages': {
      const { pts, ptsCount } = known;
      const channel = channelOf(innermost(request)) ?? undefined;
      return [{ type: 'affected', affected: { channel, pts, ptsCount } }];
    }
    case 'messages.dialogs':
    case 'messages.dialogsSlice':
    case 'messages.peerDialogs':
      return ofDialogs(known, context);
    case 'messages.chatFull': {
      const { fullChat, chats } = known;
      if (fullChat._ !== 'channelFull' || !isIn(chats, fullChat.id, context)) return NONE;
      return [{ type: 'follow', channel: fullChat.id, pts: fullChat.pts }];
    }
    default: {
      const { updates } = known;
      return isUpdates(updates) ? [ownUpdates(context, updates, request)] : NONE;
    }
  }
}

const NONE: readonly Input[] = [];

function isUpdates(value: unknown): value is base.TypeUpdates {
  return typeof value === 'object' && value !== null && '_' in value && FORMS.has(value._);
}

function ownUpdates(
  { schema, self }: OwnContext,
  updates: base.TypeUpdates,
  request: TlMethod,
): Input {
  const short = updates._ === 'updateShortSentMessage';
  const sent = short ? sentMessageOf(schema, self, innermost(request)) : null;
  return { type: 'updates', updates, from: 'own', ...(sent && { sent }) };
}

/** The request that others are wrapped around: `invokeWithTakeout` and its like. */
function innermost(request: object): object {
  let inner = request;
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    const { query } = inner as { readonly query?: unknown };
    if (typeof query !== 'object' || query === null || !('_' in query)) break;
    inner = query;
  }
  return inner;
}

/** The channel that a request acts in. */
function channelOf(request: object): bigint | null {
  const { channel, parentPeer, peer } = request as Readonly<Record<string, unknown>>;
  for (const named of [channel, parentPeer, peer]) {
    if (typeof named !== 'object' || named === null) continue;
    const { channelId } = named as { readonly channelId?: unknown };
    if (typeof channelId === 'bigint') return channelId;
  }
  return null;
}

function ofDialogs(
  { dialogs, chats }: messages.Dialogs | messages.DialogsSlice | messages.PeerDialogs,
  context: OwnContext,
): readonly Input[] {
  const found: Input[] = [];
  const byId = new Map<bigint, base.Channel>();
  for (const chat of chats) if (chat._ === 'channel') byId.set(chat.id, chat);
  for (const dialog of dialogs) {
    if (dialog._ !== 'dialog' || dialog.pts === undefined) continue;
    if (dialog.peer._ !== 'peerChannel') continue;
    const { channelId: channel } = dialog.peer;
    const chat = byId.get(channel);
    if (chat === undefined || !isIn([chat], channel, context)) continue;
    found.push({ type: 'follow', channel, pts: dialog.pts });
  }
  return found;
}

/** Whether one is in a channel, or wants to hear of it all the same. */
function isIn(
  chats: readonly base.TypeChat[],
  channel: bigint,
  { isPolled }: Pick<OwnContext, 'isPolled'>,
): boolean {
  return chats.some(
    (chat) => chat._ === 'channel' && chat.id === channel && (!chat.left || isPolled(channel)),
  );
}

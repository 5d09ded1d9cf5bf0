import type { base } from '@tlgen/telegram';

/** Where an update belongs. */
export type Place =
  /** Numbered: it takes `count` numbers of its box up to `pts`. */
  | { readonly box: 'common' | 'qts' | bigint; readonly pts: number; readonly count: number }
  /** Ordered only with its container. */
  | { readonly box: 'seq' }
  /** Of interest only now: never waits for anything. */
  | { readonly box: 'none' }
  /** Says that updates are missing. */
  | { readonly box: 'missing'; readonly channel: bigint | null; readonly pts: number | null };

const WITHOUT_ORDER: ReadonlySet<string> = new Set<base.TypeUpdate['_']>([
  'updateUserTyping',
  'updateChatUserTyping',
  'updateChannelUserTyping',
  'updateEncryptedChatTyping',
  'updateUserStatus',
  'updateConfig',
  'updateDcOptions',
  'updateServiceNotification',
  'updateLangPackTooLong',
  'updateLoginToken',
  'updatePhoneCallSignalingData',
]);

/** Sorts updates by the field that numbers them. */
export function classify(update: base.TypeUpdate): Place {
  if (update._ === 'updatePtsChanged') return { box: 'missing', channel: null, pts: null };
  if (update._ === 'updateChannelTooLong') {
    return { box: 'missing', channel: update.channelId, pts: update.pts ?? null };
  }
  if (WITHOUT_ORDER.has(update._)) return { box: 'none' };
  if ('qts' in update) return { box: 'qts', pts: update.qts, count: update.qts > 0 ? 1 : 0 };
  // updateReadChannelInbox tells the pts but takes none; whatever its pts, it is true at once
  if (!('pts' in update) || !('ptsCount' in update)) return { box: 'seq' };
  const { pts, ptsCount } = update;
  if (pts < 0 || ptsCount < 0 || ptsCount > pts) return { box: 'seq' };
  const count = pts === 0 ? 0 : ptsCount;
  switch (update._) {
    case 'updateNewChannelMessage':
    case 'updateEditChannelMessage': {
      const channel = channelOf(update.message);
      return channel === null ? { box: 'seq' } : { box: channel, pts, count };
    }
    case 'updateDeleteChannelMessages':
    case 'updatePinnedChannelMessages':
    case 'updateChannelWebPage':
      return { box: update.channelId, pts, count };
    default:
      return { box: 'common', pts, count };
  }
}

/** The channel of a message, if it is in one. */
export function channelOf(message: base.TypeMessage): bigint | null {
  return message.peerId?._ === 'peerChannel' ? message.peerId.channelId : null;
}

/** Names the event of an update: the same whether it was pushed or came with a difference; null where nothing tells. */
export function keyOf(update: base.TypeUpdate): string | null {
  switch (update._) {
    case 'updateNewMessage':
    case 'updateNewChannelMessage':
      return `new:${channelOf(update.message) ?? 0n}:${update.message.id}`;
    case 'updateBotCallbackQuery':
    case 'updateInlineBotCallbackQuery':
    case 'updateBusinessBotCallbackQuery':
    case 'updateBotInlineQuery':
    case 'updateBotShippingQuery':
    case 'updateBotPrecheckoutQuery':
      return `query:${update.queryId}`;
    case 'updateNewEncryptedMessage':
      return `secret:${update.message.chatId}:${update.message.randomId}`;
    default: {
      const place = classify(update);
      if (!('pts' in place) || place.box === 'missing' || place.count === 0) return null;
      return `${update._}:${place.box}:${place.pts}`;
    }
  }
}

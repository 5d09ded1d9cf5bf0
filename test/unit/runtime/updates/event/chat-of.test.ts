import { base } from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import { markedId, parseMarkedId } from '../../../../../packages/runtime/src/peers/marked-id.js';
import { parseObject } from '../../../../../packages/runtime/src/peers/parse/parse-object.js';
import { chatIdOf, senderIdOf } from '../../../../../packages/runtime/src/updates/event/index.js';
import { RUNS } from '../../../../support/random.js';
import {
  channel,
  eventOf,
  group,
  newMessage,
  post,
  randomUpdate,
  serviceMessage,
  UPDATE_NAMES,
  user,
} from './kit.js';

const typing = new base.SendMessageTypingAction();
const CHANNEL = -1_000_000_000_005n;

/** Updates of which the chat is told somewhere that does not say it, or that are about no chat. */
const WITHOUT_CHAT = [
  'updateMessageID',
  'updateDeleteMessages',
  'updateNewAuthorization',
  'updateDcOptions',
  'updateServiceNotification',
  'updatePrivacy',
  'updateWebPage',
  'updateReadMessagesContents',
  'updateNewStickerSet',
  'updateStickerSetsOrder',
  'updateStickerSets',
  'updateSavedGifs',
  'updateReadFeaturedStickers',
  'updateRecentStickers',
  'updateConfig',
  'updatePtsChanged',
  'updatePinnedDialogs',
  'updateBotWebhookJSON',
  'updateBotWebhookJSONQuery',
  'updatePhoneCall',
  'updateLangPackTooLong',
  'updateLangPack',
  'updateFavedStickers',
  'updateContactsReset',
  'updateFolderPeers',
  'updatePeerLocated',
  'updateTheme',
  'updateLoginToken',
  'updateDialogFilter',
  'updateDialogFilterOrder',
  'updateDialogFilters',
  'updatePhoneCallSignalingData',
  'updateGroupCallParticipants',
  'updateGroupCallConnection',
  'updateAttachMenuBots',
  'updateWebViewResultSent',
  'updateSavedRingtones',
  'updateReadFeaturedEmojiStickers',
  'updateRecentEmojiStatuses',
  'updateRecentReactions',
  'updateMoveStickerSetToTop',
  'updateAutoSaveSettings',
  'updateStoryID',
  'updateStoriesStealthMode',
  'updatePinnedSavedDialogs',
  'updateSavedReactionTags',
  'updateSmsJob',
  'updateQuickReplies',
  'updateNewQuickReply',
  'updateDeleteQuickReply',
  'updateDeleteQuickReplyMessages',
  'updateBotBusinessConnect',
  'updateStarsBalance',
  'updatePaidReactionPrivacy',
  'updateSentPhoneCode',
  'updateGroupCallChainBlocks',
  'updateGroupCallMessage',
  'updateGroupCallEncryptedMessage',
  'updateDeleteGroupCallMessages',
  'updateStarGiftAuctionState',
  'updateStarGiftAuctionUserState',
  'updateEmojiGameInfo',
  'updateStarGiftCraftFail',
  'updateAiComposeTones',
  'updateWebBrowserSettings',
  'updateWebBrowserException',
];

describe('chatIdOf', () => {
  it('knows the chat of every update that tells one', () => {
    const silent = UPDATE_NAMES.filter((name) =>
      Array.from({ length: 16 }, (_, run) => chatIdOf(randomUpdate(name, run * 2))).every(
        (id) => id === null,
      ),
    );
    expect(silent).toEqual(WITHOUT_CHAT);
  });

  it('tells a marked id or null, and what requests take for the event is the same peer', () => {
    for (const name of UPDATE_NAMES) {
      for (let run = 0; run < 6 * RUNS; run++) {
        const event = eventOf(randomUpdate(name, run));
        const { chatId, senderId } = event;
        if (senderId !== null) expect(parseMarkedId(senderId).type).not.toBe('secret');
        if (chatId === null) continue;
        const { type, id } = parseMarkedId(chatId);
        if (type === 'secret') expect(() => parseObject(event)).toThrow(/secret chat/);
        else expect(parseObject(event), name).toMatchObject({ type, id });
      }
    }
  });

  it.each([
    ['a private chat', newMessage(), 100n],
    ['a group', newMessage({ peerId: group(9n) }), -9n],
    ['a channel', post(), CHANNEL],
    [
      'a message that has gone',
      new base.UpdateNewMessage({
        message: new base.MessageEmpty({ id: 1 }),
        pts: 1,
        ptsCount: 1,
      }),
      null,
    ],
    ['someone typing', new base.UpdateUserTyping({ userId: 3n, action: typing }), 3n],
    [
      'someone typing in a group, the group',
      new base.UpdateChatUserTyping({ chatId: 9n, fromId: user(3n), action: typing }),
      -9n,
    ],
    [
      'a deleted message, nobody knows',
      new base.UpdateDeleteMessages({
        messages: [1],
        pts: 1,
        ptsCount: 1,
      }),
      null,
    ],
    [
      'a member list',
      new base.UpdateChatParticipants({
        participants: new base.ChatParticipants({ chatId: 9n, participants: [], version: 1 }),
      }),
      -9n,
    ],
    [
      'a pinned dialog',
      new base.UpdateDialogPinned({ peer: new base.DialogPeer({ peer: channel(5n) }) }),
      CHANNEL,
    ],
    [
      'a pinned folder, none',
      new base.UpdateDialogPinned({ peer: new base.DialogPeerFolder({ folderId: 1 }) }),
      null,
    ],
    ['an id that no user has', newMessage({ peerId: user(-1n) }), null],
    ['an id that no channel has', post({ peerId: channel(1n << 62n) }), null],
  ])('%s', (_title, update, expected) => {
    expect(chatIdOf(update)).toBe(expected);
  });

  it.each([1, -1, 2 ** 31 - 1, -(2 ** 31)])('marks the secret chat %i', (chatId) => {
    const message = new base.EncryptedMessageService({
      randomId: 1n,
      chatId,
      date: 1,
      bytes: new Uint8Array(),
    });
    const updates = [
      new base.UpdateNewEncryptedMessage({ message, qts: 1 }),
      new base.UpdateEncryptedChatTyping({ chatId }),
      new base.UpdateEncryptedMessagesRead({ chatId, maxDate: 1, date: 1 }),
      new base.UpdateEncryption({ chat: new base.EncryptedChatEmpty({ id: chatId }), date: 1 }),
    ];
    for (const update of updates) {
      const marked = chatIdOf(update);
      expect(parseMarkedId(marked!)).toEqual({ type: 'secret', id: BigInt(chatId) });
    }
  });

  it('survives what no schema allows', () => {
    const odd: unknown[] = [
      null,
      7,
      [],
      {},
      { _: 5 },
      { _: 'updateNewMessage' },
      { _: 'updateNewMessage', message: 'text', peer: 3 },
      { _: 'updateX', peer: { _: 'peerUser' } },
      { _: 'updateX', peer: { _: 'peerUser', userId: 1.5 } },
      { _: 'updateX', userId: 'me' },
      { _: 'updateX', participants: [], chatId: {} },
      { _: 'updateEncryption', chat: null },
      { _: 'updateEncryptedChatTyping', chatId: 0 },
      { _: 'updateEncryptedChatTyping', chatId: 2 ** 31 },
      { _: 'updateEncryptedChatTyping', chatId: 1.5 },
    ];
    const loop: Record<string, unknown> = { _: 'updateX' };
    loop['peer'] = loop;
    for (const one of [...odd, loop]) {
      expect(chatIdOf(one as base.TypeUpdate)).toBeNull();
      expect(senderIdOf(one as base.TypeUpdate, 7n)).toBeNull();
    }
  });

  it('takes the numbers that ids were before layer 133', () => {
    expect(chatIdOf({ _: 'updateUserStatus', userId: 5 } as never)).toBe(5n);
    expect(chatIdOf({ _: 'updateNew', peer: { _: 'peerChannel', channelId: 5 } } as never)).toBe(
      markedId('channel', 5n),
    );
  });
});

describe('senderIdOf', () => {
  it.each([
    ['in a private chat, the other one', newMessage(), 100n],
    ['in a private chat, oneself', newMessage({ out: true }), 7n],
    ['in a group', newMessage({ peerId: group(9n), fromId: user(3n) }), 3n],
    ['in the name of a channel', newMessage({ peerId: group(9n), fromId: channel(5n) }), CHANNEL],
    ['a post', post({ post: true }), CHANNEL],
    ['in a group, nobody knows', newMessage({ peerId: group(9n) }), null],
    [
      'about the chat',
      serviceMessage(new base.MessageActionChatCreate({ title: '', users: [] })),
      100n,
    ],
    ['a status', new base.UpdateUserStatus({ userId: 3n, status: new base.UserStatusEmpty() }), 3n],
    [
      'typing in a group',
      new base.UpdateChatUserTyping({ chatId: 9n, fromId: user(3n), action: typing }),
      3n,
    ],
    [
      'a press of a button',
      new base.UpdateBusinessBotCallbackQuery({
        queryId: 1n,
        userId: 3n,
        connectionId: '',
        message: newMessage().message,
        chatInstance: 1n,
      }),
      3n,
    ],
    [
      'who changed a member',
      new base.UpdateChannelParticipant({
        channelId: 5n,
        date: 1,
        actorId: 4n,
        userId: 3n,
        qts: 1,
      }),
      4n,
    ],
    [
      'a vote',
      new base.UpdateMessagePollVote({
        pollId: 1n,
        peer: user(3n),
        options: [],
        positions: [],
        qts: 1,
      }),
      3n,
    ],
    [
      'who asks for a secret chat',
      new base.UpdateEncryption({
        chat: new base.EncryptedChatRequested({
          id: 1,
          accessHash: 1n,
          date: 1,
          adminId: 3n,
          participantId: 7n,
          gA: new Uint8Array(),
        }),
        date: 1,
      }),
      3n,
    ],
    ['what was read, nobody', new base.UpdateReadChannelOutbox({ channelId: 5n, maxId: 1 }), null],
  ])('%s', (_title, update, expected) => {
    expect(senderIdOf(update, 7n)).toBe(expected);
  });

  it('does not know who oneself is unless told', () => {
    expect(senderIdOf(newMessage({ out: true }))).toBeNull();
  });
});

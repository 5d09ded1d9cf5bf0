import { Random } from './random.mjs';
import { words } from './texts.mjs';

/*
 * What `messages.getHistory` answers, as JSON data of `fromJson`. Only fields that layers 198 and 227 share are used,
 * so that the same history can be written in both.
 */

const CHANNEL = '1734567890';

const base64 = (/** @type {Uint8Array} */ bytes) => Buffer.from(bytes).toString('base64');

/** @param {Random} r */
const userId = (r) => String(5_000_000_000 + r.below(50) * 1_234_567);

/** @param {Random} r */
function photo(r) {
  return {
    _: 'messageMediaPhoto',
    photo: {
      _: 'photo',
      id: String(r.long()),
      accessHash: String(r.long()),
      fileReference: base64(r.bytes(25)),
      date: 1_700_000_000 + r.below(1e6),
      dcId: 2,
      sizes: [
        { _: 'photoStrippedSize', type: 'i', bytes: base64(r.bytes(90 + r.below(120))) },
        { _: 'photoSize', type: 'm', w: 320, h: 240, size: 18_000 + r.below(4000) },
        { _: 'photoSize', type: 'x', w: 800, h: 600, size: 90_000 + r.below(9000) },
      ],
    },
  };
}

/** @param {Random} r */
function reactions(r) {
  const emoticons = r.chance(0.5) ? ['👍', '❤'] : ['🔥', '👏', '😁'];
  return {
    _: 'messageReactions',
    canSeeList: true,
    results: emoticons.map((emoticon) => ({
      _: 'reactionCount',
      reaction: { _: 'reactionEmoji', emoticon },
      count: 1 + r.below(40),
    })),
  };
}

const ENTITIES = [
  'messageEntityBold',
  'messageEntityItalic',
  'messageEntityUrl',
  'messageEntityMention',
];

/**
 * @param {Random} r
 * @param {string} text
 */
function entities(r, text) {
  return Array.from({ length: 1 + r.below(4) }, (_, i) => ({
    _: ENTITIES[i],
    offset: r.below(text.length),
    length: 1 + r.below(12),
  }));
}

/**
 * @param {Random} r
 * @param {number} i
 */
function message(r, i) {
  const text = words(r, 20 + r.below(150), i % 2 === 1);
  return {
    _: 'message',
    id: 90_000 + i,
    fromId: { _: 'peerUser', userId: userId(r) },
    peerId: { _: 'peerChannel', channelId: CHANNEL },
    date: 1_750_000_000 + i * 60,
    message: text,
    ...(i % 10 === 0 ? { out: true } : {}),
    ...(i % 3 === 0
      ? { replyTo: { _: 'messageReplyHeader', replyToMsgId: 89_900 + i, replyToTopId: 80_000 } }
      : {}),
    ...(i % 5 === 0 ? { media: photo(r) } : {}),
    ...(i % 2 === 0 ? { entities: entities(r, text) } : {}),
    ...(i % 4 === 1 ? { views: r.below(1e5), forwards: r.below(300) } : {}),
    ...(i % 2 === 0 ? { reactions: reactions(r) } : {}),
    ...(i % 7 === 0 ? { editDate: 1_750_000_100 + i * 60 } : {}),
  };
}

/**
 * @param {Random} r
 * @param {number} i
 */
function user(r, i) {
  const cyrillic = i % 2 === 1;
  return {
    _: 'user',
    id: String(5_000_000_000 + i * 1_234_567),
    accessHash: String(r.long()),
    firstName: words(r, 4, cyrillic),
    lastName: words(r, 7, cyrillic),
    ...(i % 3 !== 0 ? { username: `user_${i}_${words(r, 3, false).replace(/ /g, '_')}` } : {}),
    photo: {
      _: 'userProfilePhoto',
      photoId: String(r.long()),
      dcId: 1 + r.below(5),
      ...(i % 2 === 0 ? { strippedThumb: base64(r.bytes(80 + r.below(60))) } : {}),
    },
    status: r.chance(0.5)
      ? { _: 'userStatusRecently' }
      : { _: 'userStatusOffline', wasOnline: 1_750_000_000 + r.below(1e6) },
    ...(i % 10 === 0 ? { premium: true } : {}),
  };
}

/**
 * @param {Random} r
 * @param {number} i
 */
function channel(r, i) {
  return {
    _: 'channel',
    id: i === 0 ? CHANNEL : String(1_600_000_000 + i),
    accessHash: String(r.long()),
    title: words(r, 16, i % 2 === 1),
    username: `channel_number_${i}`,
    photo: {
      _: 'chatPhoto',
      photoId: String(r.long()),
      dcId: 2,
      strippedThumb: base64(r.bytes(80 + r.below(60))),
    },
    date: 1_600_000_000 + r.below(1e6),
    megagroup: true,
    participantsCount: r.below(100_000),
    defaultBannedRights: { _: 'chatBannedRights', sendPolls: true, untilDate: 2_147_483_647 },
  };
}

/**
 * @param {number} messages
 * @param {number} users
 * @param {number} channels
 * @param {boolean} withTopics - whether the layer has `topics`
 */
export function history(messages, users, channels, withTopics) {
  const r = new Random(20_260_727);
  const list = (/** @type {number} */ n, /** @type {(r: Random, i: number) => object} */ make) =>
    Array.from({ length: n }, (_, i) => make(r, i));
  return {
    _: 'messages.messages',
    messages: list(messages, message),
    ...(withTopics ? { topics: [] } : {}),
    chats: list(channels, channel),
    users: list(users, user),
  };
}

/** A request as small clients send them all day. */
export const sendMessage = {
  _: 'messages.sendMessage',
  peer: { _: 'inputPeerUser', userId: '5001234567', accessHash: '7234567890123456789' },
  message: 'Are you coming to the meeting tomorrow at ten?',
  randomId: '-3344556677889900112',
  clearDraft: true,
};

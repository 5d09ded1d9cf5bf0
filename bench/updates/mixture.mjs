import { Random } from '../random.mjs';
import { words } from '../texts.mjs';

/*
 * What an account with busy groups is sent, as JSON data of `fromJson`. Only fields that layers 198 and 227 share are
 * used, so that all libraries get the same.
 */

/** Updates of one round. */
export const ROUND = 2000;

/** Of twenty updates. Reads of channels that carry a pts are left out: mtcute drops those that a message overtakes. */
const KINDS = [
  'post',
  'message',
  'post',
  'post',
  'message',
  'typing',
  'post',
  'read',
  'post',
  'message',
  'editPost',
  'post',
  'message',
  'delete',
  'post',
  'typingInGroup',
  'readPost',
  'post',
  'edit',
  'deletePost',
];

/** Updates of a round that bring a new message. */
export const MESSAGES =
  KINDS.filter((kind) => kind === 'post' || kind === 'message').length * (ROUND / KINDS.length);

/**
 * Where the boxes stand, and who is there.
 *
 * @typedef {object} Stage
 * @property {number} date
 * @property {Box} box - private chats
 * @property {number} seq
 * @property {any[]} users - JSON data
 * @property {{ box: Box, chat: any }[]} groups
 *
 * @typedef {object} Box
 * @property {number} pts
 * @property {number} id - of the newest message
 *
 * @typedef {{ body: any, updates: any[] }} Pushed - a container as JSON data, and the updates in it, in their whole form
 */

/** A person as servers show them. @param {string} id @param {string} accessHash @param {number} i */
export function person(id, accessHash, i) {
  const r = new Random(i + 1);
  return {
    _: 'user',
    id,
    accessHash,
    contact: true,
    firstName: words(r, 4, i % 2 === 1),
    lastName: words(r, 7, i % 2 === 1),
    username: `correspondent_${i}`,
    photo: {
      _: 'userProfilePhoto',
      photoId: String(r.long()),
      dcId: 2,
      strippedThumb: Buffer.from(r.bytes(90)).toString('base64'),
    },
    status: { _: 'userStatusRecently' },
  };
}

/** A supergroup as servers show it. @param {string} id @param {string} accessHash @param {number} i */
export function supergroup(id, accessHash, i) {
  const r = new Random(i + 1000);
  return {
    _: 'channel',
    id,
    accessHash,
    title: words(r, 16, i % 2 === 1),
    photo: {
      _: 'chatPhoto',
      photoId: String(r.long()),
      dcId: 2,
      strippedThumb: Buffer.from(r.bytes(90)).toString('base64'),
    },
    date: 1_700_000_000,
    megagroup: true,
    participantsCount: 1200,
    defaultBannedRights: { _: 'chatBannedRights', untilDate: 0 },
  };
}

/**
 * The next round of updates; what is left in `stage` is where the boxes stand then. Each round differs from the one
 * before by what is counted, and by nothing else.
 *
 * @param {Stage} stage
 * @param {number} each - updates per container
 * @returns {Pushed[]}
 */
export function nextRound(stage, each) {
  const r = new Random(2027);
  const made = Array.from({ length: ROUND }, (_, i) =>
    makers[/** @type {keyof typeof makers} */ (KINDS[i % KINDS.length])](stage, r, i),
  );
  if (each === 1) return made.map((one, i) => alone(stage, one, i));
  const pushed = [];
  for (let at = 0; at < ROUND; at += each)
    pushed.push(container(stage, made.slice(at, at + each), 0));
  return pushed;
}

/** @typedef {{ update: any, users?: any[], chats?: any[] }} Made */

/** @type {Record<string, (stage: Stage, r: Random, i: number) => Made>} */
const makers = {
  message(stage, r, i) {
    const user = r.pick(stage.users);
    const message = text(r, i, { ...direct(user), id: ++stage.box.id, date: stage.date });
    return { update: counted('updateNewMessage', stage.box, { message }), users: [user] };
  },
  edit(stage, r, i) {
    const user = r.pick(stage.users);
    const body = { ...direct(user), id: stage.box.id - 1, date: stage.date, editDate: stage.date };
    const message = text(r, i, body);
    return { update: counted('updateEditMessage', stage.box, { message }), users: [user] };
  },
  delete(stage) {
    const messages = [stage.box.id - 3, stage.box.id - 2];
    return { update: counted('updateDeleteMessages', stage.box, { messages }, 2) };
  },
  read(stage, r, i) {
    const user = r.pick(stage.users);
    const { peerId: peer } = direct(user);
    const maxId = stage.box.id;
    const update =
      i % 40 < 20
        ? counted('updateReadHistoryInbox', stage.box, { peer, maxId, stillUnreadCount: 0 })
        : counted('updateReadHistoryOutbox', stage.box, { peer, maxId });
    return { update, users: [user] };
  },
  typing(stage, r) {
    const { id: userId } = r.pick(stage.users);
    return { update: { _: 'updateUserTyping', userId, action: { _: 'sendMessageTypingAction' } } };
  },
  post(stage, r, i) {
    const { user, group, body } = posted(stage, r);
    const message = text(r, i, { ...body, id: ++group.box.id });
    const update = counted('updateNewChannelMessage', group.box, { message });
    return { update, users: [user], chats: [group.chat] };
  },
  editPost(stage, r, i) {
    const { user, group, body } = posted(stage, r);
    const message = text(r, i, { ...body, id: group.box.id - 1, editDate: stage.date });
    const update = counted('updateEditChannelMessage', group.box, { message });
    return { update, users: [user], chats: [group.chat] };
  },
  deletePost(stage, r) {
    const { box, chat } = r.pick(stage.groups);
    const fields = { channelId: chat.id, messages: [box.id - 2] };
    return { update: counted('updateDeleteChannelMessages', box, fields), chats: [chat] };
  },
  readPost(stage, r) {
    const { box, chat } = r.pick(stage.groups);
    // Each time another one, also where nothing was written since.
    const update = { _: 'updateReadChannelOutbox', channelId: chat.id, maxId: ++box.id };
    return { update, chats: [chat] };
  },
  typingInGroup(stage, r) {
    const { user, group } = posted(stage, r);
    const update = {
      _: 'updateChannelUserTyping',
      channelId: group.chat.id,
      fromId: { _: 'peerUser', userId: user.id },
      action: { _: 'sendMessageTypingAction' },
    };
    return { update };
  },
};

/** @param {any} user */
const direct = ({ id: userId }) => ({
  peerId: { _: 'peerUser', userId },
  fromId: { _: 'peerUser', userId },
});

/** @param {Stage} stage @param {Random} r */
function posted(stage, r) {
  const user = r.pick(stage.users);
  const group = r.pick(stage.groups);
  const peerId = { _: 'peerChannel', channelId: group.chat.id };
  const fromId = { _: 'peerUser', userId: user.id };
  return { user, group, body: { peerId, fromId, date: stage.date } };
}

/** Some are formatted, some answer another one. @param {Random} r @param {number} i @param {any} body */
function text(r, i, body) {
  const message = words(r, 10 + r.below(110), i % 2 === 1);
  const entities = [{ _: 'messageEntityBold', offset: 0, length: 4 }];
  const replyTo = { _: 'messageReplyHeader', replyToMsgId: body.id - 4 };
  return {
    _: 'message',
    ...body,
    message,
    ...(i % 3 === 0 ? { entities } : {}),
    ...(i % 4 === 0 ? { replyTo } : {}),
  };
}

/** @param {string} _ @param {Box} box @param {object} fields @param {number} ptsCount */
function counted(_, box, fields, ptsCount = 1) {
  box.pts += ptsCount;
  return { _, ...fields, pts: box.pts, ptsCount };
}

/** As servers send it when nothing else comes at that time: some in short forms. */
function alone(/** @type {Stage} */ stage, /** @type {Made} */ made, /** @type {number} */ i) {
  const { update } = made;
  const updates = [update];
  switch (update._) {
    case 'updateUserTyping':
    case 'updateChannelUserTyping':
      return { body: { _: 'updateShort', update, date: stage.date }, updates };
    case 'updateNewMessage':
      // The others come with the user.
      return i % 3 === 0 ? container(stage, [made], 0) : { body: short(update), updates };
    case 'updateReadChannelOutbox':
      return container(stage, [made], ++stage.seq);
    default:
      return container(stage, [made], 0);
  }
}

/** @param {any} update */
function short({ message: { id, message, date, entities, replyTo, fromId }, pts, ptsCount }) {
  return {
    _: 'updateShortMessage',
    id,
    userId: fromId.userId,
    message,
    pts,
    ptsCount,
    date,
    ...(entities ? { entities } : {}),
    ...(replyTo ? { replyTo } : {}),
  };
}

/**
 * @param {Stage} stage
 * @param {Made[]} made
 * @param {number} seq
 */
function container({ date }, made, seq) {
  const updates = made.map(({ update }) => update);
  const users = [...new Set(made.flatMap((one) => one.users ?? []))];
  const chats = [...new Set(made.flatMap((one) => one.chats ?? []))];
  return { body: { _: 'updates', updates, users, chats, date, seq }, updates };
}

import { base } from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import { PeerError } from '../../../../../packages/runtime/src/peers/errors.js';
import { chatIdOf } from '../../../../../packages/runtime/src/updates/event/index.js';
import { FilterError, filters } from '../../../../../packages/runtime/src/updates/filters/index.js';
import { channel, edit, group, newMessage, post, user } from '../event/kit.js';
import { found, passes } from './kit.js';

const CHANNEL = -1_000_000_000_005n;
const photo = new base.ChatPhotoEmpty();
const entity = (init: object): base.Channel =>
  new base.Channel({ id: 5n, title: 'News', photo, date: 1, ...init });
const broadcast = { chats: [entity({ broadcast: true, username: 'TheNews' })] };
const megagroup = { chats: [entity({ megagroup: true })] };
const read = new base.UpdateReadChannelOutbox({ channelId: 5n, maxId: 1 });
const inGroup = newMessage({ peerId: group(9n), fromId: user(3n) });
const encrypted = new base.UpdateEncryptedChatTyping({ chatId: 1 });
const online = new base.UpdateUserStatus({ userId: 100n, status: new base.UserStatusEmpty() });
const config = new base.UpdateConfig();

/** Which of the filters of kinds of chats let it pass. */
const kinds = (...args: [Parameters<typeof found>[1], Parameters<typeof found>[2]?]): string[] =>
  (['private', 'group', 'supergroup', 'channel', 'secret'] as const).filter((name) =>
    passes(filters[name], ...args),
  );

describe('kinds of chats', () => {
  it.each([
    ['a private chat', newMessage(), undefined, ['private']],
    ['a status', online, undefined, ['private']],
    ['a basic group', inGroup, undefined, ['group']],
    ['a supergroup', post(), megagroup, ['group', 'supergroup']],
    ['a channel', post(), broadcast, ['channel']],
    ['what is read in a channel', read, broadcast, ['channel']],
    [
      'a channel that cannot be entered',
      read,
      {
        chats: [new base.ChannelForbidden({ id: 5n, accessHash: 1n, title: '', broadcast: true })],
      },
      ['channel'],
    ],
    ['of neither kind', read, { chats: [entity({})] }, []],
    ['a post, without the channel', post({ post: true }), undefined, ['channel']],
    [
      'a message, without the group',
      post({ fromId: user(3n) }),
      undefined,
      ['group', 'supergroup'],
    ],
    ['nobody knows', post(), undefined, []],
    ['nobody knows what is read', read, undefined, []],
    ['a secret chat', encrypted, undefined, ['secret']],
    ['no chat', config, undefined, []],
  ])('%s', (_title, update, options, expected) => {
    expect(kinds(update, options)).toEqual(expected);
  });

  it('add the id of the chat', () => {
    expect(found(filters.private, newMessage())).toEqual({ chatId: 100n });
    expect(found(filters.group, inGroup)).toEqual({ chatId: -9n });
    expect(found(filters.channel, post(), broadcast)).toEqual({ chatId: CHANNEL });
    expect(found(filters.secret, encrypted)).toEqual({
      chatId: -1_999_999_999_999n,
      update: encrypted,
    });
  });

  it('self is Saved Messages', () => {
    expect(found(filters.self, newMessage({ peerId: user(7n) }))).toEqual({ chatId: 7n });
    expect(passes(filters.self, newMessage())).toBe(false);
    expect(passes(filters.self, config)).toBe(false);
    expect(passes(filters.self, config, { self: null })).toBe(false);
    expect(passes(filters.self, newMessage({ peerId: user(7n) }), { self: null })).toBe(false);
  });
});

describe('chat', () => {
  it.each([
    ['an id', [100n], newMessage(), true],
    ['a number', [100], newMessage(), true],
    ['one of them', [1n, -9], inGroup, true],
    ['a marked id', [CHANNEL], post(), true],
    ['an edit', [100n], edit(), true],
    ['another', [101n], newMessage(), false],
    ['who sent it, which is something else', [3n], inGroup, false],
    ['none', [], newMessage(), false],
    ['no chat', [100n], config, false],
  ])('%s', (_title, ids, update, expected) => {
    expect(passes(filters.chat(...ids), update)).toBe(expected);
  });

  it('compares names in any case', () => {
    for (const name of ['thenews', '@TheNews', ' THENEWS ']) {
      expect(found(filters.chat(name), read, broadcast)).toEqual({ chatId: CHANNEL });
    }
    expect(passes(filters.chat('other'), read, broadcast)).toBe(false);
    expect(passes(filters.chat('thenews'), read)).toBe(false);
    expect(passes(filters.chat('thenews', CHANNEL), read)).toBe(true);
  });

  it('knows further names, not those that are switched off', () => {
    const usernames = [
      new base.Username({ username: 'Main', active: true }),
      new base.Username({ username: 'Second', active: true }),
      new base.Username({ username: 'Old' }),
    ];
    const chats = [entity({ usernames })];
    expect(passes(filters.chat('@second'), read, { chats })).toBe(true);
    expect(passes(filters.chat('@main'), read, { chats })).toBe(true);
    expect(passes(filters.chat('@old'), read, { chats })).toBe(false);
    const users = [new base.User({ id: 100n, usernames })];
    expect(passes(filters.chat('@second'), newMessage(), { users })).toBe(true);
  });

  it.each(['', '@', 'two words', '-100', 'https://t.me/news'])('refuses the name %j', (name) => {
    expect(() => filters.chat(name)).toThrow(FilterError);
    expect(() => filters.from(name)).toThrow(/filters\.from: .* is no user name/);
  });

  it.each([0n, 0, 1.5, Number.NaN, 1n << 63n])('refuses the id %s', (id) => {
    expect(() => filters.chat(id)).toThrow(PeerError);
    expect(() => filters.from(id)).toThrow(PeerError);
  });
});

describe('from', () => {
  it('knows who sent or did it', () => {
    expect(found(filters.from(3), inGroup)).toEqual({ senderId: 3n });
    expect(passes(filters.from(-9), inGroup)).toBe(false);
    expect(found(filters.from(100n), online)).toEqual({ senderId: 100n });
    expect(found(filters.from(CHANNEL), newMessage({ fromId: channel(5n) }))).toEqual({
      senderId: CHANNEL,
    });
    expect(found(filters.from(7), newMessage({ out: true }))).toEqual({ senderId: 7n });
    expect(passes(filters.from(7), config)).toBe(false);
  });

  it('compares names', () => {
    const users = [new base.User({ id: 3n, username: 'Ann' })];
    expect(passes(filters.from('@ANN'), inGroup, { users })).toBe(true);
    expect(passes(filters.from('@bob'), inGroup, { users })).toBe(false);
    expect(passes(filters.from('@ann'), inGroup)).toBe(false);
  });
});

describe('update', () => {
  it('tells updates by their names', () => {
    const filter = filters.update('updateUserStatus', 'updateUserName');
    expect(found(filter, online)).toEqual({ update: online });
    expect(passes(filter, config)).toBe(false);
    expect(() => filters.update()).toThrow(FilterError);
  });

  it('userStatus and typing', () => {
    expect(found(filters.userStatus, online)).toEqual({ update: online, status: online.status });
    expect(passes(filters.userStatus, newMessage())).toBe(false);
    const action = new base.SendMessageTypingAction();
    const updates = [
      new base.UpdateUserTyping({ userId: 3n, action }),
      new base.UpdateChatUserTyping({ chatId: 9n, fromId: user(3n), action }),
      new base.UpdateChannelUserTyping({ channelId: 5n, fromId: user(3n), action }),
    ];
    for (const update of updates) {
      expect(found(filters.typing, update)).toEqual({ update, chatId: chatIdOf(update), action });
      expect(passes(filters.from(3), update)).toBe(true);
    }
    const cancel = new base.SendMessageCancelAction();
    expect(passes(filters.typing, new base.UpdateUserTyping({ userId: 3n, action: cancel }))).toBe(
      false,
    );
    expect(passes(filters.typing, online)).toBe(false);
  });
});

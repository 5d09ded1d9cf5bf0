import { layoutOf, TlObject, type PeerLike, type TlClass } from '@tlgen/codec';
import * as tl from '@tlgen/telegram';
import { channels, contacts, help, messages, users } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PeerError } from '../../../../packages/runtime/src/peers/errors.js';
import { parsePeer } from '../../../../packages/runtime/src/peers/parse/parse-peer.js';
import type { PeerReference } from '../../../../packages/runtime/src/peers/parse/reference.js';
import type { PeerInfo } from '../../../../packages/runtime/src/peers/types.js';
import { RUNS, SEED } from '../../../support/random.js';

const runs = { numRuns: 1000 * RUNS, seed: SEED };

const user = (id: bigint): PeerReference => ({ kind: 'id', type: 'user', id });
const chat = (id: bigint): PeerReference => ({ kind: 'id', type: 'chat', id });
const channel = (id: bigint): PeerReference => ({ kind: 'id', type: 'channel', id });
const name = (username: string): PeerReference => ({ kind: 'username', username });
const phone = (digits: string): PeerReference => ({ kind: 'phone', phone: digits });
const invite = (hash: string): PeerReference => ({ kind: 'invite', hash });

describe('texts and numbers', () => {
  it.each<readonly [string | number | bigint, PeerReference]>([
    ['me', { kind: 'self' }],
    ['Self', { kind: 'self' }],
    ['support', { kind: 'support' }],
    ['@durov', name('durov')],
    ['durov', name('durov')],
    ['  @Durov\n', name('Durov')],
    ['@a', name('a')],
    ['id_1234', name('id_1234')],
    [12, user(12n)],
    ['12', user(12n)],
    [-100412412901, chat(100_412_412_901n)],
    ['-100412412901', chat(100_412_412_901n)],
    ['-1001234567890', channel(1_234_567_890n)],
    [-1_000_123_456_789n, channel(123_456_789n)],
    ['+1 (234) 567-89.01', phone('12345678901')],
    ['user#1', user(1n)],
    ['User#id1', user(1n)],
    ['chat#100412412901', chat(100_412_412_901n)],
    ['channel#7', channel(7n)],
    ['https://t.me/durov', name('durov')],
    ['http://t.me/durov/', name('durov')],
    ['HTTPS://T.ME/durov', name('durov')],
    ['t.me/durov', name('durov')],
    ['www.t.me/durov', name('durov')],
    ['t.me/@durov', name('durov')],
    ['t.me/durov/123', name('durov')],
    ['t.me/durov/123/456?single', name('durov')],
    ['t.me/durov?start=abc#x', name('durov')],
    ['https://t.me/s/durov', name('durov')],
    ['telegram.me/durov', name('durov')],
    ['https://telegram.dog/durov', name('durov')],
    ['https://durov.t.me', name('durov')],
    ['durov.t.me/12', name('durov')],
    ['https://t.me/c/1234567890/55', channel(1_234_567_890n)],
    ['t.me/c/1234567890', channel(1_234_567_890n)],
    ['t.me/c/-1001234567890/5', channel(1_234_567_890n)],
    ['https://t.me/+AbCd_-1234567890', invite('AbCd_-1234567890')],
    ['https://t.me/%2BAbCd_-1234567890', invite('AbCd_-1234567890')],
    ['https://t.me/joinchat/AbCd_-1234567890', invite('AbCd_-1234567890')],
    ['t.me/+1234567890123456', invite('1234567890123456')],
    ['t.me/+12345678901', phone('12345678901')],
    ['tg://resolve?domain=durov&post=3', name('durov')],
    ['tg:resolve?domain=durov', name('durov')],
    ['tg://resolve?phone=12345678901', phone('12345678901')],
    ['tg://resolve?phone=+12345678901', phone('12345678901')],
    ['tg://user?id=5', user(5n)],
    ['tg://openmessage?user_id=5', user(5n)],
    ['tg://openmessage?chat_id=6&message_id=2', chat(6n)],
    ['tg://join?invite=AbCd_-1234567890', invite('AbCd_-1234567890')],
    ['tg://privatepost?channel=77&post=1', channel(77n)],
  ])('%s', (given, meant) => {
    expect(parsePeer(given)).toEqual(meant);
  });

  it.each([
    '',
    '  ',
    '@',
    '@1abc',
    'two words',
    'naïve',
    `a${'b'.repeat(32)}`,
    '0',
    '99999999999999999999999999',
    '+12',
    '+12345abc',
    'user#0',
    'chat#9999999999999',
    'user#-1',
    't.me',
    't.me/',
    't.me/joinchat',
    't.me/+ab',
    't.me/addstickers/abc',
    't.me/c/x/1',
    't.me/c/-5',
    'https://example.org/durov',
    'durov.example.org',
    'tg://settings',
    'tg://resolve?x=1',
    'tg://user?id=99999999999999999999999',
    'x'.repeat(100_000),
    1.5,
    2 ** 60,
    -1_999_999_999_999n,
  ])('refuses %s', (given) => {
    expect(() => parsePeer(given)).toThrow(PeerError);
    try {
      parsePeer(given);
    } catch (error) {
      expect(error).toMatchObject({ name: 'PeerError', code: 'BAD_PEER' });
      expect((error as Error).message.length).toBeLessThan(700);
    }
  });

  it('says what was given and what is accepted', () => {
    expect(() => parsePeer('two words')).toThrow(
      /^"two words" names no peer: .*Accepted: 'me'.*'@name'.*t\.me.*'user#123'/,
    );
    expect(() => parsePeer(-1_999_999_999_999n)).toThrow(/secret chat.*client\.secretChats/);
  });
});

const full = new tl.User({ id: 5n, accessHash: 50n, firstName: 'A' });
const bare = new tl.User({ id: 5n });
const min = new tl.User({ id: 5n, accessHash: 51n, min: true });
const photo = new tl.ChatPhotoEmpty();
const group = new tl.Chat({ id: 6n, title: 'G', photo, participantsCount: 1, date: 1, version: 1 });
const news = new tl.Channel({ id: 7n, accessHash: 70n, title: 'C', photo, date: 1 });
const message = (peerId: tl.TypePeer): tl.Message =>
  new tl.Message({ id: 1, peerId, fromId: new tl.PeerUser({ userId: 9n }), date: 1, message: '' });
const inGroup = message(new tl.PeerChat({ chatId: 6n }));
const inChannel = message(new tl.PeerChannel({ channelId: 7n }));
const userHash: PeerReference = { kind: 'hash', type: 'user', id: 5n, accessHash: 50n };
const channelHash: PeerReference = { kind: 'hash', type: 'channel', id: 7n, accessHash: 70n };
const pts = { pts: 1, ptsCount: 1 };

const OBJECTS: readonly (readonly [TlObject, PeerReference])[] = [
  [new tl.InputPeerSelf(), { kind: 'self' }],
  [new tl.InputUserSelf(), { kind: 'self' }],
  [new tl.InputPeerEmpty(), { kind: 'empty' }],
  [new tl.InputUserEmpty(), { kind: 'empty' }],
  [new tl.InputChannelEmpty(), { kind: 'empty' }],
  [new tl.InputPeerUser({ userId: 5n, accessHash: 50n }), userHash],
  [new tl.InputUser({ userId: 5n, accessHash: 50n }), userHash],
  [new tl.InputPeerChat({ chatId: 6n }), chat(6n)],
  [new tl.InputPeerChannel({ channelId: 7n, accessHash: 70n }), channelHash],
  [new tl.InputChannel({ channelId: 7n, accessHash: 70n }), channelHash],
  [
    new tl.InputPeerUserFromMessage({
      peer: new tl.InputPeerChannel({ channelId: 7n, accessHash: 70n }),
      msgId: 3,
      userId: 5n,
    }),
    { kind: 'from-message', type: 'user', id: 5n, peer: channelHash, messageId: 3 },
  ],
  [
    new tl.InputChannelFromMessage({ peer: new tl.InputPeerSelf(), msgId: 3, channelId: 8n }),
    { kind: 'from-message', type: 'channel', id: 8n, peer: { kind: 'self' }, messageId: 3 },
  ],
  [new tl.PeerUser({ userId: 5n }), user(5n)],
  [new tl.PeerChat({ chatId: 6n }), chat(6n)],
  [new tl.PeerChannel({ channelId: 7n }), channel(7n)],
  [full, userHash],
  [bare, user(5n)],
  [min, user(5n)],
  [new tl.UserEmpty({ id: 5n }), user(5n)],
  [group, chat(6n)],
  [new tl.ChatEmpty({ id: 6n }), chat(6n)],
  [new tl.ChatForbidden({ id: 6n, title: 'G' }), chat(6n)],
  [news, channelHash],
  [new tl.ChannelForbidden({ id: 7n, accessHash: 70n, title: 'C' }), channelHash],
  [
    new users.UserFull({
      fullUser: new tl.UserFull({
        id: 5n,
        settings: new tl.PeerSettings({}),
        notifySettings: new tl.PeerNotifySettings({}),
        commonChatsCount: 0,
      }),
      chats: [],
      users: [],
    }),
    user(5n),
  ],
  [
    new tl.ChatFull({
      id: 6n,
      about: '',
      participants: new tl.ChatParticipants({ chatId: 6n, participants: [], version: 1 }),
      notifySettings: new tl.PeerNotifySettings({}),
    }),
    chat(6n),
  ],
  [
    new contacts.ResolvedPeer({ peer: new tl.PeerUser({ userId: 5n }), chats: [], users: [full] }),
    user(5n),
  ],
  [new tl.ChatInviteAlready({ chat: news }), channelHash],
  [new help.Support({ phoneNumber: '1', user: full }), userHash],
  [new tl.DialogPeer({ peer: new tl.PeerChat({ chatId: 6n }) }), chat(6n)],
  [new tl.ChatParticipant({ userId: 5n, inviterId: 9n, date: 1 }), user(5n)],
  [new tl.ChannelParticipant({ userId: 5n, date: 1 }), user(5n)],
  [new tl.ChannelParticipantLeft({ peer: new tl.PeerUser({ userId: 5n }) }), user(5n)],
  [
    new channels.ChannelParticipant({
      participant: new tl.ChannelParticipant({ userId: 5n, date: 1 }),
      chats: [],
      users: [],
    }),
    user(5n),
  ],
  [inGroup, chat(6n)],
  [
    new tl.MessageService({
      id: 1,
      peerId: new tl.PeerUser({ userId: 5n }),
      date: 1,
      action: new tl.MessageActionPinMessage(),
    }),
    user(5n),
  ],
  [new tl.MessageEmpty({ id: 1, peerId: new tl.PeerChat({ chatId: 6n }) }), chat(6n)],
  [new tl.UpdateNewMessage({ message: inGroup, ...pts }), chat(6n)],
  [new tl.UpdateEditMessage({ message: inGroup, ...pts }), chat(6n)],
  [new tl.UpdateNewChannelMessage({ message: inChannel, ...pts }), channel(7n)],
  [new tl.UpdateShortMessage({ id: 1, userId: 5n, message: 'x', date: 1, ...pts }), user(5n)],
  [
    new tl.UpdateShortChatMessage({
      id: 1,
      fromId: 9n,
      chatId: 6n,
      message: 'x',
      date: 1,
      ...pts,
    }),
    chat(6n),
  ],
  [new tl.UpdateUserStatus({ userId: 5n, status: new tl.UserStatusEmpty() }), user(5n)],
  [new tl.UpdateChannel({ channelId: 7n }), channel(7n)],
  [new tl.UpdateChat({ chatId: 6n }), chat(6n)],
  [
    new tl.UpdateChatParticipantAdd({ chatId: 6n, userId: 5n, inviterId: 9n, date: 1, version: 1 }),
    chat(6n),
  ],
  [
    new tl.UpdateBotCallbackQuery({
      queryId: 1n,
      userId: 9n,
      peer: new tl.PeerChat({ chatId: 6n }),
      msgId: 1,
      chatInstance: 1n,
    }),
    chat(6n),
  ],
  [new tl.UpdatePeerBlocked({ peerId: new tl.PeerUser({ userId: 5n }), blocked: true }), user(5n)],
  [
    new tl.UpdateShort({ update: new tl.UpdateNewMessage({ message: inGroup, ...pts }), date: 1 }),
    chat(6n),
  ],
  [
    new tl.Updates({
      updates: [
        new tl.UpdateMessageID({ id: 1, randomId: 1n }),
        new tl.UpdateReadChannelInbox({ channelId: 8n, maxId: 1, stillUnreadCount: 0, pts: 1 }),
        new tl.UpdateNewChannelMessage({ message: inChannel, ...pts }),
        new tl.UpdateNewChannelMessage({ message: inChannel, ...pts }),
      ],
      users: [],
      chats: [],
      date: 1,
      seq: 0,
    }),
    channel(7n),
  ],
  [
    new messages.InvitedUsers({
      updates: new tl.Updates({
        updates: [new tl.UpdateNewMessage({ message: inGroup, ...pts })],
        users: [],
        chats: [],
        date: 1,
        seq: 0,
      }),
      missingInvitees: [],
    }),
    chat(6n),
  ],
];

/** The same as plain data, as programs build it. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!(value instanceof TlObject)) return value;
  return Object.fromEntries([
    ['_', value._],
    ...Object.entries(value).map(([key, held]) => [key, plain(held)] as const),
  ]);
}

describe('objects', () => {
  it.each(OBJECTS.map(([object, meant]) => [object._, object, meant] as const))(
    '%s',
    (_, object, meant) => {
      const before = JSON.stringify(object.toJSON());
      expect(parsePeer(object)).toEqual(meant);
      expect(parsePeer(plain(object) as TlObject)).toEqual(meant);
      // As JSON has it: longs in decimal.
      expect(parsePeer(object.toJSON() as unknown as TlObject)).toEqual(meant);
      expect(JSON.stringify(object.toJSON())).toBe(before);
    },
  );

  it('never changes what it is given', () => {
    const given = Object.freeze({ _: 'peerChannel', channelId: 1_234_567_890n });
    expect(parsePeer(given as unknown as TlObject)).toEqual(channel(1_234_567_890n));
  });

  it('takes what info tells', () => {
    const info: PeerInfo = {
      type: 'channel',
      id: 7n,
      markedId: -1_000_000_000_007n,
      name: 'C',
      usernames: [],
      peer: new tl.PeerChannel({ channelId: 7n }),
      inputPeer: new tl.InputPeerChannel({ channelId: 7n, accessHash: 70n }),
      inputChannel: new tl.InputChannel({ channelId: 7n, accessHash: 70n }),
    };
    expect(parsePeer(info)).toEqual(channelHash);
  });

  const twoChats = new tl.Updates({
    updates: [
      new tl.UpdateNewMessage({ message: inGroup, ...pts }),
      new tl.UpdateNewChannelMessage({ message: inChannel, ...pts }),
    ],
    users: [],
    chats: [],
    date: 1,
    seq: 0,
  });
  const round: Record<string, unknown> = { _: 'x' };
  round['peer'] = round;

  it.each<readonly [string, unknown]>([
    ['null', null],
    ['undefined', undefined],
    ['a boolean', true],
    ['a function', () => 1],
    ['an array', [1]],
    ['an empty object', {}],
    ['an object that holds itself', round],
    ['what holds no peer', new tl.UpdateConfig()],
    ['messages of two chats', twoChats],
    ['no id', { _: 'peerUser' }],
    ['a wrong id', { _: 'peerUser', userId: -5n }],
    ['an id that is no number', { _: 'user', id: 'x' }],
    ['a secret chat', new tl.InputEncryptedChat({ chatId: 5, accessHash: 1n })],
    ['a name of Object', { _: 'constructor', id: 5n }],
  ])('refuses %s', (_, given) => {
    expect(() => parsePeer(given as PeerLike)).toThrow(PeerError);
  });

  it('refuses a secret chat by saying who takes it', () => {
    expect(() => parsePeer(new tl.UpdateEncryptedChatTyping({ chatId: 5 }))).toThrow(PeerError);
    expect(() => parsePeer(new tl.EncryptedChatDiscarded({ id: 5 }))).toThrow(/secretChats/);
  });

  it('every update with one field that says where yields that chat', () => {
    const says = new Map([
      ['channelId', channel(7n)],
      ['chatId', chat(6n)],
      ['userId', user(5n)],
      ['peer', chat(6n)],
      ['peerId', chat(6n)],
    ]);
    let seen = 0;
    for (const one of schema.registry as Iterable<TlClass>) {
      if (schema.registry.typeOf(one) !== 'Update') continue;
      const fields = layoutOf(one).filter(
        ({ name: field, type }) =>
          says.has(field) &&
          (type.kind === 'long' ||
            schema.registry.typeNamed((type as { type: number }).type) === 'Peer'),
      );
      if (fields.length !== 1) continue;
      const field = fields[0]!.name;
      const value =
        { channelId: 7n, chatId: 6n, userId: 5n }[field] ?? new tl.PeerChat({ chatId: 6n });
      seen++;
      expect(parsePeer({ _: one.tl, [field]: value } as unknown as TlObject), one.tl).toEqual(
        says.get(field),
      );
    }
    expect(seen).toBeGreaterThan(60);
  });
});

describe('events', () => {
  const update = new tl.UpdateChatUserTyping({
    chatId: 6n,
    fromId: new tl.PeerUser({ userId: 5n }),
    action: new tl.SendMessageTypingAction(),
  });

  it('stand for the chat they name, whatever the update holds', () => {
    expect(parsePeer({ update, chatId: -6n })).toEqual(chat(6n));
    expect(parsePeer({ update, chatId: -1_000_000_000_007n })).toEqual(channel(7n));
    expect(parsePeer(update)).toEqual(chat(6n));
  });

  it('that name none, or one that cannot be, are refused', () => {
    for (const chatId of [null, 0n, 1n << 60n]) {
      expect(() => parsePeer({ update, chatId })).toThrow(PeerError);
    }
  });
});

describe('whatever it is given', () => {
  const quietly = (given: unknown): void => {
    try {
      parsePeer(given as PeerLike);
    } catch (error) {
      expect(error).toBeInstanceOf(PeerError);
    }
  };

  it('throws nothing but PeerError at texts', () => {
    const parts = [
      't.me/',
      'https://',
      'tg://',
      'resolve?',
      'domain=',
      '@',
      '+',
      '-',
      '#',
      'user',
      '%',
      '/',
      '1',
      'c/',
      '%zz',
      '\ud800',
    ];
    const soup = fc
      .array(fc.oneof(fc.constantFrom(...parts), fc.string()))
      .map((all) => all.join(''));
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), soup), quietly), runs);
  });

  it('throws nothing but PeerError at numbers and objects', () => {
    const names = schema.registry;
    const tlName = fc.constantFrom(...[...names].map((one) => one.tl));
    const key = fc.constantFrom(
      '_',
      'peer',
      'id',
      'userId',
      'chatId',
      'message',
      'updates',
      'update',
      'msgId',
      'accessHash',
      'min',
      'x',
    );
    const { tree } = fc.letrec<{ tree: unknown; leaf: unknown }>((tie) => ({
      leaf: fc.oneof(
        fc.bigInt(),
        fc.double(),
        tlName,
        fc.boolean(),
        fc.constant(null),
        fc.anything(),
      ),
      tree: fc.oneof(
        { maxDepth: 5 },
        tie('leaf'),
        fc.dictionary(key, tie('tree')),
        fc.array(tie('tree'), { maxLength: 3 }),
      ),
    }));
    fc.assert(fc.property(tree, quietly), runs);
  });
});

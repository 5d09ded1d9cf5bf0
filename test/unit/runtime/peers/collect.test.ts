import { layoutOf, type FieldKind, type TlObject } from '@tlgen/codec';
import * as tl from '@tlgen/telegram';
import { auth, help, messages } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { describe, expect, it } from 'vitest';
import { collectPeers } from '../../../../packages/runtime/src/peers/memory/collect.js';

const { registry } = schema;
const user = (id: bigint, min = false): tl.User => new tl.User({ id, accessHash: id, min });
const photo = new tl.ChatPhotoEmpty();
const channel = (id: bigint, min = false): tl.Channel =>
  new tl.Channel({ id, accessHash: id, min, title: 'C', photo, date: 1 });
const inChannel = { peerId: new tl.PeerChannel({ channelId: 9n }), date: 1, message: '' };
const updates = (more: Partial<tl.Updates>): tl.Updates =>
  new tl.Updates({ updates: [], users: [], chats: [], date: 1, seq: 1, ...more });

describe('what answers and updates bring', () => {
  it('users and chats of vectors, single fields, and vectors as answers', () => {
    const [a, b] = [user(1n), user(2n)];
    const c = channel(3n);
    expect(collectPeers(registry, updates({ users: [a, b], chats: [c] }))).toMatchObject({
      users: [a, b],
      chats: [c],
    });
    expect(collectPeers(registry, [a, b]).users).toEqual([a, b]);
    expect(collectPeers(registry, a).users).toEqual([a]);
    expect(collectPeers(registry, new auth.Authorization({ user: a })).users).toEqual([a]);
    expect(collectPeers(registry, new help.Support({ phoneNumber: '', user: a })).users).toEqual([
      a,
    ]);
    expect(collectPeers(registry, new tl.ChatInviteAlready({ chat: c })).chats).toEqual([c]);
  });

  it('looks into updates and authorizations inside answers', () => {
    const a = user(1n);
    const invited = new messages.InvitedUsers({
      updates: updates({ users: [a] }),
      missingInvitees: [],
    });
    expect(collectPeers(registry, invited).users).toEqual([a]);
    const login = new auth.LoginTokenSuccess({
      authorization: new auth.Authorization({ user: a }),
    });
    expect(collectPeers(registry, login).users).toEqual([a]);
  });

  it.each<readonly [string, unknown]>([
    ['null', null],
    ['undefined', undefined],
    ['a number', 5],
    ['a boolean', true],
    ['an empty vector', []],
    ['a vector of numbers', [1n, 2n]],
    ['bytes', new Uint8Array(3)],
    ['a plain object', { users: [user(1n)] }],
    ['an answer without peers', new tl.NearestDc({ country: 'x', thisDc: 1, nearestDc: 1 })],
    ['empty updates', updates({})],
  ])('finds nothing in %s', (_, value) => {
    const found = collectPeers(registry, value);
    expect(found).toMatchObject({ users: [], chats: [] });
    expect(found.messages.size).toBe(0);
  });

  it('ends at updates that hold themselves', () => {
    const round = new messages.InvitedUsers({ updates: updates({}), missingInvitees: [] });
    (round as unknown as Record<string, unknown>)['updates'] = round;
    expect(collectPeers(registry, round).users).toEqual([]);
  });

  it('looks into every type that holds users or chats, but the pages of articles', () => {
    const below = (type: FieldKind): number[] =>
      type.kind === 'object'
        ? [type.type]
        : type.kind === 'vector' || type.kind === 'tuple'
          ? below(type.item)
          : [];
    const fields = [...registry].flatMap((one) => {
      const type = registry.typeOf(one);
      if (type === undefined || type === 'PageBlock') return [];
      return layoutOf(one).flatMap((field) =>
        below(field.type).map((hash) => ({ one, type, field, holds: registry.typeNamed(hash) })),
      );
    });
    const peers = new Set<string | undefined>(['User', 'Chat']);
    const holders = new Set(peers);
    for (let size = 0; size < holders.size;) {
      size = holders.size;
      for (const { type, holds } of fields) if (holders.has(holds)) holders.add(type);
    }
    const held = user(1n);
    let tried = 0;
    for (const { one, field, holds } of fields) {
      if (!holders.has(holds)) continue;
      // The field alone, with the nearest holder of a user in it.
      let inner: TlObject = holds === 'Chat' ? channel(1n) : held;
      const through: string[] = [];
      let type = holds;
      while (!peers.has(type)) {
        const next = fields.find((step) => step.type === type && holders.has(step.holds));
        if (!next) throw new Error(`${type} holds nothing`);
        through.unshift(next.one.tl, next.field.name);
        type = next.holds;
        if (through.length > 12) throw new Error(`${through.join()}: a loop`);
      }
      // Steps were put in front: the innermost is first.
      for (let i = 0; i < through.length; i += 2) inner = wrap(through[i]!, through[i + 1]!, inner);
      const found = collectPeers(registry, wrap(one.tl, field.name, inner));
      expect(found.users.length + found.chats.length, `${one.tl}.${field.name}`).toBe(1);
      tried++;
    }
    expect(tried).toBeGreaterThan(200);
  });

  function wrap(name: string, field: string, held: TlObject): TlObject {
    const one = registry.named(name)!;
    const object = Object.create(one.prototype as object) as Record<string, unknown>;
    const kind = layoutOf(one).find((each) => each.name === field)!.type.kind;
    object[field] = kind === 'vector' ? [held] : held;
    return object as unknown as TlObject;
  }
});

describe('min peers and the messages that name them', () => {
  const seen = (message: tl.TypeMessage, min: tl.User | tl.Channel): unknown => {
    const update = new tl.UpdateNewChannelMessage({ message, pts: 1, ptsCount: 1 });
    const [users, chats] = min instanceof tl.User ? [[min], []] : [[], [min]];
    const answer = updates({ updates: [update], users, chats });
    return Object.fromEntries(collectPeers(registry, answer).messages);
  };
  const at = (id: number) => ({ peer: -1_000_000_000_009n, messageId: id });
  const fromId = new tl.PeerUser({ userId: 5n });

  it('sender, forward, reply, mention, via bot, service action', () => {
    const min = user(5n, true);
    expect(seen(new tl.Message({ id: 1, ...inChannel, fromId }), min)).toEqual({ 5: at(1) });
    const fwdFrom = new tl.MessageFwdHeader({ fromId, date: 1 });
    expect(seen(new tl.Message({ id: 2, ...inChannel, fwdFrom }), min)).toEqual({ 5: at(2) });
    const replyTo = new tl.MessageReplyHeader({ replyFrom: fwdFrom });
    expect(seen(new tl.Message({ id: 3, ...inChannel, replyTo }), min)).toEqual({ 5: at(3) });
    const entities = [new tl.MessageEntityMentionName({ offset: 0, length: 1, userId: 5n })];
    expect(seen(new tl.Message({ id: 4, ...inChannel, entities }), min)).toEqual({ 5: at(4) });
    expect(seen(new tl.Message({ id: 5, ...inChannel, viaBotId: 5n }), min)).toEqual({ 5: at(5) });
    const action = new tl.MessageActionChatAddUser({ users: [5n, 6n] });
    const { message: _, ...service } = inChannel;
    expect(seen(new tl.MessageService({ id: 6, ...service, action }), min)).toEqual({
      5: at(6),
      6: at(6),
    });
  });

  it('channels that were forwarded from; the chat itself is no way to itself', () => {
    const fwdFrom = new tl.MessageFwdHeader({
      fromId: new tl.PeerChannel({ channelId: 7n }),
      date: 1,
    });
    const fromItself = new tl.PeerChannel({ channelId: 9n });
    const message = new tl.Message({ id: 2, ...inChannel, fromId: fromItself, fwdFrom });
    expect(seen(message, channel(7n, true))).toEqual({ '-1000000000007': at(2) });
  });

  it('the newest message counts, and nobody asks without min peers', () => {
    const all = [3, 8, 5].map((id) => new tl.Message({ id, ...inChannel, fromId }));
    const answer = (min: boolean): messages.Messages =>
      new messages.Messages({ messages: all, topics: [], users: [user(5n, min)], chats: [] });
    expect(collectPeers(registry, answer(true)).messages.get(5n)).toEqual(at(8));
    expect(collectPeers(registry, answer(false)).messages.size).toBe(0);
  });
});

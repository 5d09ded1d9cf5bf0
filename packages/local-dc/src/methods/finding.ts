import * as tl from '@tlgen/telegram';
import { contacts, help, messages } from '@tlgen/telegram';
import { method, type BuiltIn, type RequestContext } from '../dispatch/types.js';
import { matches } from '../world/channels/participants.js';
import { channelFor } from '../world/channels/view.js';
import { chatFor } from '../world/chats.js';
import { badRequest } from '../world/fault.js';
import { inputUser } from '../world/input.js';
import { Mentioned, peerOf } from '../world/mentioned.js';
import type { PeerKey } from '../world/types.js';
import { statusOf, userFor } from '../world/users.js';
import { limitOf } from './found.js';

/** The account of those who answer questions. */
const SUPPORT_ID = 424_000n;

/** Finding people and chats. */
export const findingMethods: readonly BuiltIn[] = [
  method(contacts.SearchRequest, search),
  method(contacts.GetStatusesRequest, getStatuses),
  method(messages.GetCommonChatsRequest, getCommonChats),
  method(help.GetSupportRequest, getSupport),
];

/** Whom the caller has in contacts or talks with, and then others by user name. */
function search(
  { q, limit }: contacts.SearchRequest,
  { world, user }: RequestContext,
): contacts.TypeFound {
  const text = q.replace(/^@/, '').trim().toLowerCase();
  if (text === '') throw badRequest('SEARCH_QUERY_EMPTY');
  if (text.length < 3) throw badRequest('QUERY_TOO_SHORT');
  const own = new Set<PeerKey>();
  for (const one of world.users.values()) {
    const mine = user.contacts.has(one.id) || user.box.knows(`user:${one.id}`);
    if (mine && one !== user && matches(one, text)) own.add(`user:${one.id}`);
  }
  const titled = (title: string): boolean => title.toLowerCase().includes(text);
  for (const chat of world.chats.values())
    if (chat.members.has(user.id) && titled(chat.title)) own.add(`chat:${chat.id}`);
  for (const id of user.channels) {
    const channel = world.channels.get(id);
    if (channel && titled(channel.title)) own.add(channel.key);
  }
  const others = new Set<PeerKey>();
  for (const [name, key] of world.names.holding(text))
    if (name.startsWith(text) && !own.has(key) && key !== `user:${user.id}`) others.add(key);
  const most = limitOf(limit);
  const [mine, rest] = [[...own].slice(0, most), [...others].slice(0, most)];
  const mentioned = new Mentioned();
  for (const key of [...mine, ...rest]) mentioned.key(key);
  return new contacts.Found({
    myResults: mine.map(peerOf),
    results: rest.map(peerOf),
    ...mentioned.for(world, user),
  });
}

function getStatuses(
  _: contacts.GetStatusesRequest,
  { world, user }: RequestContext,
): tl.TypeContactStatus[] {
  return [...user.contacts.keys()].flatMap((userId) => {
    const one = world.user(userId);
    if (!one || one.bot) return [];
    return [new tl.ContactStatus({ userId, status: statusOf(world, one) })];
  });
}

/** Groups and supergroups that both are in, from the highest id down. */
function getCommonChats(
  { userId, maxId, limit }: messages.GetCommonChatsRequest,
  { world, user }: RequestContext,
): messages.TypeChats {
  const other = inputUser(world, user, userId);
  if (other === user) throw badRequest('USER_ID_INVALID');
  const groups = [...world.chats.values(), ...world.channels.values()]
    .filter((one) => !('megagroup' in one) || one.megagroup)
    .filter(({ members }) => members.has(user.id) && members.has(other.id))
    .sort((a, b) => (a.id < b.id ? 1 : -1));
  const page = groups.filter(({ id }) => maxId === 0n || id < maxId).slice(0, limitOf(limit));
  const chats = page.map((one) =>
    'megagroup' in one ? channelFor(world, user, one) : chatFor(world, user, one),
  );
  return page.length === groups.length
    ? new messages.Chats({ chats })
    : new messages.ChatsSlice({ chats, count: groups.length });
}

/** Who helps; the account comes into being when it is first asked for. */
function getSupport(
  _: help.GetSupportRequest,
  { world, user, dcId }: RequestContext,
): help.TypeSupport {
  const phone = '42400';
  const support =
    world.user(SUPPORT_ID) ??
    world.addUser({ id: SUPPORT_ID, dcId, phone, firstName: 'Volunteer Support' });
  const seen = new tl.User({ ...userFor(world, user, support), support: true });
  return new help.Support({ phoneNumber: phone, user: seen });
}

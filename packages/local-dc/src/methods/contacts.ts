import * as tl from '@tlgen/telegram';
import { contacts } from '@tlgen/telegram';
import { method, type BuiltIn, type RequestContext } from '../dispatch/types.js';
import { updatesFor } from '../world/deliveries.js';
import { badRequest } from '../world/fault.js';
import { inputUser } from '../world/input.js';
import { Mentioned, peerOf } from '../world/mentioned.js';
import type { PeerKey, User } from '../world/types.js';
import { usersFor } from '../world/users.js';

/** Contacts, and finding users. */
export const contactMethods: readonly BuiltIn[] = [
  method(contacts.ResolveUsernameRequest, resolveUsername),
  method(contacts.ResolvePhoneRequest, resolvePhone),
  method(contacts.GetContactsRequest, getContacts),
  method(contacts.ImportContactsRequest, importContacts),
  method(contacts.AddContactRequest, addContact),
  method(contacts.DeleteContactsRequest, deleteContacts),
];

function resolved({ world, user }: RequestContext, key: PeerKey): contacts.ResolvedPeer {
  const mentioned = new Mentioned().key(key).for(world, user);
  return new contacts.ResolvedPeer({ peer: peerOf(key), ...mentioned });
}

function resolveUsername(
  { username }: contacts.ResolveUsernameRequest,
  context: RequestContext,
): contacts.TypeResolvedPeer {
  const name = username.replace(/^@/, '');
  if (!/^\w{3,32}$/.test(name)) throw badRequest('USERNAME_INVALID');
  const key = context.world.names.owner(name);
  if (!key) throw badRequest('USERNAME_NOT_OCCUPIED');
  return resolved(context, key);
}

function resolvePhone(
  { phone }: contacts.ResolvePhoneRequest,
  context: RequestContext,
): contacts.TypeResolvedPeer {
  const found = context.world.userByPhone(digits(phone));
  if (!found) throw badRequest('PHONE_NOT_OCCUPIED');
  return resolved(context, `user:${found.id}`);
}

const digits = (phone: string): string => phone.replace(/\D/g, '');

/** Changes with the ids of the contacts, as clients compute it for `hash`. */
function contactsHash(user: User): bigint {
  let hash = 0n;
  for (const id of [...user.contacts.keys()].sort((a, b) => (a < b ? -1 : 1))) {
    hash ^= hash >> 21n;
    hash ^= BigInt.asUintN(64, hash << 35n);
    hash ^= hash >> 4n;
    hash = BigInt.asUintN(64, hash + id);
  }
  return BigInt.asIntN(64, hash);
}

function getContacts(
  { hash }: contacts.GetContactsRequest,
  { world, user }: RequestContext,
): contacts.TypeContacts {
  if (hash !== 0n && hash === contactsHash(user)) return new contacts.ContactsNotModified();
  const list = [...user.contacts.keys()].map((userId) => {
    const mutual = world.user(userId)?.contacts.has(user.id) ?? false;
    return new tl.Contact({ userId, mutual });
  });
  return new contacts.Contacts({
    contacts: list,
    savedCount: 0,
    users: usersFor(world, user, user.contacts.keys()),
  });
}

function importContacts(
  request: contacts.ImportContactsRequest,
  { world, user }: RequestContext,
): contacts.TypeImportedContacts {
  const imported: tl.ImportedContact[] = [];
  for (const { phone, firstName, lastName, clientId } of request.contacts) {
    const found = world.userByPhone(digits(phone));
    if (!found) continue;
    user.contacts.set(found.id, { firstName, lastName });
    imported.push(new tl.ImportedContact({ userId: found.id, clientId }));
  }
  return new contacts.ImportedContacts({
    imported,
    popularInvites: [],
    retryContacts: [],
    users: usersFor(
      world,
      user,
      imported.map(({ userId }) => userId),
    ),
  });
}

function addContact(
  request: contacts.AddContactRequest,
  { world, user }: RequestContext,
): tl.TypeUpdates {
  const found = inputUser(world, user, request.id);
  if (found === user) throw badRequest('CONTACT_ID_INVALID');
  if (request.firstName.trim() === '') throw badRequest('CONTACT_NAME_EMPTY');
  user.contacts.set(found.id, { firstName: request.firstName, lastName: request.lastName });
  return about(world, user, found);
}

function deleteContacts(
  request: contacts.DeleteContactsRequest,
  { world, user }: RequestContext,
): tl.TypeUpdates {
  const gone = request.id.map((input) => inputUser(world, user, input));
  for (const { id } of gone) user.contacts.delete(id);
  return about(world, user, ...gone);
}

/** Updates that say nothing but bring users anew. */
function about(
  world: RequestContext['world'],
  viewer: User,
  ...changed: readonly User[]
): tl.Updates {
  const mentioned = new Mentioned();
  for (const { id } of changed) mentioned.users.add(id);
  return updatesFor(world, viewer, [], { mentioned });
}

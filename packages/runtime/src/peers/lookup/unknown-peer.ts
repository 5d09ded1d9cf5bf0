import { PeerError } from '../errors.js';
import { markedId } from '../marked-id.js';
import type { PeerReference } from '../parse/reference.js';
import type { PeerType } from '../types.js';

type Missing = Exclude<PeerReference, { readonly kind: 'empty' }>;

/** How a peer is named in messages. The secret part of an invite link is not told on. */
export function namePeer(reference: PeerReference): string {
  switch (reference.kind) {
    case 'username':
      return `@${reference.username}`;
    case 'phone':
      return `+${reference.phone}`;
    case 'invite':
      return 'an invite link';
    case 'self':
      return 'me';
    case 'support':
    case 'empty':
      return reference.kind;
    default:
      return String(markedId(reference.type, reference.id));
  }
}

/**
 * The error for a peer that this account cannot name to the server.
 *
 * @param instead - marked id of a known peer with the same number.
 */
export function unknownPeer(
  reference: Missing,
  bot: boolean,
  cause?: unknown,
  instead?: bigint,
): PeerError {
  const name = namePeer(reference);
  const hint =
    instead === undefined ? '' : `. Did you mean ${instead}? Groups and channels have marked ids`;
  return new PeerError(
    'UNKNOWN_PEER',
    name,
    messageOf(reference, name, bot) + hint,
    cause === undefined ? undefined : { cause },
  );
}

function messageOf(reference: Missing, name: string, bot: boolean): string {
  switch (reference.kind) {
    case 'username':
      return `Nobody has the username ${name}: it is misspelt, was given up, or belongs to nobody`;
    case 'phone':
      return (
        `The phone number ${name} leads to no account: it has none, or its owner hides it. ` +
        `A user finds it after contacts.importContacts; bots cannot look up phone numbers`
      );
    case 'invite':
      return `The invite link leads nowhere: it is misspelt, expired, or was revoked; ask for a new one`;
    case 'self':
      return 'The server does not tell who is signed in: sign in first, with client.signIn()';
    case 'support':
      return 'The server names no account of support; bots cannot ask for it';
    default:
      return (
        `The ${WORDS[reference.type]} ${name}${bareId(reference, name)} cannot be addressed: ` +
        `its access hash is not known, because this account has not seen it. ${advice(reference.type, bot)}`
      );
  }
}

/** Ids of groups and channels are known in two forms. */
function bareId({ id }: { readonly id: bigint }, name: string): string {
  return name === String(id) ? '' : ` (id ${id})`;
}

/** What people call them. */
export const WORDS: Readonly<Record<PeerType, string>> = {
  user: 'user',
  chat: 'basic group',
  channel: 'channel or supergroup',
};

function advice(type: PeerType, bot: boolean): string {
  const whom = type === 'user' ? 'the user' : 'it';
  const name = `To make it known, give its username or link, let a message from ${whom} arrive`;
  if (!bot) return `${name}, or list your chats with client.peers.dialogs()`;
  return type === 'user'
    ? `${name} (a user has to write to a bot first), or share a group with the user`
    : `${name}, or add the bot to it`;
}

/** The error for a peer of another kind than is wanted. */
export function wrongType(name: string, is: PeerType, wanted: 'user' | 'channel'): PeerError {
  const hint =
    wanted === 'user'
      ? 'give a user or bot'
      : is === 'chat'
        ? 'basic groups have methods of their own (messages.*Chat*), or upgrade it with messages.migrateChat'
        : 'give a channel or supergroup';
  return new PeerError(
    'WRONG_PEER_TYPE',
    name,
    `${name} is a ${WORDS[is]}, but a ${WORDS[wanted]} is wanted here: ${hint}`,
  );
}

/** The error for a chat that can only be seen from inside. */
export const joinFirst = (title: string): PeerError =>
  new PeerError(
    'UNKNOWN_PEER',
    'an invite link',
    `This account is no member of ${JSON.stringify(title.slice(0, 64))}, to which the invite link leads: ` +
      `join first, with messages.importChatInvite`,
  );

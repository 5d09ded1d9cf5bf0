import { isPeerId, parseMarkedId } from '../marked-id.js';
import { isInviteHash, isUsername, phoneDigits } from '../memory/names.js';
import type { PeerReference } from './reference.js';

/** First parts of t.me paths that lead to something else than the peer of that name. */
const RESERVED: ReadonlySet<string> = new Set(
  (
    'addemoji addlist addstickers addtheme auth bg boost call confirmphone contact giftcode invoice ' +
    'iv joinchat login m msg nft proxy setlanguage share socks theme web'
  ).split(' '),
);

/** What a t.me or tg:// link names; null when it is no such link, or one that leads elsewhere. */
export function linkReference(text: string): PeerReference | null {
  const tg = /^tg:(?:\/\/)?([a-z]+)\/?\?(.*)$/i.exec(text);
  if (tg) return deepLink((tg[1] ?? '').toLowerCase(), new URLSearchParams(tg[2]));
  const web = /^(?:https?:\/\/)?([\w.-]+)(?:\/([^?#]*))?(?:\?[^#]*)?(?:#.*)?$/i.exec(text);
  if (!web) return null;
  const host = (web[1] ?? '').toLowerCase().replace(/^www\./, '');
  const path = (web[2] ?? '').split('/').filter((part) => part !== '');
  if (host === 't.me' || host === 'telegram.me' || host === 'telegram.dog') return pathOf(path);
  const own = /^(\w+)\.t\.me$/.exec(host)?.[1];
  return own === undefined ? null : username(own);
}

function pathOf([first = '', second = '']: readonly string[]): PeerReference | null {
  const start = first.replace(/^(?:%20|%2b| )/i, '+');
  if (start.startsWith('+')) return phoneOrInvite(start.slice(1));
  switch (first.toLowerCase()) {
    case 'joinchat':
      return invite(second);
    case 'c':
      return channel(second);
    // The preview of a channel in a browser.
    case 's':
      return username(second);
    default:
      return username(first.startsWith('@') ? first.slice(1) : first);
  }
}

function deepLink(action: string, query: URLSearchParams): PeerReference | null {
  const get = (name: string): string => query.get(name) ?? '';
  switch (action) {
    case 'resolve':
      return query.has('phone') ? phone(get('phone')) : username(get('domain'));
    case 'user':
      return user(get('id'));
    case 'openmessage':
      return query.has('chat_id') ? group(get('chat_id')) : user(get('user_id'));
    case 'join':
      return invite(get('invite'));
    case 'privatepost':
      return channel(get('channel'));
    default:
      return null;
  }
}

const username = (text: string): PeerReference | null =>
  isUsername(text) && !RESERVED.has(text.toLowerCase())
    ? { kind: 'username', username: text }
    : null;

const invite = (text: string): PeerReference | null => {
  const hash = text.replace(/^(?:\+|%2b| )/i, '');
  return isInviteHash(hash) ? { kind: 'invite', hash } : null;
};

function phone(text: string): PeerReference | null {
  const digits = phoneDigits(text);
  return digits === null ? null : { kind: 'phone', phone: digits };
}

/** `t.me/+…` is either: hashes are longer than phone numbers. */
function phoneOrInvite(text: string): PeerReference | null {
  return /^\d{5,15}$/.test(text) ? phone(text) : invite(text);
}

const isId = (text: string): boolean => /^\d{1,20}$/.test(text);

function user(text: string): PeerReference | null {
  if (!isId(text)) return null;
  const id = BigInt(text);
  return isPeerId('user', id) ? { kind: 'id', type: 'user', id } : null;
}

function group(text: string): PeerReference | null {
  if (!isId(text)) return null;
  const id = BigInt(text);
  return isPeerId('chat', id) ? { kind: 'id', type: 'chat', id } : null;
}

/** Links to messages carry a channel's own id; people also paste the marked one. */
function channel(text: string): PeerReference | null {
  if (/^-\d{1,20}$/.test(text)) {
    const { type, id } = parseMarkedId(BigInt(text));
    return type === 'channel' ? { kind: 'id', type, id } : null;
  }
  if (!isId(text)) return null;
  const id = BigInt(text);
  return isPeerId('channel', id) ? { kind: 'id', type: 'channel', id } : null;
}

import { PeerError, shownPeer } from '../errors.js';

/** Every form that is accepted, for messages. */
const FORMS =
  "'me', 'support', '@name', a t.me or tg:// link, '+' and a phone number, an invite link, a marked id " +
  "(user 123, basic group -123, channel -1000000000123), 'user#123', 'chat#123', 'channel#123', " +
  'or an object of TL that holds a peer (a user, chat, message, update, …)';

/** The error for what names no peer. */
export function badPeer(given: unknown, why: string): PeerError {
  const shown = shownPeer(given);
  return new PeerError('BAD_PEER', shown, `${shown} names no peer: ${why}. Accepted: ${FORMS}`);
}

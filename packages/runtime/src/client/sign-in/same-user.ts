import { SignInError } from './errors.js';
import type { Identity, SignInOptions } from './options.js';
import type { DoneState, SignedIn } from './states.js';

/**
 * The one who is signed in, if that may be the one who is to sign in.
 *
 * @throws SignInError `ALREADY_SIGNED_IN`
 */
export function sameUser(found: DoneState, options: SignInOptions): SignedIn {
  if (!fits(found, options)) {
    const text = `Another ${found.bot ? 'bot' : 'user'} is signed in already: log out first, or use another storage`;
    throw new SignInError('ALREADY_SIGNED_IN', text);
  }
  const { id, bot, user } = found;
  return { id, bot, user };
}

function fits(found: DoneState, options: SignInOptions | Identity): boolean {
  if ('who' in options) return typeof options.who === 'function' || fits(found, options.who);
  // The id of a bot stands before the colon of its tokens.
  if ('botToken' in options)
    return found.bot && String(options.botToken).trim().startsWith(`${found.id}:`);
  if (found.bot) return false;
  if ('qr' in options || typeof options.phone === 'function') return true;
  const { phone } = found.user as { readonly phone?: unknown };
  return typeof phone === 'string' && digits(phone) === digits(String(options.phone));
}

function digits(phone: string): string {
  return phone.replaceAll(/\D/g, '').replace(/^0+/, '');
}

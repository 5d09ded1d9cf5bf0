import { auth, type TypeCodeSettings } from '@tlgen/telegram';
import type { User } from './types.js';
import type { World } from './world.js';

/**
 * How a code reaches its user. `set-up-email` is no code: the user has to name an address first. `word` and `phrase`
 * come by SMS.
 */
export type CodeKind =
  | 'app'
  | 'sms'
  | 'call'
  | 'flash-call'
  | 'missed-call'
  | 'email'
  | 'set-up-email'
  | 'fragment'
  | 'firebase'
  | 'word'
  | 'phrase';

/** All kinds. */
export const CODE_KINDS: readonly CodeKind[] = [
  'app',
  'sms',
  'call',
  'flash-call',
  'missed-call',
  'email',
  'set-up-email',
  'fragment',
  'firebase',
  'word',
  'phrase',
];

/** @throws TypeError for what is no kind of login code. */
export function checkCodeKinds(kinds: readonly CodeKind[] | null | undefined): void {
  const wrong = kinds?.find((kind) => !CODE_KINDS.includes(kind));
  if (wrong !== undefined)
    throw new TypeError(`${String(wrong)} is no kind of login code: ${CODE_KINDS.join(', ')}`);
}

/** Numbers that call begin with it. */
const CALLER = '99966';
/** Codes that are no digits: never those that `loginCode` says. */
const TEXTS: Readonly<Partial<Record<CodeKind, string>>> = {
  word: 'lantern',
  phrase: 'three quiet lanterns',
};

/** What is sent, and then what `resendCode` turns to: as ordered by the test, else as the servers choose. */
export function codeKindsFor(
  world: World,
  user: User | undefined,
  settings: TypeCodeSettings,
): readonly CodeKind[] {
  const ordered = user?.codeTypes ?? world.logins.codeTypes;
  if (ordered && ordered.length > 0) return ordered;
  const kinds: CodeKind[] = [];
  // An app that is signed in shows the code; before that it goes to the login e-mail or by SMS.
  if (user && world.homesOf(user.id).length > 0) kinds.push('app');
  if (user?.loginEmail) kinds.push('email');
  kinds.push('sms', 'call');
  if (settings.allowFlashcall) kinds.push('flash-call');
  if (settings.allowMissedCall) kinds.push('missed-call');
  return kinds;
}

/** The code of that kind: the world's, but a text where a text is sent. */
export function codeOf(world: World, kind: CodeKind): string {
  return TEXTS[kind] ?? world.options.loginCode;
}

/** How `auth.sentCode` describes a kind. */
export function sentCodeType(
  world: World,
  kind: CodeKind,
  code: string,
  email: string | null,
): auth.TypeSentCodeType {
  const { length } = code;
  const [beginning] = code.split(kind === 'word' ? '' : ' ');
  switch (kind) {
    case 'app':
      return new auth.SentCodeTypeApp({ length });
    case 'sms':
      return new auth.SentCodeTypeSms({ length });
    case 'call':
      return new auth.SentCodeTypeCall({ length });
    case 'flash-call':
      return new auth.SentCodeTypeFlashCall({ pattern: `${CALLER}${'*'.repeat(length)}` });
    case 'missed-call':
      return new auth.SentCodeTypeMissedCall({ prefix: CALLER, length });
    case 'email':
      return new auth.SentCodeTypeEmailCode({
        emailPattern: emailPattern(email ?? ''),
        length,
        resetAvailablePeriod: 0,
      });
    case 'set-up-email':
      return new auth.SentCodeTypeSetUpEmailRequired({});
    case 'fragment':
      return new auth.SentCodeTypeFragmentSms({ url: 'https://fragment.com/my/numbers', length });
    case 'firebase':
      return new auth.SentCodeTypeFirebaseSms({ nonce: world.crypto.randomBytes(32), length });
    case 'word':
      return new auth.SentCodeTypeSmsWord({ beginning });
    case 'phrase':
      return new auth.SentCodeTypeSmsPhrase({ beginning });
  }
}

/** How `auth.sentCode` announces the next kind; e-mail and app cannot be announced. */
export function nextCodeType(kind: CodeKind | undefined): auth.TypeCodeType | undefined {
  switch (kind) {
    case 'sms':
    case 'word':
    case 'phrase':
    case 'firebase':
      return new auth.CodeTypeSms();
    case 'call':
      return new auth.CodeTypeCall();
    case 'flash-call':
      return new auth.CodeTypeFlashCall();
    case 'missed-call':
      return new auth.CodeTypeMissedCall();
    case 'fragment':
      return new auth.CodeTypeFragmentSms();
    default:
      return undefined;
  }
}

/** An address with its middle hidden: `a***@e***.org`. */
export function emailPattern(email: string): string {
  const [name = '', host = ''] = email.split('@');
  const dot = host.lastIndexOf('.');
  return `${name.slice(0, 1)}***@${host.slice(0, 1)}***${dot < 0 ? '' : host.slice(dot)}`;
}

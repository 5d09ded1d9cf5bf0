import type { auth } from '@tlgen/telegram';

/** How a code reaches its user, with what is needed to recognise it: all that `auth.SentCodeType` tells. */
export type CodeType =
  | {
      /**
       * `app`: a message in an app where the user is signed in. `sms`: text message. `call`: a voice reads it out.
       */
      readonly kind: 'app' | 'sms' | 'call';
      /** Digits. */
      readonly length: number;
    }
  | {
      /** A call that nobody has to answer: the calling number is the code. */
      readonly kind: 'flash-call';
      /** What the number looks like, `*` for what is not told. */
      readonly pattern: string;
    }
  | {
      /** A call that nobody has to answer: the last digits of the calling number are the code. */
      readonly kind: 'missed-call';
      /** How the number begins. */
      readonly prefix: string;
      /** How many of its last digits are the code. */
      readonly length: number;
    }
  | {
      /** To the e-mail address that was set up for signing in. */
      readonly kind: 'e-mail';
      /** The address, `*` for what is not told. */
      readonly emailPattern: string;
      readonly length: number;
      /** Seconds to wait before `resetLoginEmail()` works; 0: at once; null: it cannot be reset. */
      readonly resetAvailableIn: number | null;
      /** When a reset that was asked for happens: Unix time in seconds. */
      readonly resetPendingAt: number | null;
    }
  | {
      /** Shown at fragment.com to the owner of an anonymous number. */
      readonly kind: 'fragment-sms';
      readonly url: string;
      readonly length: number;
    }
  | {
      /** A text message that Telegram's own apps alone can ask for; such a code is sent another way by itself. */
      readonly kind: 'firebase-sms';
      readonly length: number;
    }
  | {
      /** A text message; the code is one word, or a few. */
      readonly kind: 'sms-word' | 'sms-phrase';
      /** How it begins. */
      readonly beginning: string | null;
    }
  | {
      /** No code yet: an e-mail address has to be set up first. */
      readonly kind: 'setup-email';
    }
  | {
      /** Something newer than this library. */
      readonly kind: 'unknown';
      /** Its TL name. */
      readonly name: string;
    };

/** How the code is sent when it is sent again: all that `auth.CodeType` tells. */
export type NextCodeType =
  'sms' | 'call' | 'flash-call' | 'missed-call' | 'fragment-sms' | 'unknown';

/** @see https://core.telegram.org/type/auth.SentCodeType */
export function codeTypeOf(type: auth.TypeSentCodeType): CodeType {
  switch (type._) {
    case 'auth.sentCodeTypeApp':
      return { kind: 'app', length: type.length };
    case 'auth.sentCodeTypeSms':
      return { kind: 'sms', length: type.length };
    case 'auth.sentCodeTypeCall':
      return { kind: 'call', length: type.length };
    case 'auth.sentCodeTypeFlashCall':
      return { kind: 'flash-call', pattern: type.pattern };
    case 'auth.sentCodeTypeMissedCall':
      return { kind: 'missed-call', prefix: type.prefix, length: type.length };
    case 'auth.sentCodeTypeEmailCode':
      return {
        kind: 'e-mail',
        emailPattern: type.emailPattern,
        length: type.length,
        resetAvailableIn: type.resetAvailablePeriod ?? null,
        resetPendingAt: type.resetPendingDate ?? null,
      };
    case 'auth.sentCodeTypeSetUpEmailRequired':
      return { kind: 'setup-email' };
    case 'auth.sentCodeTypeFragmentSms':
      return { kind: 'fragment-sms', url: type.url, length: type.length };
    case 'auth.sentCodeTypeFirebaseSms':
      return { kind: 'firebase-sms', length: type.length };
    case 'auth.sentCodeTypeSmsWord':
      return { kind: 'sms-word', beginning: type.beginning ?? null };
    case 'auth.sentCodeTypeSmsPhrase':
      return { kind: 'sms-phrase', beginning: type.beginning ?? null };
    default:
      return { kind: 'unknown', name: (type satisfies never as { readonly _: string })._ };
  }
}

/** @see https://core.telegram.org/type/auth.CodeType */
export function nextCodeTypeOf(type: auth.TypeCodeType | undefined): NextCodeType | null {
  switch (type?._) {
    case undefined:
      return null;
    case 'auth.codeTypeSms':
      return 'sms';
    case 'auth.codeTypeCall':
      return 'call';
    case 'auth.codeTypeFlashCall':
      return 'flash-call';
    case 'auth.codeTypeMissedCall':
      return 'missed-call';
    case 'auth.codeTypeFragmentSms':
      return 'fragment-sms';
    default:
      return 'unknown';
  }
}

/** Kinds whose codes are digits alone, so that blanks and dashes in between mean nothing. */
const DIGITS: ReadonlySet<CodeType['kind']> = new Set([
  'app',
  'sms',
  'call',
  'flash-call',
  'missed-call',
  'e-mail',
  'fragment-sms',
]);

/** A code as people type it, as the server wants it. */
export function normalCode(type: CodeType, typed: string): string {
  const code = typed.trim();
  const bare = code.replaceAll(/[\s-]/g, '');
  return DIGITS.has(type.kind) && /^\+?\d+$/.test(bare) ? bare : code;
}

import type { CodeKind } from './code-kinds.js';
import { LoginTokens } from './login-tokens.js';
import type { User } from './types.js';

/** A sign-in that waits for its code. */
export interface SentCode {
  readonly phone: string;
  readonly hash: string;
  readonly code: string;
  /** Server time in seconds. */
  readonly expiresAt: number;
  readonly kind: CodeKind;
  /** What `resendCode` turns to, in this order. */
  readonly rest: readonly CodeKind[];
  /** `set-up-email`: the address that is to be verified. `email`: where the code went. */
  email: string | null;
  /** The code was right, but nobody has that phone: sign-up may follow. */
  checked: boolean;
  attempts: number;
}

/** An authorization on its way to another data center. */
export interface ExportedSignIn {
  readonly user: User;
  readonly dcId: number;
  readonly expiresAt: number;
}

/** Why a key that was signed in is no longer. */
export type Revocation =
  'SESSION_REVOKED' | 'AUTH_KEY_DUPLICATED' | 'USER_DEACTIVATED' | 'USER_DEACTIVATED_BAN';

/** Sign-ins that are not finished, and those that ended by force. */
export class Logins {
  /** By phone: a new code replaces the one before. */
  readonly codes = new Map<string, SentCode>();
  /** By the bytes in hex. */
  readonly exports = new Map<string, ExportedSignIn>();
  /** Who has to give the password, by permanent key id. */
  readonly awaitingPassword = new Map<bigint, User>();
  /** QR codes. */
  readonly tokens = new LoginTokens();
  /** Future auth tokens in hex: whose sign-in they shorten. */
  readonly futureTokens = new Map<string, bigint>();
  /** Until when a code recovers a password, by user. */
  readonly recoveries = new Map<bigint, number>();
  /** Login e-mails that wait for their code, by user. */
  readonly emails = new Map<bigint, string>();
  /** By permanent key id. */
  readonly revoked = new Map<bigint, Revocation>();
  /** Phones that may not sign in at all. */
  readonly banned = new Set<string>();
  /** Kinds of code in the order in which they are sent, for everybody; null: as the servers choose. */
  codeTypes: readonly CodeKind[] | null = null;
}

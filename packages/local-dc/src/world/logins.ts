import type { User } from './types.js';

/** How a code reaches its user. */
export type CodeKind = 'app' | 'sms' | 'call';

/** A sign-in that waits for its code. */
export interface SentCode {
  readonly phone: string;
  readonly hash: string;
  readonly code: string;
  /** Server time in seconds. */
  readonly expiresAt: number;
  readonly kind: CodeKind;
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

/** Sign-ins that are not finished. */
export class Logins {
  /** By phone: a new code replaces the one before. */
  readonly codes = new Map<string, SentCode>();
  /** By the bytes in hex. */
  readonly exports = new Map<string, ExportedSignIn>();
  /** Who has to give the password, by permanent key id. */
  readonly awaitingPassword = new Map<bigint, User>();
}

import type { SignInKey, User } from './types.js';

/** Seconds that a QR code may be scanned, and seconds for its owner to collect the sign-in. */
export const TOKEN_LIFETIME = 30;

/** A login token: what a QR code shows. */
export interface LoginToken {
  readonly bytes: Uint8Array;
  /** The key that shows it. */
  readonly key: SignInKey;
  /** Users that are signed in there already. */
  readonly exceptIds: readonly bigint[];
  /** Server time in seconds. */
  expiresAt: number;
  acceptedBy: User | null;
  /** Its sign-in was collected. */
  used: boolean;
}

const nameOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Login tokens by their bytes, and the accepted ones by the key that waits for them. */
export class LoginTokens {
  private readonly byBytes = new Map<string, LoginToken>();
  private readonly accepted = new Map<bigint, LoginToken>();

  add(token: LoginToken): void {
    this.byBytes.set(nameOf(token.bytes), token);
  }

  find(bytes: Uint8Array): LoginToken | undefined {
    return this.byBytes.get(nameOf(bytes));
  }

  /** Notes who scanned the code; its owner then has the lifetime again to collect the sign-in. */
  accept(token: LoginToken, user: User, now: number): void {
    token.acceptedBy = user;
    token.expiresAt = now + TOKEN_LIFETIME;
    this.accepted.set(token.key.key.id, token);
  }

  /** The token that was accepted for a key and waits to be collected. */
  acceptedFor(keyId: bigint, now: number): LoginToken | undefined {
    const token = this.accepted.get(keyId);
    return token && !token.used && token.expiresAt > now ? token : undefined;
  }

  /** The sign-in was collected, by the key that showed the code or by one in another data center. */
  use(token: LoginToken): void {
    token.used = true;
    this.accepted.delete(token.key.key.id);
  }
}

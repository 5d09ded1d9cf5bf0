import {
  CryptoError,
  newPasswordVerifier,
  SrpServer,
  TELEGRAM_PRIME,
  withNewSalt,
  type CryptoProvider,
  type PasswordAlgo,
} from '@tlgen/runtime/crypto';
import { badRequest } from './fault.js';
import type { World } from './world.js';

/** Checks that were begun and not finished; older ones are forgotten. */
const MAX_CHALLENGES = 20;

/** A user's 2FA password, as the server knows it. */
export interface AccountPassword {
  readonly algo: PasswordAlgo;
  /** g^x mod p: 256 bytes. */
  readonly verifier: Uint8Array;
  readonly hint: string | null;
  /** Address to which recovery codes go. */
  readonly email: string | null;
  /** Checks under way, by srp_id. */
  readonly challenges: Map<bigint, SrpServer>;
}

/** Salts and group for a new password; clients append 32 bytes of their own to `salt1`. */
export function newPasswordAlgo(crypto: CryptoProvider): PasswordAlgo {
  const salt1 = crypto.randomBytes(8);
  return { salt1, salt2: crypto.randomBytes(16), g: 3, p: TELEGRAM_PRIME };
}

/** A password from its verifier. */
export function accountPassword(
  algo: PasswordAlgo,
  verifier: Uint8Array,
  hint: string | null,
  email: string | null = null,
): AccountPassword {
  return { algo, verifier, hint, email, challenges: new Map() };
}

/** A password from its text, as a client would set it. */
export async function passwordFrom(
  crypto: CryptoProvider,
  text: string,
  { hint = null, email = null }: { hint?: string | null; email?: string | null } = {},
): Promise<AccountPassword> {
  const algo = withNewSalt(crypto, newPasswordAlgo(crypto));
  return accountPassword(algo, await newPasswordVerifier(crypto, text, algo), hint, email);
}

/** Begins a check. */
export function challenge(world: World, password: AccountPassword): { id: bigint; B: Uint8Array } {
  const server = new SrpServer(world.crypto, password.algo, password.verifier);
  const id = world.randomLong();
  const { challenges } = password;
  challenges.set(id, server);
  const [oldest] = challenges.keys();
  if (challenges.size > MAX_CHALLENGES && oldest !== undefined) challenges.delete(oldest);
  return { id, B: server.B };
}

/**
 * Ends a check; each challenge is good for one.
 *
 * @throws RpcFault `SRP_ID_INVALID`, `PASSWORD_HASH_INVALID`.
 */
export function verify(
  password: AccountPassword,
  proof: { readonly srpId: bigint; readonly a: Uint8Array; readonly m1: Uint8Array },
): void {
  const server = password.challenges.get(proof.srpId);
  if (!server) throw badRequest('SRP_ID_INVALID');
  password.challenges.delete(proof.srpId);
  if (!passes(server, proof.a, proof.m1)) throw badRequest('PASSWORD_HASH_INVALID');
}

function passes(server: SrpServer, A: Uint8Array, m1: Uint8Array): boolean {
  try {
    return server.check(A, m1);
  } catch (thrown) {
    if (thrown instanceof CryptoError) return false;
    throw thrown;
  }
}

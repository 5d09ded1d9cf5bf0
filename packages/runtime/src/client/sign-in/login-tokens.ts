import type { StorageChange } from '../../storage/types.js';

/**
 * Tokens of users who logged out, or signed in, here: with one of them the server lets its user in again without a
 * code.
 *
 * @see https://core.telegram.org/api/auth#future-auth-tokens
 */
export interface LoginTokens {
  /** Newest first. */
  load(): Promise<readonly Uint8Array[]>;
  save(tokens: readonly Uint8Array[]): Promise<void>;
}

/** The server takes no more. */
const MAX_TOKENS = 20;
/** Bytes. Those of the server are far shorter; a record must stay small whatever it sends. */
const MAX_TOKEN_SIZE = 4096;
const SPACE = 'login-token';
const VERSION = 1;

/** Keeps a token that the server gave; the oldest one makes room for it. */
export async function keepToken(tokens: LoginTokens, token: Uint8Array | undefined): Promise<void> {
  if (!token || token.length === 0 || token.length > MAX_TOKEN_SIZE) return;
  const name = String(token);
  const others = (await tokens.load()).filter((one) => String(one) !== name);
  await tokens.save([token.slice(), ...others].slice(0, MAX_TOKENS));
}

/** What keeping tokens needs of a storage. */
export interface TokenStorage {
  get(space: string, key: string): Promise<Uint8Array | null>;
  commit(changes: readonly StorageChange[]): Promise<void>;
}

/** @param world - `main` or `test`: each has users of its own. */
export function storedTokens(storage: TokenStorage, world: 'main' | 'test'): LoginTokens {
  return {
    async load() {
      const bytes = await storage.get(SPACE, world);
      return bytes ? read(bytes) : [];
    },
    save: (tokens) =>
      storage.commit([
        { space: SPACE, key: world, value: tokens.length === 0 ? null : write(tokens) },
      ]),
  };
}

/** A version byte, then each token behind its length in two bytes. */
function write(tokens: readonly Uint8Array[]): Uint8Array {
  const size = tokens.reduce((sum, token) => sum + 2 + token.length, 1);
  const bytes = new Uint8Array(size);
  bytes[0] = VERSION;
  let at = 1;
  for (const token of tokens) {
    bytes[at] = token.length >> 8;
    bytes[at + 1] = token.length & 0xff;
    bytes.set(token, at + 2);
    at += 2 + token.length;
  }
  return bytes;
}

/** Without a token a code is asked for, so what cannot be read is no reason to keep anybody out. */
function read(bytes: Uint8Array): Uint8Array[] {
  const tokens: Uint8Array[] = [];
  if (bytes[0] !== VERSION) return tokens;
  for (let at = 1; at + 2 <= bytes.length && tokens.length < MAX_TOKENS;) {
    const length = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
    const end = at + 2 + length;
    if (length === 0 || end > bytes.length) return tokens;
    tokens.push(bytes.slice(at + 2, end));
    at = end;
  }
  return tokens;
}

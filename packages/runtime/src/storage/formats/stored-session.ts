import { accountChange, jsonBytes, keyChange, readAccount, readKey, SPACE } from '../records.js';
import type { StorageChange, StorageDriver } from '../types.js';
import { KEY_SIZE, SessionFormatError, type SessionData } from './types.js';

/** Says, by world, that a session was imported and nobody has asked yet whose it is. */
export const IMPORTED = 'imported';

const worldOf = (testMode: boolean): 'main' | 'test' => (testMode ? 'test' : 'main');

/**
 * The changes that put a session into a storage.
 *
 * @throws SessionFormatError `DAMAGED` for keys of a wrong length.
 */
export function sessionChanges(data: SessionData): StorageChange[] {
  const { dcId, testMode, authKey, userId = null, bot = false, otherKeys = new Map() } = data;
  const world = worldOf(testMode);
  const keys = new Map<number, Uint8Array>([...otherKeys, [dcId, authKey]]);
  const changes = [...keys].map(([dc, key]) => {
    if (key.length !== KEY_SIZE) {
      throw new SessionFormatError(
        'DAMAGED',
        `The key of data center ${dc} is not ${KEY_SIZE} bytes`,
      );
    }
    return keyChange(`${world}:${dc}`, { key, salt: 0n, createdAt: 0, userId });
  });
  changes.push(accountChange(world, { homeDc: dcId, userId, bot }));
  const mark = userId === null ? jsonBytes({ v: 1 }) : null;
  changes.push({ space: IMPORTED, key: world, value: mark });
  return changes;
}

/**
 * The session in a storage; null when nobody has signed in. A key alone is none, unless it was imported and nobody has
 * asked yet whose it is.
 */
export async function storedSession(
  storage: Pick<StorageDriver, 'get' | 'list'>,
  testMode = false,
): Promise<SessionData | null> {
  const world = worldOf(testMode);
  // Asked for together, so that nothing is changed in between.
  const [account, mark, keys] = await Promise.all([
    storage.get(SPACE.account, world),
    storage.get(IMPORTED, world),
    storage.list(SPACE.key),
  ]);
  if (!account) return null;
  const { homeDc, userId, bot } = readAccount(account);
  if (userId === null && !mark) return null;
  const otherKeys = new Map<number, Uint8Array>();
  let authKey: Uint8Array | null = null;
  for (const [name, value] of keys) {
    if (!name.startsWith(`${world}:`)) continue;
    const dc = Number(name.slice(world.length + 1));
    const record = readKey(value);
    if (dc === homeDc) authKey = record.key;
    else if (userId !== null && record.userId === userId) otherKeys.set(dc, record.key);
  }
  if (!authKey) return null;
  return {
    dcId: homeDc,
    testMode,
    authKey,
    ...(userId !== null && { userId, bot }),
    ...(otherKeys.size > 0 && { otherKeys }),
  };
}

/**
 * Puts a session into a storage that no client has open; what was in it of an earlier sign-in is replaced.
 *
 * A key that is used from two IP addresses is revoked by the server: the other library must not use it any more.
 *
 * @throws StorageError; SessionFormatError `DAMAGED`.
 */
export async function importSession(storage: StorageDriver, data: SessionData): Promise<void> {
  const changes = sessionChanges(data);
  await storage.open();
  try {
    const world = `${worldOf(data.testMode)}:`;
    const old = (await storage.list(SPACE.key)).filter(([name]) => name.startsWith(world));
    const gone = old.map(([key]) => ({ space: SPACE.key, key, value: null }));
    await storage.commit([...gone, ...changes]);
  } finally {
    await storage.close();
  }
}

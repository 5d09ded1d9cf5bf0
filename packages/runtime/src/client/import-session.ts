import { importSession as put, readSession } from '../storage/formats/index.js';
import type { SessionData } from '../storage/formats/types.js';
import type { StorageDriver } from '../storage/types.js';
import { storageOf } from './options.js';

/**
 * Puts a session into a storage that no client has open; what was in it of an earlier sign-in is replaced.
 *
 * A key that is used from two IP addresses is revoked by the server: the other library must not use it any more.
 *
 * @param storage - or the path of an SQLite file.
 * @param session - as text in any format that `readSession` knows, or what was read; `{ dcId, testMode, authKey }` is
 * enough.
 * @throws StorageError; SessionFormatError `UNKNOWN_FORMAT`, `DAMAGED`, `AMBIGUOUS`.
 */
export async function importSession(
  storage: StorageDriver | string,
  session: SessionData | string,
): Promise<void> {
  const data = typeof session === 'string' ? readSession(session) : session;
  await put(storageOf(storage), data);
}

import { HEADER } from './encryption-header.js';
import { StorageError, type StorageChange, type StorageDriver } from './types.js';

/** Where the version of the format stands. */
export const STAMP = { space: 'meta', key: 'format' } as const;

/** What turns one version into the next: reads, and tells what to change. It may run again from the start. */
export type Migration = (
  driver: Pick<StorageDriver, 'get' | 'list'>,
) => Promise<readonly StorageChange[]>;

/**
 * The step at index i makes version i + 2 out of version i + 1. Steps are never changed once they are published.
 *
 * - 1: keys, account and config, without a stamp.
 * - 2: the same, with the stamp.
 */
const MIGRATIONS: readonly Migration[] = [() => Promise.resolve([])];

/** The version that this library writes. */
export const FORMAT = MIGRATIONS.length + 1;

/**
 * Brings an open storage up to date. Each step is one commit with the new stamp in it, so a process that dies on the
 * way leaves a whole storage of some version, and the next one goes on from there.
 *
 * @throws StorageError `newer`, `damaged` when the stamp makes no sense, `passphrase` when it is encrypted; else what
 * the driver throws.
 */
export async function migrate(
  driver: StorageDriver,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  if (await driver.get(HEADER.space, HEADER.key)) {
    throw new StorageError(
      'passphrase',
      'The storage is encrypted: wrap it in EncryptedStorage and give the passphrase',
    );
  }
  const newest = migrations.length + 1;
  const version = readStamp(await driver.get(STAMP.space, STAMP.key));
  if (version > newest) {
    throw new StorageError(
      'newer',
      `The storage has format ${version}, and this version of the library knows formats up to ${newest}: update the ` +
        'library, or use another storage',
    );
  }
  for (let from = version; from < newest; from++) {
    const changes = (await migrations[from - 1]?.(driver)) ?? [];
    await driver.commit([...changes, stamp(from + 1)]);
  }
}

/** Change that says which version the storage has. */
export function stamp(version: number): StorageChange {
  return { ...STAMP, value: new TextEncoder().encode(String(version)) };
}

function readStamp(bytes: Uint8Array | null): number {
  if (bytes === null) return 1;
  const text = new TextDecoder().decode(bytes.subarray(0, 16));
  if (!/^[1-9]\d{0,8}$/.test(text)) {
    throw new StorageError('damaged', `The version of the stored format is not readable`);
  }
  return Number(text);
}

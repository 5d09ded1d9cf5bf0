import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeCrypto } from '../../../../packages/runtime/src/crypto/provider/node.js';
import type { CryptoProvider } from '../../../../packages/runtime/src/crypto/provider/types.js';
import { EncryptedStorage } from '../../../../packages/runtime/src/storage/encrypted.js';
import { MemoryStorage } from '../../../../packages/runtime/src/storage/memory.js';
import { SqliteStorage } from '../../../../packages/runtime/src/storage/sqlite.js';
import type { StorageDriver } from '../../../../packages/runtime/src/storage/types.js';
import { storageContract, type ContractSubject } from '../../../support/storage-contract.js';

/** One round instead of many: what a passphrase costs is not the matter here. */
const crypto: CryptoProvider = Object.create(nodeCrypto, {
  pbkdf2Sha512: {
    value: (secret: Uint8Array, salt: Uint8Array, _: number, size: number) =>
      nodeCrypto.pbkdf2Sha512(secret, salt, 1, size),
  },
}) as CryptoProvider;

async function memory(): Promise<ContractSubject> {
  const driver = new MemoryStorage();
  return { driver, again: () => driver };
}

async function sqlite(): Promise<ContractSubject> {
  const folder = mkdtempSync(join(tmpdir(), 'tlgen-storage-'));
  const again = (): StorageDriver => new SqliteStorage(join(folder, 'session.db'));
  return { driver: again(), again, clean: () => rmSync(folder, { recursive: true }) };
}

const encrypted = (below: () => Promise<ContractSubject>) => async (): Promise<ContractSubject> => {
  const subject = await below();
  const wrap = (driver: StorageDriver): StorageDriver =>
    new EncryptedStorage(driver, { passphrase: 'correct horse', crypto });
  return { ...subject, driver: wrap(subject.driver), again: () => wrap(subject.again()) };
};

storageContract('MemoryStorage', memory);
storageContract('SqliteStorage', sqlite);
storageContract('EncryptedStorage over MemoryStorage', encrypted(memory));
storageContract('EncryptedStorage over SqliteStorage', encrypted(sqlite));

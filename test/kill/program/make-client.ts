import { schema } from '@tlgen/telegram/schema';
import { nodeCrypto } from '../../../packages/runtime/src/crypto/provider/node.js';
import {
  Client,
  EncryptedStorage,
  SqliteStorage,
  type ClientOptions,
  type StorageDriver,
} from '../../../packages/runtime/src/index.js';
import { LazyStorage } from './lazy-storage.js';
import type { Plan } from './plan.js';

/** The client of a life. */
export type LivingClient = ReturnType<typeof makeClient>;

/** @param calls - gets the TL name of each call. */
export function makeClient(plan: Plan, calls: string[]) {
  return new Client({
    schema,
    ...(plan.dc as Omit<ClientOptions, 'schema' | 'storage'>),
    storage: storageOf(plan),
    saveInterval: plan.saveInterval,
    auth: { pfs: plan.pfs },
    connection: { protocol: 'tcp_intermediate', timeout: 20_000 },
    logger: { to: 'none' },
    middleware: [
      (call, next) => {
        calls.push(call.request._);
        return next(call);
      },
    ],
  });
}

function storageOf({ path, passphrase, lazy }: Plan): StorageDriver {
  const file = new SqliteStorage(path);
  const driver =
    passphrase === '' ? file : new EncryptedStorage(file, { passphrase, crypto: nodeCrypto });
  return lazy ? new LazyStorage(driver, lazy) : driver;
}

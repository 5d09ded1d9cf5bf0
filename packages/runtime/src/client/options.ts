import type { ApiSchema, ApiTypes } from '@tlgen/codec';
import { openPath } from '#storage';
import type { Middleware } from '../core/types.js';
import type { StorageDriver } from '../storage/types.js';
import type { PartialSettings } from './settings.js';

/**
 * What a client is made with: these, and any of the settings.
 *
 * @typeParam Types - of the schema; `client.api` gets its type from it.
 */
export interface ClientOptions<Types extends ApiTypes = ApiTypes> extends PartialSettings {
  /** From a generated package: `import { schema } from '@tlgen/telegram/schema'`. */
  readonly schema: ApiSchema<Types>;
  /** From https://my.telegram.org. */
  readonly apiId: number;
  readonly apiHash: string;
  /** Where keys, sign-in and peers are kept: a storage, or the path of an SQLite file. One client at a time. */
  readonly storage: StorageDriver | string;
  /** Stands between `invoke` and the network; the first is the outermost. */
  readonly middleware?: readonly Middleware[] | undefined;
}

/** A plain path means SQLite. */
export function storageOf(storage: StorageDriver | string): StorageDriver {
  return typeof storage === 'string' ? openPath(storage) : storage;
}

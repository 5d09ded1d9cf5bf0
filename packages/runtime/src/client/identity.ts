import type { ClientOptions } from './options.js';
import type { StorageDriver } from '../storage/types.js';
import { SettingsError } from './merge-settings.js';

/** @throws SettingsError when something is missing that has no default. */
export function checkIdentity(options: ClientOptions): void {
  const { schema, apiId, apiHash, storage } = options as Partial<ClientOptions>;
  if (typeof schema?.method !== 'function') {
    fail(
      'schema',
      "the schema of a generated package: import { schema } from '@tlgen/telegram/schema'",
    );
  }
  if (!Number.isInteger(apiId) || Number(apiId) <= 0) {
    fail('apiId', 'the number that https://my.telegram.org gives');
  }
  if (typeof apiHash !== 'string' || apiHash === '') {
    fail('apiHash', 'the text that https://my.telegram.org gives');
  }
  const isPath = typeof storage === 'string' && storage !== '';
  if (!isPath && typeof (storage as Partial<StorageDriver> | undefined)?.commit !== 'function') {
    fail(
      'storage',
      'where to keep the sign-in: the path of an SQLite file, or for example new MemoryStorage()',
    );
  }
}

function fail(key: string, expected: string): never {
  throw new SettingsError(key, `A client needs ${key}: ${expected}`);
}

import type { ApiSchema } from '@tlgen/codec';
import type { Middleware } from '../core/types.js';
import type { StorageDriver } from '../storage/types.js';
import type { PartialSettings } from './settings.js';

/** What a client is made with: these, and any of the settings. */
export interface ClientOptions extends PartialSettings {
  /** From a generated package: `import { schema } from '@tlgen/telegram/schema'`. */
  readonly schema: ApiSchema;
  /** From https://my.telegram.org. */
  readonly apiId: number;
  readonly apiHash: string;
  /** Where keys and sign-in are kept. One client at a time. */
  readonly storage: StorageDriver;
  /** Stands between `invoke` and the network; the first is the outermost. */
  readonly middleware?: readonly Middleware[] | undefined;
}

import { platform as hostPlatform } from '#platform';
import type { OpenTransport } from '../network/network.js';
import type { EngineFactory } from '../network/types.js';
import type { Platform } from '../platform/types.js';
import { Engine } from '../session/engine.js';
import { raceTransports } from '../transport/open/race.js';

/** What a client is put together from; tests hand in others. */
export interface Parts {
  readonly platform: Platform;
  readonly engine: EngineFactory;
  readonly open: OpenTransport;
}

/** The parts for the host this runs on, where none are given. */
export function withDefaults(given: Partial<Parts>): Parts {
  const platform = given.platform ?? hostPlatform;
  return {
    platform,
    engine: given.engine ?? ((options) => new Engine(options)),
    open: given.open ?? ((endpoints, options) => raceTransports(endpoints, platform, options)),
  };
}

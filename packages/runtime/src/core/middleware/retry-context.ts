import type { CryptoProvider } from '../../crypto/provider/types.js';
import type { Network } from '../../network/network.js';
import type { Clock } from '../../platform/types.js';
import type { Log } from '../logger.js';

/** What the middleware that repeats calls needs. Settings are read at each use: they may change. */
export interface RetryContext {
  /** Who is signed in: a call ends with the sign-in that it was made in. */
  readonly network: Pick<Network, 'store'>;
  readonly clock: Clock;
  readonly crypto: CryptoProvider;
  readonly logger: Log;
  /** How often a call is tried, counting the first time. */
  maxTries(): number;
  /** How often a call is sent whose answer was lost, counting the first time. */
  maxResponses(): number;
  /** Seconds. */
  floodWaitBelow(): number;
}

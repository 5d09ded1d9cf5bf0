import {
  SessionFormatError,
  type SessionAddress,
  type SessionFormat,
} from '../storage/formats/types.js';
import { storedSession } from '../storage/formats/stored-session.js';
import { writeSession } from '../storage/formats/write-session.js';
import type { Backbone } from './backbone.js';

/** @throws SessionFormatError `CANNOT_EXPORT`; StorageError; ClosedError. */
export function exportedSession(
  { caller, network, options, world }: Backbone,
  format: SessionFormat,
  given: SessionAddress | undefined,
): Promise<string> {
  return caller.cancellable({}, 'exporting the session', async () => {
    const data = await storedSession(network.state, world === 'test');
    if (!data) {
      throw new SessionFormatError('CANNOT_EXPORT', 'There is no session yet: sign in first');
    }
    const address = given ?? network.addressOf(data.dcId);
    return writeSession({ ...data, apiId: options.apiId, ...(address && { address }) }, format);
  });
}

import { isApiId, isDc, isHost, isPort, isUserId } from './byte-reader.js';
import { KEY_SIZE, SessionFormatError, type SessionData } from './types.js';

/**
 * What no format can hold is not written at all, rather than cut to fit.
 *
 * @throws SessionFormatError `CANNOT_EXPORT` that names the field at fault.
 */
export function checkSession(data: SessionData): void {
  const { dcId, authKey, address, userId, apiId, otherKeys = new Map() } = data;
  check(isDc(dcId), 'dcId', 'a number from 1 to 99');
  check(authKey.length === KEY_SIZE, 'authKey', `${KEY_SIZE} bytes`);
  for (const [id, key] of otherKeys) {
    const fits = isDc(id) && key.length === KEY_SIZE;
    check(fits, 'otherKeys', `${KEY_SIZE} bytes for each id from 1 to 99`);
  }
  if (userId !== undefined) check(isUserId(userId), 'userId', 'positive and below 2^52');
  if (apiId !== undefined) check(isApiId(apiId), 'apiId', 'positive and below 2^31');
  if (address) {
    check(isHost(address.host), 'address.host', 'printable ASCII of 1 to 253 characters');
    check(isPort(address.port), 'address.port', 'a number from 1 to 65535');
  }
}

function check(fits: boolean, field: string, demand: string): void {
  if (fits) return;
  throw new SessionFormatError('CANNOT_EXPORT', `The ${field} of a session has to be ${demand}`);
}

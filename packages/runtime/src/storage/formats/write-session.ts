import { toBase64 } from '@tlgen/codec';
import { checkSession } from './check-session.js';
import { writeGramjs } from './gramjs.js';
import { telegramAddress } from './ip-address.js';
import { writeMtcute } from './mtcute.js';
import { writeMtkruto } from './mtkruto.js';
import { writePyrogram } from './pyrogram.js';
import { writeTelethon } from './telethon.js';
import { PREFIX, writeTlgen } from './tlgen.js';
import {
  SessionFormatError,
  type SessionAddress,
  type SessionData,
  type SessionFormat,
} from './types.js';

/**
 * Writes a session as text. Whoever has it has the account.
 *
 * Telethon, GramJS and mtcute demand the address of the data center: where `data` has none, Telegram's own. Of Telethon
 * and GramJS it is also all that tells a session of the test servers.
 *
 * @throws SessionFormatError `CANNOT_EXPORT` when the format cannot hold the session, or demands what is not known.
 */
export function writeSession(data: SessionData, format: SessionFormat = 'tlgen'): string {
  checkSession(data);
  switch (format) {
    case 'tlgen':
      return PREFIX + urlSafe(writeTlgen(data));
    case 'telethon':
      return writeTelethon(data, addressOf(data));
    case 'gramjs':
      return writeGramjs(data, addressOf(data));
    case 'pyrogram':
      return urlSafe(writePyrogram(data));
    case 'mtcute':
      return urlSafe(writeMtcute(data, addressOf(data)));
    case 'mtkruto':
      return urlSafe(writeMtkruto(data));
    default:
      throw new SessionFormatError('CANNOT_EXPORT', 'There is no format of that name');
  }
}

function addressOf({ address, dcId, testMode }: SessionData): SessionAddress {
  const found = address ?? telegramAddress(dcId, testMode);
  if (found) return found;
  throw new SessionFormatError(
    'CANNOT_EXPORT',
    `This format holds the address of data center ${dcId}, and none is known: pass { address }`,
  );
}

function urlSafe(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

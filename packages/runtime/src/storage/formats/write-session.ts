import { toBase64 } from '@tlgen/codec';
import { writeGramjs } from './gramjs.js';
import { telegramAddress } from './ip-address.js';
import { writeMtcute } from './mtcute.js';
import { writeMtkruto } from './mtkruto.js';
import { writePyrogram } from './pyrogram.js';
import { writeTelethon } from './telethon.js';
import { PREFIX, writeTlgen } from './tlgen.js';
import {
  KEY_SIZE,
  SessionFormatError,
  type SessionAddress,
  type SessionData,
  type SessionFormat,
} from './types.js';

/**
 * Writes a session as text. Whoever has it has the account.
 *
 * Telethon, GramJS and mtcute demand the address of the data center: where `data` has none, Telegram's own.
 *
 * @throws SessionFormatError `CANNOT_EXPORT` when the format cannot hold the session, or demands what is not known.
 */
export function writeSession(data: SessionData, format: SessionFormat = 'tlgen'): string {
  if (data.authKey.length !== KEY_SIZE) {
    throw new SessionFormatError('CANNOT_EXPORT', `An auth key has ${KEY_SIZE} bytes`);
  }
  switch (format) {
    case 'tlgen':
      return PREFIX + urlSafe(writeTlgen(data));
    case 'telethon':
      return writeTelethon(mainOnly(data, format), addressOf(data));
    case 'gramjs':
      return writeGramjs(mainOnly(data, format), addressOf(data));
    case 'pyrogram':
      return urlSafe(writePyrogram(data));
    case 'mtcute':
      return urlSafe(writeMtcute(data, addressOf(data)));
    case 'mtkruto':
      return urlSafe(writeMtkruto(data));
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

/** Formats that do not say whether a key is of the test servers: there, the address alone tells. */
function mainOnly(data: SessionData, format: SessionFormat): SessionData {
  if (!data.testMode || data.address) return data;
  throw new SessionFormatError(
    'CANNOT_EXPORT',
    `A ${format} session does not say that it is of the test servers: pass { address }`,
  );
}

function urlSafe(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

import type { CryptoProvider } from '../../../crypto/provider/types.js';
import { demand, NotThatFormat } from '../byte-reader.js';
import { SessionFormatError, type SessionData } from '../types.js';
import { checkSession } from '../check-session.js';
import {
  accountName,
  isTestConfig,
  readAccountOrder,
  readAuthorization,
  writeAuthorization,
} from './accounts.js';
import { readDataFile, writeDataFile, type DataFile, type ReadFile } from './data-file.js';
import { decryptLocal, encryptLocal, LOCAL_KEY_SIZE, passcodeKey } from './local-encryption.js';
import { QtReader, QtWriter } from './qt-stream.js';

/** A version of Telegram Desktop that writes these files as they are read here. */
const VERSION = 5_000_000;
/** Telegram Desktop takes a folder with more accounts for a damaged one. */
const MAX_WRITTEN = 6;
const KEY_DATA = 'key_data';
const SALT_SIZE = 32;
/** The local key with its length, padding and msg_key. */
const LOCKED_KEY = 16 + 272;

/** How a tdata folder is opened. */
export interface TdataOptions {
  readonly crypto: CryptoProvider;
  /** The local passcode; empty or left out: none was set. */
  readonly passcode?: string | undefined;
}

/**
 * The accounts in Telegram Desktop's folder `tdata` that are signed in, in its order; only the folder is read, nothing
 * is changed.
 *
 * @throws SessionFormatError `UNKNOWN_FORMAT` for another folder, `PASSCODE` for a wrong passcode, `DAMAGED`; what
 * `read` throws.
 */
export async function readTdata(
  read: ReadFile,
  { crypto, passcode = '' }: TdataOptions,
): Promise<SessionData[]> {
  const keyData = await readDataFile(read, KEY_DATA);
  if (!keyData) {
    throw new SessionFormatError(
      'UNKNOWN_FORMAT',
      `This folder is no tdata: it has no ${KEY_DATA}s. Give the folder named tdata itself`,
    );
  }
  const { salt, key, info } = guarded(KEY_DATA, () => {
    const reader = new QtReader(keyData.payload);
    const parts = { salt: reader.array(), key: reader.array(), info: reader.array() };
    return demand(parts, (one) => one.salt.length === SALT_SIZE && one.key.length === LOCKED_KEY);
  });
  const localKey = decryptLocal(crypto, key, await passcodeKey(crypto, passcode, salt));
  if (localKey?.length !== LOCAL_KEY_SIZE) {
    throw new SessionFormatError(
      'PASSCODE',
      passcode === '' ? 'This tdata has a local passcode: give it' : 'The local passcode is wrong',
    );
  }
  const order = guarded(KEY_DATA, () => readAccountOrder(decrypted(crypto, info, localKey)));
  const accounts: SessionData[] = [];
  for (const index of order) {
    const account = await readAccount(read, accountName(index), crypto, localKey);
    if (account) accounts.push(account);
  }
  return accounts;
}

async function readAccount(
  read: ReadFile,
  name: string,
  crypto: CryptoProvider,
  localKey: Uint8Array,
): Promise<SessionData | null> {
  const file = await readDataFile(read, name);
  if (!file) {
    throw new SessionFormatError('DAMAGED', `This tdata is not whole: it has no ${name}s`);
  }
  const contentOf = ({ payload }: DataFile): Uint8Array =>
    decrypted(crypto, new QtReader(payload).array(), localKey);
  const account = guarded(name, () => readAuthorization(contentOf(file)));
  if (!account) return null;
  // Which servers it is of stands in a file that came later than the others.
  const configName = `${name}/config`;
  const config = await readDataFile(read, configName);
  if (!config) return account;
  const testMode = guarded(configName, () => isTestConfig(contentOf(config)));
  return { ...account, testMode };
}

/**
 * The files of a `tdata` folder with these accounts, by their path in it.
 *
 * @throws SessionFormatError `CANNOT_EXPORT` without the user's id, for the test servers, and for other than 1 to 6 accounts.
 */
export async function writeTdata(
  accounts: readonly SessionData[],
  { crypto, passcode = '' }: TdataOptions,
): Promise<ReadonlyMap<string, Uint8Array>> {
  if (accounts.length === 0 || accounts.length > MAX_WRITTEN) {
    throw new SessionFormatError('CANNOT_EXPORT', `tdata holds 1 to ${MAX_WRITTEN} accounts`);
  }
  for (const account of accounts) {
    checkSession(account);
    const { userId, testMode } = account;
    if (userId === undefined || testMode) {
      throw new SessionFormatError(
        'CANNOT_EXPORT',
        'tdata holds accounts of the main servers with the id of the user: give userId',
      );
    }
  }
  const salt = crypto.randomBytes(SALT_SIZE);
  const localKey = crypto.randomBytes(LOCAL_KEY_SIZE);
  const outerKey = await passcodeKey(crypto, passcode, salt);
  const encrypt = (data: Uint8Array): Uint8Array => encryptLocal(crypto, data, localKey);
  const order = new QtWriter().int(accounts.length);
  accounts.forEach((_, index) => order.int(index));
  const keyData = new QtWriter()
    .array(salt)
    .array(encryptLocal(crypto, localKey, outerKey))
    .array(encrypt(order.int(0).finish()));
  const files = new Map([['key_datas', file(keyData)]]);
  accounts.forEach((account, index) => {
    const name = accountName(index);
    files.set(`${name}s`, file(new QtWriter().array(encrypt(writeAuthorization(account)))));
    // Telegram Desktop demands a map, also one that lists nothing.
    const map = new QtWriter().array(new Uint8Array()).array(new Uint8Array());
    files.set(`${name}/maps`, file(map.array(encrypt(new Uint8Array()))));
  });
  return files;
}

function file(payload: QtWriter): Uint8Array {
  return writeDataFile({ version: VERSION, payload: payload.finish() });
}

function decrypted(
  crypto: CryptoProvider,
  encrypted: Uint8Array,
  localKey: Uint8Array,
): Uint8Array {
  const plain = decryptLocal(crypto, encrypted, localKey);
  if (!plain) throw new NotThatFormat();
  return plain;
}

function guarded<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof NotThatFormat)) throw error;
    throw new SessionFormatError(
      'DAMAGED',
      `The file ${name} of tdata does not hold what it should`,
    );
  }
}

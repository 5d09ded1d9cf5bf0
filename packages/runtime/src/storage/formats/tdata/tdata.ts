import type { CryptoProvider } from '../../../crypto/provider/types.js';
import { NotThatFormat } from '../byte-reader.js';
import { SessionFormatError, type SessionData } from '../types.js';
import {
  accountName,
  readAccountOrder,
  readAuthorization,
  writeAuthorization,
} from './accounts.js';
import { readDataFile, writeDataFile, type ReadFile } from './data-file.js';
import { decryptLocal, encryptLocal, LOCAL_KEY_SIZE, passcodeKey } from './local-encryption.js';
import { QtReader, QtWriter } from './qt-stream.js';

/** A version of Telegram Desktop that writes these files as they are read here. */
const VERSION = 5_000_000;
const SALT_SIZE = 32;

/** How a tdata folder is opened. */
export interface TdataOptions {
  readonly crypto: CryptoProvider;
  /** The local passcode; empty or left out: none was set. */
  readonly passcode?: string | undefined;
}

/**
 * The accounts in Telegram Desktop's folder `tdata`, in its order; only the folder is read, nothing is changed.
 *
 * @throws SessionFormatError `UNKNOWN_FORMAT` for another folder, `PASSCODE` for a wrong passcode, `DAMAGED`.
 */
export async function readTdata(
  read: ReadFile,
  { crypto, passcode = '' }: TdataOptions,
): Promise<SessionData[]> {
  const { payload } = await readDataFile(read, 'key_data');
  const parts = guarded('key_data', () => {
    const reader = new QtReader(payload);
    return { salt: reader.array(), key: reader.array(), info: reader.array() };
  });
  const outerKey = await passcodeKey(crypto, passcode, parts.salt);
  const localKey = decryptLocal(crypto, parts.key, outerKey);
  if (localKey?.length !== LOCAL_KEY_SIZE) {
    throw new SessionFormatError(
      'PASSCODE',
      passcode === '' ? 'This tdata has a local passcode: give it' : 'The local passcode is wrong',
    );
  }
  const info = decrypted(crypto, 'key_data', parts.info, localKey);
  const order = guarded('key_data', () => readAccountOrder(info));
  return Promise.all(
    order.map(async (index) => {
      const name = accountName(index);
      const file = await readDataFile(read, name);
      const encrypted = guarded(name, () => new QtReader(file.payload).array());
      const settings = decrypted(crypto, name, encrypted, localKey);
      return guarded(name, () => readAuthorization(settings));
    }),
  );
}

/**
 * The files of a `tdata` folder with these accounts, by their path in it.
 *
 * @throws SessionFormatError `CANNOT_EXPORT` without the user's id, or for the test servers.
 */
export async function writeTdata(
  accounts: readonly SessionData[],
  { crypto, passcode = '' }: TdataOptions,
): Promise<ReadonlyMap<string, Uint8Array>> {
  for (const { userId, testMode } of accounts) {
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
  name: string,
  encrypted: Uint8Array,
  localKey: Uint8Array,
): Uint8Array {
  const plain = decryptLocal(crypto, encrypted, localKey);
  if (plain) return plain;
  throw new SessionFormatError('DAMAGED', `The file ${name} of tdata cannot be decrypted`);
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

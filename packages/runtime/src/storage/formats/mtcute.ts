import { ByteReader, demand, isDc, isPort, isUserId } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';
import { KEY_SIZE, type SessionAddress, type SessionData } from './types.js';

const VERSION = 3;
const SELF = 1;
const OLD_TEST = 2;
const MEDIA = 4;
const BOOL_TRUE = 0x997275b5 | 0;
const BOOL_FALSE = 0xbc799737 | 0;

/** mtcute's strings: URL-safe base64 without padding of the version, then TL: flags, data centers, self, key. */
export function readMtcute(bytes: Uint8Array): SessionData {
  const reader = new ByteReader(bytes);
  demand(reader.u8(), (version) => version === VERSION);
  const flags = demand(reader.int(), (word) => (word & ~(SELF | OLD_TEST | MEDIA)) === 0);
  const main = readOption(reader.tlBytes());
  const oldTest = (flags & OLD_TEST) !== 0;
  if (flags & MEDIA) {
    demand(readOption(reader.tlBytes()), (media) => oldTest || media.testMode === main.testMode);
  }
  const self = flags & SELF ? readSelf(reader) : {};
  const authKey = demand(reader.tlBytes(), (key) => key.length === KEY_SIZE);
  reader.end();
  return { ...main, testMode: main.testMode || oldTest, authKey, ...self };
}

function readOption(bytes: Uint8Array): Pick<SessionData, 'dcId' | 'testMode' | 'address'> {
  const reader = new ByteReader(bytes);
  const version = demand(reader.u8(), (value) => value === 1 || value === 2);
  const dcId = demand(reader.u8(), isDc);
  const flags = demand(reader.u8(), (word) => word < 8);
  const host = reader.tlHost();
  const port = demand(reader.int(), isPort);
  reader.end();
  return { dcId, testMode: version === 2 && (flags & 4) !== 0, address: { host, port } };
}

function readSelf(reader: ByteReader): Pick<SessionData, 'userId' | 'bot'> {
  const userId = demand(reader.long(), isUserId);
  const bot = demand(reader.int(), (id) => id === BOOL_TRUE || id === BOOL_FALSE) === BOOL_TRUE;
  return { userId, bot };
}

export function writeMtcute(
  { dcId, testMode, authKey, userId, bot = false }: SessionData,
  { host, port }: SessionAddress,
): Uint8Array {
  const flags = (host.includes(':') ? 1 : 0) | (testMode ? 4 : 0);
  const option = new ByteWriter().u8(2).u8(dcId).u8(flags).tlString(host).int(port).finish();
  const writer = new ByteWriter()
    .u8(VERSION)
    .int(userId === undefined ? 0 : SELF)
    .tlBytes(option);
  if (userId !== undefined) writer.long(userId).int(bot ? BOOL_TRUE : BOOL_FALSE);
  return writer.tlBytes(authKey).finish();
}

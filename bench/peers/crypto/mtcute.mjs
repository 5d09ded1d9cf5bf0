import { bigint } from '@fuman/utils';
import { addPublicKey } from '@mtcute/core/utils.js';
import Long from 'long';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PRIME, SALT, SESSION_ID } from '../../crypto/inputs.mjs';
import { MtcuteCrypto } from '../mtcute-crypto.mjs';
import { tlFolder } from '../mtcute.mjs';

/** @typedef {import('../../crypto/operations.mjs').CryptoPeer} CryptoPeer */

/** Modules that mtcute's packages do not export by name. */
const inside = (/** @type {string} */ file) =>
  import(pathToFileURL(join(tlFolder, '..', file)).href);

const crypto = new MtcuteCrypto();
const long = (/** @type {bigint} */ value) => Long.fromString(value.toString());

/** @returns {CryptoPeer} */
export function load() {
  crypto.initialize();
  return {
    igeEncrypt: (data, key, iv) => crypto.createAesIge(key, iv).encrypt(data),
    igeDecrypt: (data, key, iv) => crypto.createAesIge(key, iv).decrypt(data),
    ctr(key, iv) {
      const stream = crypto.createAesCtr(key, iv);
      return (data) => stream.process(data);
    },
    modPow(base, exponent) {
      const [b, e, n] = [base, exponent, PRIME].map((bytes) => bigint.fromBytes(bytes));
      return bigint.toBytes(bigint.modPowBinary(b, e, n), 256);
    },
    factorize: (pq) => crypto.factorizePQ(pq),
    envelope,
    handshake,
  };
}

async function quietLog() {
  const { LogManager } = await inside('utils/logger.js');
  return new LogManager('bench', { log() {}, getDefaultLogLevel: () => LogManager.OFF });
}

async function maps() {
  const { __tlReaderMap: readers } = await inside('tl/binary/reader.js');
  const { __tlWriterMap: writers } = await inside('tl/binary/writer.js');
  return { readers, writers };
}

/** @type {CryptoPeer['envelope']} */
async function envelope(authKey) {
  const { AuthKey } = await inside('network/auth-key.js');
  const key = new AuthKey(crypto, await quietLog(), (await maps()).readers);
  key.setup(authKey);
  const [salt, sessionId] = [long(SALT), long(SESSION_ID)];
  return {
    sealing({ whole }) {
      return () => key.encryptMessage(whole, salt, sessionId);
    },
    open(packet) {
      let opened;
      key.decryptMessage(
        packet,
        sessionId,
        (/** @type {any} */ _id, /** @type {number} */ _seqNo, /** @type {any} */ reader) => {
          opened = reader;
        },
      );
      return opened;
    },
    bodyOf: (/** @type {any} */ reader) => reader.uint8View.subarray(reader.pos),
  };
}

/** @type {CryptoPeer['handshake']} */
async function handshake(wire, rsaKey) {
  const { doAuthorization } = await inside('network/authorization.js');
  const { MtprotoSession } = await inside('network/mtproto-session.js');
  const { ServerSaltManager } = await inside('network/server-salt.js');
  addPublicKey(crypto, rsaKey);
  const { readers, writers } = await maps();
  const log = await quietLog();
  return async () => {
    /** @type {Promise<Uint8Array>} */
    let answer;
    const connection = {
      _session: new MtprotoSession(crypto, log, readers, writers, new ServerSaltManager()),
      log,
      params: { dc: { id: 2 } },
      send: (/** @type {Uint8Array} */ packet) => void (answer = wire.exchange(packet)),
      waitForUnencryptedMessage: () => answer,
    };
    const [key] = await doAuthorization(connection, crypto);
    return key;
  };
}

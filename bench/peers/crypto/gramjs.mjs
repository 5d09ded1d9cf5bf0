import { createRequire } from 'node:module';
import { PRIME, SALT, SESSION_ID } from '../../crypto/inputs.mjs';
import { addGramjsKey } from '../gramjs-key.mjs';

/** @typedef {import('../../crypto/operations.mjs').CryptoPeer} CryptoPeer */

const require = createRequire(import.meta.url);
const bigInt = require('big-integer');
const { IGE } = require('telegram/crypto/IGE');
const { CTR } = require('telegram/crypto/CTR');
const { Factorizator } = require('telegram/crypto/Factorizator');
const { AuthKey } = require('telegram/crypto/AuthKey');
const helpers = require('telegram/Helpers');

/** It takes nothing but Buffers. */
const buffer = (/** @type {Uint8Array} */ { buffer: memory, byteOffset, length }) =>
  Buffer.from(memory, byteOffset, length);
const number = (/** @type {Uint8Array} */ bytes) =>
  helpers.readBigIntFromBuffer(buffer(bytes), false, false);
const log = { debug() {}, info() {}, warn() {}, error() {} };

/** @returns {CryptoPeer} */
export function load() {
  return {
    igeEncrypt: (data, key, iv) => new IGE(buffer(key), buffer(iv)).encryptIge(buffer(data)),
    igeDecrypt: (data, key, iv) => new IGE(buffer(key), buffer(iv)).decryptIge(buffer(data)),
    ctr(key, iv) {
      const stream = new CTR(buffer(key), buffer(iv));
      return (data) => stream.encrypt(buffer(data));
    },
    modPow(base, exponent) {
      const result = helpers.modExp(number(base), number(exponent), number(PRIME));
      return helpers.readBufferFromBigInt(result, 256, false, false);
    },
    factorize(pq) {
      const { p, q } = Factorizator.factorize(number(pq));
      return [helpers.getByteArray(p), helpers.getByteArray(q)];
    },
    envelope,
    handshake,
  };
}

/** @type {CryptoPeer['envelope']} */
async function envelope(authKey) {
  const { MTProtoState } = require('telegram/network/MTProtoState');
  const key = new AuthKey();
  await key.setKey(buffer(authKey));
  // Its checks would refuse a packet that comes twice.
  const state = new MTProtoState(key, log, false);
  state.salt = bigInt(SALT.toString());
  state.id = bigInt(SESSION_ID.toString());
  return {
    sealing({ whole }) {
      const message = buffer(whole);
      return () => state.encryptMessageData(message);
    },
    open: (packet) => state.decryptMessageData(buffer(packet)),
    bodyOf: (/** @type {any} */ opened) => opened.obj.getBytes(),
  };
}

/** @type {CryptoPeer['handshake']} */
async function handshake(wire, rsaKey) {
  const { doAuthentication } = require('telegram/network/Authenticator');
  const { MTProtoPlainSender } = require('telegram/network/MTProtoPlainSender');
  addGramjsKey(rsaKey);
  return async () => {
    /** @type {Promise<Uint8Array>} */
    let answer;
    const connection = {
      send: async (/** @type {Buffer} */ packet) => void (answer = wire.exchange(packet)),
      recv: async () => buffer(await answer),
    };
    const { authKey } = await doAuthentication(new MTProtoPlainSender(connection, log), log);
    return authKey.getKey();
  };
}

import { AuthKey, sealMessage } from '@tlgen/runtime/crypto';
import { platformCrypto } from '@tlgen/runtime/crypto/provider';
import {
  AES_KEY,
  AUTH_KEY,
  BASE,
  body,
  CTR_IV,
  data,
  EXPONENT,
  IGE_IV,
  PQS,
  SALT,
  SESSION_ID,
} from './inputs.mjs';
import { Wire } from './wire.mjs';

/**
 * What every library can do; each in its own words.
 *
 * @typedef {object} CryptoPeer
 * @property {(data: Uint8Array, key: Uint8Array, iv: Uint8Array) => Uint8Array} igeEncrypt
 * @property {(data: Uint8Array, key: Uint8Array, iv: Uint8Array) => Uint8Array} igeDecrypt
 * @property {(key: Uint8Array, iv: Uint8Array) => (data: Uint8Array) => Uint8Array} ctr - one running stream
 * @property {(base: Uint8Array, exponent: Uint8Array) => Uint8Array} modPow - modulo Telegram's prime
 * @property {(pq: Uint8Array) => [Uint8Array, Uint8Array]} factorize - the smaller one first
 * @property {(authKey: Uint8Array) => Promise<Envelope>} envelope
 * @property {(wire: Wire, rsaKey: string) => Promise<() => Promise<Uint8Array>>} handshake - makes keys
 *
 * @typedef {object} Envelope
 * @property {(message: Message) => () => unknown} sealing - what seals the message; it may answer a promise
 * @property {(packet: Uint8Array) => unknown} open - opens what a server sealed; it may answer a promise
 * @property {(opened: any) => Uint8Array} bodyOf - what `open` found
 *
 * @typedef {object} Message
 * @property {bigint} msgId
 * @property {number} seqNo
 * @property {Uint8Array} body
 * @property {Uint8Array} whole - the same as bytes: msg_id, seqno, length, body
 */

/** @returns {Promise<CryptoPeer>} */
export async function peerOf(/** @type {string} */ library) {
  return (await import(`../peers/crypto/${library}.mjs`)).load();
}

/** @param {number} size - of the body */
export function messageOf(size) {
  const message = { msgId: 0x6540_0000_0000_0001n, seqNo: 1, body: body(size) };
  const whole = new Uint8Array(16 + size);
  const view = new DataView(whole.buffer);
  view.setBigInt64(0, message.msgId, true);
  view.setInt32(8, message.seqNo, true);
  view.setInt32(12, size, true);
  whole.set(message.body, 16);
  return { ...message, whole };
}

/**
 * What a server would send.
 *
 * @param {number} size
 */
export function serverPacket(size) {
  const key = new AuthKey(platformCrypto, AUTH_KEY);
  const head = { salt: SALT, sessionId: SESSION_ID };
  return sealMessage(platformCrypto, key, 'server', { ...head, ...messageOf(size) });
}

/**
 * One round of each thing that is measured.
 *
 * @type {Record<string, (peer: CryptoPeer, size: number) => Promise<() => unknown>>}
 */
export const operations = {
  async igeEncrypt(peer, size) {
    const plain = data(size);
    return () => peer.igeEncrypt(plain, AES_KEY, IGE_IV);
  },
  async igeDecrypt(peer, size) {
    const secret = data(size);
    return () => peer.igeDecrypt(secret, AES_KEY, IGE_IV);
  },
  async ctr(peer, size) {
    const plain = data(size);
    const process = peer.ctr(AES_KEY, CTR_IV);
    return () => process(plain);
  },
  async modPow(peer) {
    return () => peer.modPow(BASE, EXPONENT);
  },
  async factorize(peer) {
    let at = 0;
    return () => peer.factorize(/** @type {Uint8Array} */ (PQS[at++ % PQS.length]));
  },
  async seal(peer, size) {
    return (await peer.envelope(AUTH_KEY)).sealing(messageOf(size));
  },
  async open(peer, size) {
    const { open } = await peer.envelope(AUTH_KEY);
    const packet = serverPacket(size);
    return () => open(packet);
  },
};

/**
 * Key exchanges with a data center in another process.
 *
 * @param {CryptoPeer} peer
 * @param {{ host: string, port: number, rsaKey: string }} dc
 */
export async function handshakes(peer, { host, port, rsaKey }) {
  const wire = await Wire.open(host, port);
  return { round: await peer.handshake(wire, rsaKey), close: () => wire.close() };
}

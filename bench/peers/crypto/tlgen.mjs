import {
  AuthKey,
  factorize,
  openMessage,
  parseRsaKey,
  sealMessage,
  TELEGRAM_PRIME,
} from '@tlgen/runtime/crypto';
import { platformCrypto as crypto } from '@tlgen/runtime/crypto/provider';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { generated } from '../../prepare.mjs';
import { SALT, SESSION_ID } from '../../crypto/inputs.mjs';

/** @typedef {import('../../crypto/operations.mjs').CryptoPeer} CryptoPeer */

/** @returns {CryptoPeer} */
export function load() {
  return {
    igeEncrypt: crypto.aesIgeEncrypt,
    igeDecrypt: crypto.aesIgeDecrypt,
    ctr(key, iv) {
      const stream = crypto.aesCtr(key, iv);
      return (data) => stream.process(data);
    },
    modPow: (base, exponent) => crypto.modPow(base, exponent, TELEGRAM_PRIME),
    factorize(pq) {
      const { p, q } = factorize(crypto, pq);
      return [p, q];
    },
    envelope,
    handshake,
  };
}

/** @type {CryptoPeer['envelope']} */
async function envelope(authKey) {
  const key = new AuthKey(crypto, authKey);
  const head = { salt: SALT, sessionId: SESSION_ID };
  return {
    sealing({ msgId, seqNo, body }) {
      const message = { ...head, msgId, seqNo, body };
      return () => sealMessage(crypto, key, 'client', message);
    },
    open: (packet) => openMessage(crypto, key, 'server', packet),
    bodyOf: (/** @type {any} */ opened) => opened.body,
  };
}

/** @type {CryptoPeer['handshake']} */
async function handshake(wire, rsaKey) {
  const { Handshake, MessageIds } = await import(
    pathToFileURL(join(generated, 'handshake.js')).href
  );
  const rsaKeys = [parseRsaKey(crypto, rsaKey)];
  const now = () => ({ wall: Date.now(), steady: performance.now() });
  return async () => {
    const messageIds = new MessageIds({ crypto });
    const exchange = new Handshake({ crypto, rsaKeys, dcId: 2, messageIds });
    let packet = exchange.start(now());
    for (;;) {
      const step = exchange.receive(await wire.exchange(packet), now());
      if (step.type === 'done') return step.key.bytes;
      packet = step.bytes;
    }
  };
}

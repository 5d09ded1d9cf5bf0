import { AuthKey, openMessage } from '@tlgen/runtime/crypto';
import { platformCrypto } from '@tlgen/runtime/crypto/provider';
import assert from 'node:assert/strict';
import * as inputs from './inputs.mjs';
import { messageOf, peerOf, serverPacket } from './operations.mjs';

const { AES_KEY, AUTH_KEY, BASE, CTR_IV, EXPONENT, IGE_IV, PQS, SALT, SESSION_ID } = inputs;

/*
 * Nothing is timed before the libraries are seen to agree: the same ciphertexts, powers and factors; what each one seals
 * is opened by ours, and each opens what a server seals. Key exchanges check themselves: the server's last answer proves
 * that both sides have the same key.
 */

export async function checkCrypto() {
  const ours = await peerOf('tlgen');
  for (const library of ['mtcute', 'gramjs']) {
    const peer = await peerOf(library);
    for (const size of [16, 1024, 16384]) checkCiphers(ours, peer, size, library);
    same(peer.modPow(BASE, EXPONENT), ours.modPow(BASE, EXPONENT), `${library}, modPow`);
    const [pq = BASE] = PQS;
    const [p, q] = ours.factorize(pq);
    same(peer.factorize(pq)[0], p, `${library}, p`);
    same(peer.factorize(pq)[1], q, `${library}, q`);
  }
  for (const library of ['tlgen', 'mtcute', 'gramjs']) await checkEnvelopes(library);
}

/**
 * @param {import('./operations.mjs').CryptoPeer} ours
 * @param {import('./operations.mjs').CryptoPeer} peer
 * @param {number} size
 * @param {string} library
 */
function checkCiphers(ours, peer, size, library) {
  const plain = inputs.data(size);
  const what = `${library}, ${size} bytes`;
  const secret = ours.igeEncrypt(plain, AES_KEY, IGE_IV);
  same(peer.igeEncrypt(plain, AES_KEY, IGE_IV), secret, `${what}, IGE`);
  same(peer.igeDecrypt(secret, AES_KEY, IGE_IV), plain, `${what}, IGE back`);
  same(ours.igeDecrypt(secret, AES_KEY, IGE_IV), plain, `ours, ${size} bytes, IGE back`);
  const [one, other] = [ours.ctr(AES_KEY, CTR_IV), peer.ctr(AES_KEY, CTR_IV)];
  same(other(plain), one(plain), `${what}, CTR`);
  same(other(plain), one(plain), `${what}, CTR goes on`);
}

/** @param {string} library */
async function checkEnvelopes(library) {
  const envelope = await (await peerOf(library)).envelope(AUTH_KEY);
  const key = new AuthKey(platformCrypto, AUTH_KEY);
  for (const size of [100, 1024, 46 * 1024]) {
    const message = messageOf(size);
    const packet = /** @type {Uint8Array} */ (await envelope.sealing(message)());
    const opened = openMessage(platformCrypto, key, 'client', packet);
    const { msgId, seqNo, body } = message;
    const what = `${library} seals ${size} bytes`;
    same(opened.body, body, what);
    assert.deepEqual(
      { ...opened, body: null },
      { salt: SALT, sessionId: SESSION_ID, msgId, seqNo, body: null },
      what,
    );
    const found = envelope.bodyOf(await envelope.open(serverPacket(size)));
    // mtcute's reader goes on behind the body, into the padding.
    same(found.subarray(0, size), body, `${library} opens ${size} bytes`);
  }
}

/**
 * @param {Uint8Array} found
 * @param {Uint8Array} expected
 * @param {string} what
 */
function same(found, expected, what) {
  assert.equal(Buffer.from(found).toString('hex'), Buffer.from(expected).toString('hex'), what);
}

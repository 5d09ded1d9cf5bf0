import { createRequire } from 'node:module';
import { sendMessage } from '../history.mjs';

const require = createRequire(import.meta.url);

/** @param {number} layer */
export async function load(layer) {
  const { LAYER } = require('telegram/tl/AllTLObjects.js');
  if (LAYER !== layer) throw new Error(`GramJS has layer ${LAYER}, not ${layer}`);
  const { BinaryReader } = require('telegram/extensions');
  const { Api } = require('telegram');
  const bigInt = require('big-integer');
  const encode = (/** @type {any} */ object) => object.getBytes();
  return {
    decode: (/** @type {Uint8Array} */ bytes) =>
      new BinaryReader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)).tgReadObject(),
    encode,
    encodeIntoPacket: encode,
    body: (/** @type {Uint8Array} */ written) => written,
    request: () =>
      new Api.messages.SendMessage({
        peer: new Api.InputPeerUser({
          userId: bigInt(sendMessage.peer.userId),
          accessHash: bigInt(sendMessage.peer.accessHash),
        }),
        message: sendMessage.message,
        randomId: bigInt(sendMessage.randomId),
        clearDraft: sendMessage.clearDraft,
      }),
  };
}

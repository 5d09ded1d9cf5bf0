import { decode, encode, fromJson, TlWriter } from '@tlgen/codec';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sendMessage } from '../history.mjs';
import { generated } from '../prepare.mjs';

/** Space for the header of an outgoing packet. */
const HEADER = 32;

/** @param {number} layer */
export async function load(layer) {
  const file = join(generated, `layer${layer}`, 'registry.js');
  const { registry } = await import(pathToFileURL(file).href);
  const packet = new TlWriter(1 << 16);
  return {
    decode: (/** @type {Uint8Array} */ bytes) => decode(bytes, registry),
    encode: (/** @type {any} */ object) => encode(object),
    encodeIntoPacket: (/** @type {any} */ object) => packet.writeAt(object, HEADER),
    /** Bytes of what `encodeIntoPacket` answers. */
    body: (/** @type {Uint8Array} */ written) => written.slice(HEADER),
    request: () => fromJson(sendMessage, registry),
  };
}

import { TlBinaryReader, TlBinaryWriter } from '@mtcute/tl-runtime';
import Long from 'long';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { sendMessage } from '../history.mjs';

/** mtcute's own layer; its packages do not export the maps by a name of their own. */
export const tlFolder = join(dirname(fileURLToPath(import.meta.resolve('@mtcute/core'))), 'tl');

/** @param {number} layer */
export async function load(layer) {
  const schema = JSON.parse(await readFile(join(tlFolder, 'api-schema.json'), 'utf8'));
  if (schema.l !== layer) throw new Error(`mtcute has layer ${schema.l}, not ${layer}`);
  const map = (/** @type {string} */ name) =>
    import(pathToFileURL(join(tlFolder, 'binary', name)).href);
  const { __tlReaderMap: readers } = await map('reader.js');
  const { __tlWriterMap: writers } = await map('writer.js');
  const encode = (/** @type {any} */ object) => TlBinaryWriter.serializeObject(writers, object);
  return {
    decode: (/** @type {Uint8Array} */ bytes) => TlBinaryReader.deserializeObject(readers, bytes),
    encode,
    // It has no other way: its session copies the result into the packet.
    encodeIntoPacket: encode,
    body: (/** @type {Uint8Array} */ written) => written,
    request: () => ({
      ...sendMessage,
      peer: {
        ...sendMessage.peer,
        userId: Number(sendMessage.peer.userId),
        accessHash: Long.fromString(sendMessage.peer.accessHash),
      },
      randomId: Long.fromString(sendMessage.randomId),
    }),
  };
}

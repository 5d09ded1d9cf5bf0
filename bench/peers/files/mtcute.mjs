import { nodeReadableToFuman } from '@fuman/node';
import { TelegramClient } from '@mtcute/core/client.js';
import { createReadStream, statSync } from 'node:fs';
import { mtcuteOptions } from '../mtcute-options.mjs';

/**
 * @param {import('../../files/worker.mjs').Place} place
 * @returns {import('../../files/worker.mjs').FilesPeer}
 */
export function open(place) {
  const { code } = place;
  const options = mtcuteOptions(place);
  const client = new TelegramClient({
    ...options,
    platform: {
      ...options.platform,
      // As its package for Node does with a path.
      normalizeFile: async (/** @type {unknown} */ file) =>
        typeof file === 'string'
          ? { file: nodeReadableToFuman(createReadStream(file)), fileSize: statSync(file).size }
          : null,
    },
  });
  return {
    async signIn(phone) {
      await client.start({ phone, code, codeSentCallback: () => undefined });
    },
    async received(from) {
      const messages = await client.getHistory(from, { limit: 100 });
      return messages.map(({ media }) => ({ size: media?.fileSize ?? 0, file: media }));
    },
    upload: (file) => client.uploadFile({ file }),
    uploadBytes: (file, fileName) => client.uploadFile({ file, fileName }),
    download: ({ file }) => client.downloadAsIterable(file),
    downloadBytes: ({ file }) => client.downloadAsBuffer(file),
    close: () => client.destroy(),
  };
}

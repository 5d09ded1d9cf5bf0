import { Client, MemoryStorage } from '@tlgen/runtime';
import { base } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';

/**
 * @param {import('../../files/worker.mjs').Place} place
 * @returns {import('../../files/worker.mjs').FilesPeer}
 */
export function open({ host, port, rsaKey, code }) {
  const client = new Client({
    schema,
    apiId: 1,
    apiHash: 'hash',
    storage: new MemoryStorage(),
    dataCenters: [{ id: 2, host, port }],
    rsaKeys: [rsaKey],
    homeDc: 2,
    // The other two make no temporary keys by themselves.
    auth: { pfs: false },
    connection: { protocol: 'obfuscated2' },
    logger: { to: 'none' },
  });
  const { files } = client;
  return {
    async signIn(phone) {
      await client.connect();
      await client.signIn({ phone: `+${phone}`, code });
    },
    async received(from) {
      const found = [];
      for await (const message of client.peers.history(from, { limit: 100 }))
        found.push({ size: files.info(message).size ?? 0, file: message });
      return found;
    },
    upload: (path) => files.upload(path),
    uploadBytes: (bytes, name) => files.upload(bytes, { name }),
    download: ({ file }) => files.chunks(file),
    downloadBytes: ({ file }) => files.download(file),
    uploadEncrypted: (path) => files.uploadEncrypted(path),
    downloadEncrypted: ({ id, accessHash, dcId, keyFingerprint, stored, key, iv, size }) => {
      const file = new base.EncryptedFile({
        id: BigInt(id),
        accessHash: BigInt(accessHash),
        size: BigInt(stored),
        dcId,
        keyFingerprint,
      });
      return files.chunks({ file, key: Buffer.from(key, 'hex'), iv: Buffer.from(iv, 'hex'), size });
    },
    close: () => client.close(),
  };
}

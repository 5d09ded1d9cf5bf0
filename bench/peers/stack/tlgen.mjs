import { Client, MemoryStorage } from '@tlgen/runtime';
import { help, InputDocumentFileLocation, upload } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';

/**
 * @param {import('../../stack/worker.mjs').Address} dc
 * @param {import('../../stack/worker.mjs').TransportKind} transport
 * @returns {Promise<import('../../stack/worker.mjs').StackPeer>}
 */
export async function connect({ host, port, rsaKey }, transport) {
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
    connection: { protocol: transport === 'plain' ? 'tcp_intermediate' : 'obfuscated2' },
    logger: { to: 'none' },
  });
  await client.connect();
  const location = new InputDocumentFileLocation({
    id: 1n,
    accessHash: 1n,
    fileReference: new Uint8Array(0),
    thumbSize: '',
  });
  return {
    nearest: async () => (await client.invoke(new help.GetNearestDcRequest())).country,
    upload: (bytes) =>
      client.invoke(new upload.SaveFilePartRequest({ fileId: 1n, filePart: 0, bytes })),
    async download(limit) {
      const file = await client.invoke(new upload.GetFileRequest({ location, offset: 0n, limit }));
      return file._ === 'upload.file' ? file.bytes : new Uint8Array(0);
    },
    close: () => client.close(),
  };
}

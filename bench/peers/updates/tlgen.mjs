import { Client, filters, MemoryStorage } from '@tlgen/runtime';
import { schema } from '@tlgen/telegram/schema';

/**
 * @param {import('../../updates/worker.mjs').Place} place
 * @returns {import('../../updates/worker.mjs').UpdatesPeer}
 */
export function open({ host, port, rsaKey }) {
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
  return {
    layer: schema.layer,
    async signIn(phone, code) {
      await client.connect();
      await client.signIn({ phone: `+${phone}`, code });
    },
    listen(how, seen, cut) {
      client.on('connection', ({ state }) => void (state.type !== 'ready' && cut()));
      if (how === 'all') client.on(filters.all, ({ update }) => seen(update._, update));
      if (how === 'messages') {
        client.on(filters.message, ({ message }) => {
          const isPost = message.peerId._ === 'peerChannel';
          seen(isPost ? 'updateNewChannelMessage' : 'updateNewMessage', { message });
        });
      }
      if (how === 'read') void read(seen);
    },
    close: () => client.close(),
  };

  /** @param {(name: string, update: any) => void} seen */
  async function read(seen) {
    for await (const { update } of client.updates()) seen(update._, update);
  }
}

import { Client, MemoryStorage } from '@tlgen/runtime';
import { schema } from '@tlgen/telegram/schema';

/**
 * @param {import('../../client/worker.mjs').Place} place
 * @returns {import('../../client/worker.mjs').ClientPeer}
 */
export function open({ host, port, rsaKey, phone, code, friend, friendId }) {
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
  const friendPeer = BigInt(friendId);
  const id = [friendPeer];
  return {
    connect: () => client.connect(),
    async signIn() {
      await client.connect();
      await client.signIn({ phone: `+${phone}`, code });
    },
    async meet() {
      await client.peers.info(friend);
    },
    async friend() {
      const [user] = await client.api.users.getUsers({ id });
      return user?._ === 'user' ? user.firstName : undefined;
    },
    async newest() {
      for await (const message of client.peers.history(friendPeer, { limit: 1 }))
        return message._ === 'message' ? message.message : undefined;
      return undefined;
    },
    async dialogs() {
      const dialogs = [];
      for await (const dialog of client.peers.dialogs()) dialogs.push(dialog);
      return dialogs;
    },
    close: () => client.close(),
  };
}

import { base, contacts, messages } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { describe, expect, it } from 'vitest';
import { Client } from '../../../../packages/runtime/src/client/client.js';
import { MemoryStorage } from '../../../../packages/runtime/src/storage/memory.js';
import { ADDRESSES, FakeWorld } from '../network/fakes/world.js';

/** Answers late, as disks do. */
class SlowStorage extends MemoryStorage {
  override async get(space: string, key: string): Promise<Uint8Array | null> {
    await new Promise((resolve) => setImmediate(resolve));
    return super.get(space, key);
  }
}

const user = (id: number, hash = id) =>
  new base.User({ id: BigInt(id), accessHash: BigInt(hash), firstName: `${id}` });

const dialog = (id: number) =>
  new base.Dialog({
    peer: new base.PeerUser({ userId: BigInt(id) }),
    topMessage: 0,
    readInboxMaxId: 0,
    readOutboxMaxId: 0,
    unreadCount: 0,
    unreadMentionsCount: 0,
    unreadReactionsCount: 0,
    unreadPollVotesCount: 0,
    notifySettings: new base.PeerNotifySettings({}),
  });

describe('dialogs() under load', () => {
  it.each([30, 0, Infinity])(
    'leaves out nobody whom its answer has just told of (saveInterval %d)',
    async (saveInterval) => {
      const world = new FakeWorld();
      let round = 0;
      world.answer = (asked) => {
        const { request } = asked;
        // Each teaches people nobody has seen, and new hashes of those in the list.
        if (request instanceof contacts.ResolveUsernameRequest) {
          const first = 10_000 + 50 * ++round;
          return new contacts.ResolvedPeer({
            peer: new base.PeerUser({ userId: BigInt(first) }),
            chats: [],
            users: Array.from({ length: 50 }, (_, i) => user(first + i)),
          });
        }
        if (request instanceof messages.GetDialogsRequest) {
          const ids = Array.from({ length: 100 }, (_, i) => i + 1);
          return new messages.Dialogs({
            dialogs: ids.map(dialog),
            messages: [],
            chats: [],
            users: ids.map((id) => user(id, 7_000 + id)),
          });
        }
        return world.usual(asked);
      };
      const lines: string[] = [];
      const client = new Client(
        {
          schema,
          apiId: 1,
          apiHash: 'h',
          storage: new SlowStorage(),
          dataCenters: ADDRESSES,
          saveInterval,
          logger: { to: (line) => void lines.push(line), level: 'warning' },
        },
        world,
      );
      await client.connect();
      const load = (): Promise<unknown>[] =>
        Array.from({ length: 60 }, (_, i) =>
          client.invoke(new contacts.ResolveUsernameRequest({ username: `name${i}` })),
        );
      const all = [...load(), client.peers.dialogs().all(), ...load()];
      const lists = (await Promise.all(all)).filter((one) => Array.isArray(one));
      expect(lists).toHaveLength(1);
      const found = lists[0] as { inputPeer: base.InputPeerUser }[];
      expect(found.map(({ inputPeer }) => Number(inputPeer.userId))).toEqual(
        Array.from({ length: 100 }, (_, i) => i + 1),
      );
      expect(
        found.every(({ inputPeer }) => inputPeer.accessHash === 7_000n + inputPeer.userId),
      ).toBe(true);
      expect(lines).toEqual([]);
      await client.close();
    },
  );
});

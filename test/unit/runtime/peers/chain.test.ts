import * as tl from '@tlgen/telegram';
import { messages } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { beforeEach, describe, expect, it } from 'vitest';
import { PeerResolution } from '../../../../packages/runtime/src/peers/lookup/resolve.js';
import type { PeerStore } from '../../../../packages/runtime/src/peers/memory/store.js';
import { openStorage } from './fake-storage.js';

let store: PeerStore;
let peers: PeerResolution;
beforeEach(async () => {
  const storage = await openStorage();
  store = storage.peers();
  peers = new PeerResolution(
    {
      schema,
      log: { log: () => undefined },
      invoke: (request) => Promise.reject(new Error(`${request._} was not expected`)),
      self: () => ({ id: 1n, bot: false }),
      now: () => storage.now,
      settings: { fullInfoTtl: 1, fullFetch: false, resolver: undefined },
    },
    store,
  );
});

const mark = (id: number): bigint => BigInt(-1_000_000_000_000 - id);
const channel = (id: number, min: boolean): tl.Channel =>
  new tl.Channel({
    id: BigInt(id),
    accessHash: 9n,
    title: `c${id}`,
    photo: new tl.ChatPhotoEmpty(),
    date: 1,
    ...(min && { min }),
  });
/** A message in which a channel speaks that is known by it alone. */
const seenIn = (where: number, who: number): messages.Messages =>
  new messages.Messages({
    messages: [
      new tl.Message({
        id: 100 + who,
        peerId: new tl.PeerChannel({ channelId: BigInt(where) }),
        fromId: new tl.PeerChannel({ channelId: BigInt(who) }),
        date: 1,
        message: '',
      }),
    ],
    topics: [],
    users: [],
    chats: [channel(who, true)],
  });

/** How many messages deep an InputPeer names its peer. */
function depthOf(input: tl.TypeInputPeer | tl.TypeInputUser | tl.TypeInputChannel): number {
  return 'peer' in input ? 1 + depthOf(input.peer) : 0;
}

describe('a peer known by a message of a peer known by a message …', () => {
  it('is named by four of them, and by no more', async () => {
    await store.learn([channel(1, false)]);
    for (let who = 2; who <= 8; who++) await store.learn(seenIn(who - 1, who));
    for (let who = 2; who <= 5; who++) {
      expect(depthOf(await peers.inputPeer(mark(who)))).toBe(who - 1);
    }
    for (let who = 6; who <= 8; who++) {
      await expect(peers.inputPeer(mark(who))).rejects.toMatchObject({ code: 'UNKNOWN_PEER' });
    }
  });

  it('that ends where it begins is unknown, not endless', async () => {
    await store.learn(seenIn(1, 2));
    await store.learn(seenIn(2, 3));
    await store.learn(seenIn(3, 1));
    for (const who of [1, 2, 3]) {
      await expect(peers.inputChannel(mark(who))).rejects.toMatchObject({ code: 'UNKNOWN_PEER' });
    }
  });

  it('is never named by its own hash, which is good for nothing', async () => {
    await store.learn([channel(1, false)]);
    await store.learn(seenIn(1, 2));
    expect(await peers.inputChannel(mark(2))).toEqual(
      new tl.InputChannelFromMessage({
        peer: new tl.InputPeerChannel({ channelId: 1n, accessHash: 9n }),
        msgId: 102,
        channelId: 2n,
      }),
    );
  });
});

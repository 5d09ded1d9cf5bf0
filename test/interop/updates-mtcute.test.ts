import type { UpdatesManager } from '@mtcute/core';
import { TelegramClient } from '@mtcute/core/client.js';
import { updates } from '@tlgen/telegram';
import { afterEach, describe, expect, it } from 'vitest';
import { Random, seedFor } from '../support/random.js';
import { expectNoSockets } from '../support/strangers/leftovers.js';
import { received } from '../end-to-end/people.js';
import { expectQuiet } from './files-world.js';
import { signedInMtcute, type MtcuteClient } from './stranger-clients.js';
import {
  happeningOf,
  stateAfter,
  updatesWorld,
  waits,
  type Happening,
  type UpdatesWorld,
} from './updates-world.js';

/*
 * mtcute 0.30.3's updates manager against the data center's differences. What it does not do: it asks for differences
 * of a channel only when it has had an update of that channel, so every test begins with one; of a common difference
 * that is too long it takes the new pts and tells nobody; and `new_session_created` it lets pass, since it never notes
 * the first one, so what a forgotten session missed comes with the next gap.
 */

/** What mtcute was told, and its manager. */
interface Watched {
  readonly client: MtcuteClient;
  readonly told: Happening[];
  readonly manager: UpdatesManager;
  /** Ends it; its storage stays. */
  close(): Promise<void>;
}

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
  await expectNoSockets();
});

/** What a client is made of, which its types don't show. */
interface Inside {
  readonly updates: UpdatesManager;
  readonly params: ConstructorParameters<typeof TelegramClient>[0];
}
const inside = ({ _client }: MtcuteClient): Inside => _client as unknown as Inside;

/** Somebody who listens, and has heard of every chat. */
async function start(seed: string): Promise<{ world: UpdatesWorld; mtcute: Watched }> {
  const world = await updatesWorld(seedFor(seed, 0));
  open.push({
    close: async () => {
      expectQuiet(world.dc);
      await world.dc.close();
    },
  });
  // Signing in starts the loop of updates, and so does whoever signs in: two at once, which each ask for everything.
  const first = await signedInMtcute(world.dc, world.account);
  await first.close();
  const mtcute = await startAgain(first.client);
  await waits(() => expect(mtcute.manager.pts).toBe(world.dc.updates.ptsOf(world.me)));
  world.mark();
  world.everywhere('first');
  await knowsAll(world, mtcute);
  return { world, mtcute };
}

/** The next start of the program, on the storage that a client has left: it catches up. */
async function startAgain(before: MtcuteClient): Promise<Watched> {
  const { params } = inside(before);
  const client = new TelegramClient({ ...params, updates: { catchUp: true } } as typeof params);
  const told: Happening[] = [];
  client.onRawUpdate.add(({ update }) => {
    const happening = happeningOf(update);
    if (happening) told.push(happening);
  });
  const errors: unknown[] = [];
  client.onError.add((error) => errors.push(error));
  const close = async (): Promise<void> => {
    await client.destroy();
    expect(errors).toEqual([]);
  };
  const mtcute = { client, told, manager: inside(client).updates, close };
  open.push(mtcute);
  await client.connect();
  await client.startUpdatesLoop();
  return mtcute;
}

/** Waits until mtcute knows what there is, and stands where the data center does. */
async function knowsAll(
  { dc, me, channel, happened }: UpdatesWorld,
  mtcute: Watched,
): Promise<void> {
  await waits(() => {
    expect(stateAfter(mtcute.told)).toEqual(stateAfter(happened()));
    expect(standing(mtcute, channel)).toEqual({
      common: dc.updates.ptsOf(me),
      channel: dc.updates.channelPts(channel),
    });
  });
}

/** Ends the program when all that it knows is stored; the next one is told what happens from now on. */
async function leave(
  { dc, me, channel, mark }: UpdatesWorld,
  { client, close }: Watched,
): Promise<void> {
  const { updates: stored } = client.storage;
  await waits(async () => {
    expect((await stored.getState())?.[0]).toBe(dc.updates.ptsOf(me));
    expect(await stored.getChannelPts(Number(channel.id))).toBe(dc.updates.channelPts(channel));
  });
  await close();
  mark();
}

const standing = ({ manager }: Watched, { id }: { readonly id: bigint }): object => ({
  common: manager.pts,
  channel: manager.cpts.get(Number(id)),
});

/** Messages that were told as new more than once. */
function twice(told: readonly Happening[]): string[] {
  const news = told.filter(({ kind }) => kind === 'new').map(({ box, ids }) => `${box} ${ids[0]}`);
  return news.filter((one, at) => news.indexOf(one) !== at);
}

// It drops a connection on which an answer took two seconds, which on a busy machine may end a run.
describe('mtcute hears of all that happened', { retry: 2 }, () => {
  it('when pushes are lost, doubled and overtaken', async () => {
    const { world, mtcute } = await start('mtcute pushes');
    const { dc, me, live, everywhere } = world;
    const asked = received(dc, updates.GetDifferenceRequest);
    const lost = dc.updates.lose({ user: me, probability: 0.3 });
    dc.updates.duplicate({ user: me, probability: 0.3 });
    dc.updates.reorder({ user: me, probability: 0.2 });
    live(new Random(seedFor('mtcute pushes', 1)), 150);
    dc.updates.clear();
    everywhere('last');
    await knowsAll(world, mtcute);
    expect(lost.count).toBeGreaterThan(30);
    expect(asked.length).toBeGreaterThan(0);
  });

  it.each([
    ['in one piece', null],
    ['in slices', 3],
  ])('while it was away: %s', async (_, sliceSize) => {
    const { world, mtcute } = await start('mtcute away');
    const { dc, live, everywhere } = world;
    const asked = received(dc, updates.GetDifferenceRequest);
    const askedOfChannels = received(dc, updates.GetChannelDifferenceRequest);
    dc.updates.sliceSize = sliceSize;
    await leave(world, mtcute);
    live(new Random(seedFor('mtcute away', 1)), 100);
    const again = await startAgain(mtcute.client);
    await knowsAll(world, again);
    expect(twice(again.told)).toEqual([]);
    const most = sliceSize === null ? 1 : 10;
    expect(asked.length).toBeGreaterThanOrEqual(most);
    expect(askedOfChannels.length).toBeGreaterThanOrEqual(2 * most);
    // It goes on from there.
    everywhere('next');
    await knowsAll(world, again);
    expect(twice(again.told)).toEqual([]);
  });

  it('when pushes only say that there is news', async () => {
    const { world, mtcute } = await start('mtcute news');
    const { dc, me, chats, live } = world;
    dc.updates.silence(me);
    live(new Random(seedFor('mtcute news', 1)), 50);
    dc.updates.resume(me);
    dc.updates.tooLong(me);
    await knowsAll(world, mtcute);
    dc.updates.silence(me);
    live(new Random(seedFor('mtcute news', 2)), 50);
    dc.updates.resume(me);
    for (const chat of chats) {
      if (!('type' in chat) || chat.type === 'group') continue;
      dc.updates.channelTooLong(me, chat, { pts: chat.type === 'channel' });
    }
    dc.updates.tooLong(me);
    await knowsAll(world, mtcute);
    expect(twice(mtcute.told)).toEqual([]);
  });
});

describe('mtcute goes on where the server keeps no more', () => {
  it('in private chats and groups: what is too long is lost, what follows is not', async () => {
    const { world, mtcute } = await start('mtcute too long');
    const { dc, me, friend, channel, everywhere, mark } = world;
    await leave(world, mtcute);
    dc.updates.keep({ common: 5 });
    dc.sendMany(
      friend,
      me,
      Array.from({ length: 20 }, (_, n) => `lost ${n}`),
    );
    mark();
    const again = await startAgain(mtcute.client);
    await waits(() => expect(again.manager.pts).toBe(dc.updates.ptsOf(me)));
    everywhere('told');
    dc.send(friend, channel, 'told too');
    await knowsAll(world, again);
    expect(again.told.map(({ text }) => text)).not.toContain('lost 19');
    expect(again.told).toHaveLength(5);
  });

  it('in a channel: it is told the latest messages, and what follows', async () => {
    const { world, mtcute } = await start('mtcute channel too long');
    const { dc, friend, channel } = world;
    await leave(world, mtcute);
    dc.updates.keep({ channel: 5 });
    dc.updates.sliceSize = 3;
    dc.sendMany(
      friend,
      channel,
      Array.from({ length: 20 }, (_, n) => `post ${n}`),
    );
    const again = await startAgain(mtcute.client);
    const texts = (): string[] => again.told.map(({ text }) => text);
    await waits(() => expect(texts()).toEqual(['post 19', 'post 18', 'post 17']));
    dc.send(friend, channel, 'told');
    await waits(() => expect(texts().at(-1)).toBe('told'));
    expect(standing(again, channel)).toMatchObject({ channel: dc.updates.channelPts(channel) });
    expect(again.told).toHaveLength(4);
  });
});

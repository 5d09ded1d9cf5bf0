import type { TestChat } from '@tlgen/local-dc';
import { afterEach, describe, expect, it } from 'vitest';
import { Random, seedFor } from '../support/random.js';
import { expectNoSockets } from '../support/strangers/leftovers.js';
import { expectQuiet } from './files-world.js';
import { Api, signedInGramjs, type GramjsApi, type GramjsClient } from './stranger-clients.js';
import {
  happeningOf,
  stateAfter,
  updatesWorld,
  waits,
  type AnyUpdate,
  type Happening,
  type UpdatesWorld,
} from './updates-world.js';

/*
 * GramJS 2.26.22 tells what is pushed as it comes: it counts no pts, asks for no difference, and its `catchUp` is
 * empty. So a program here asks by itself, and what GramJS reads of the answers, in layer 198, is what is tested.
 */

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
  await expectNoSockets();
});

async function start(seed: string): Promise<{ world: UpdatesWorld; client: GramjsClient }> {
  const world = await updatesWorld(seedFor(seed, 0));
  open.push({
    close: async () => {
      expectQuiet(world.dc);
      await world.dc.close();
    },
  });
  const stranger = await signedInGramjs(world.dc, world.account);
  open.push(stranger);
  return { world, client: stranger.client };
}

/** An object of GramJS by its name in TL. */
const named = (one: object): AnyUpdate => {
  const { className } = one as { readonly className: string };
  return { ...one, _: className.charAt(0).toLowerCase() + className.slice(1) };
};

const inChannel = ({ peerId }: { readonly peerId?: unknown }): boolean =>
  peerId instanceof Api.PeerChannel;

/** What a difference brings: messages, then what happened to them. */
const happeningsOf = (
  messages: readonly GramjsApi.TypeMessage[],
  others: readonly GramjsApi.TypeUpdate[],
): Happening[] => [
  ...messages.flatMap((message) => {
    const _ = inChannel(message) ? 'updateNewChannelMessage' : 'updateNewMessage';
    return happeningOf({ _, message }) ?? [];
  }),
  ...others.flatMap((update) => happeningOf(named(update)) ?? []),
];

/** Asks until there is no more. */
async function commonDifference(
  client: GramjsClient,
  from: GramjsApi.updates.State,
): Promise<{ told: Happening[]; channels: string[]; answers: number; state: typeof from }> {
  const told: Happening[] = [];
  const channels: string[] = [];
  let state = from;
  for (let answers = 1; ; answers++) {
    const { pts, qts, date } = state;
    const answer = await client.invoke(new Api.updates.GetDifference({ pts, qts, date }));
    if (!(
      answer instanceof Api.updates.Difference || answer instanceof Api.updates.DifferenceSlice
    ))
      throw new Error(answer.className);
    told.push(...happeningsOf(answer.newMessages, answer.otherUpdates));
    for (const one of answer.otherUpdates)
      if (one instanceof Api.UpdateChannelTooLong) channels.push(String(one.channelId));
    if (answer instanceof Api.updates.Difference)
      return { told, channels, answers, state: answer.state as GramjsApi.updates.State };
    state = answer.intermediateState as GramjsApi.updates.State;
  }
}

const channelAnswer = (
  client: GramjsClient,
  channel: GramjsApi.TypeEntityLike,
  pts: number,
): Promise<GramjsApi.updates.TypeChannelDifference> => {
  const filter = new Api.ChannelMessagesFilterEmpty();
  const asked = { channel, filter, pts, limit: 100, force: true };
  return client.invoke(new Api.updates.GetChannelDifference(asked));
};

/** Asks until there is no more. */
async function channelDifference(
  client: GramjsClient,
  channel: GramjsApi.TypeEntityLike,
  from: number,
): Promise<{ told: Happening[]; pts: number; answers: number }> {
  const told: Happening[] = [];
  let pts = from;
  for (let answers = 1; ; answers++) {
    const answer = await channelAnswer(client, channel, pts);
    if (!(answer instanceof Api.updates.ChannelDifference)) throw new Error(answer.className);
    told.push(...happeningsOf(answer.newMessages, answer.otherUpdates));
    ({ pts } = answer);
    if (answer.final) return { told, pts, answers };
  }
}

/** pts of the channels in the list of conversations. */
async function channelsOf(
  client: GramjsClient,
): Promise<{ id: string; pts: number; entity: GramjsApi.TypeEntityLike }[]> {
  const dialogs = await client.getDialogs();
  return dialogs.flatMap(({ dialog, inputEntity }) =>
    dialog instanceof Api.Dialog && dialog.peer instanceof Api.PeerChannel
      ? [{ id: String(dialog.peer.channelId), pts: dialog.pts ?? 0, entity: inputEntity }]
      : [],
  );
}

const numbered = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, n) => `${name} ${n}`);

describe('a program that uses GramJS', () => {
  it('is told what is pushed, as often as that comes', async () => {
    const { world, client } = await start('gramjs pushes');
    const { dc, me, friend } = world;
    const told: string[] = [];
    client.addEventHandler((update: object) => {
      // It tells of its connection the same way.
      if (!('className' in update)) return;
      const one = named(update);
      if (one._ === 'updateShortMessage') told.push(String(one.message));
      else if (happeningOf(one)) told.push(happeningOf(one)?.text ?? '');
    });
    const lost = dc.updates.lose({ user: me, times: 2 });
    dc.sendMany(friend, me, ['lost', 'lost too', 'told']);
    dc.updates.duplicate({ user: me, times: 1 });
    dc.send(friend, me, 'twice');
    await waits(() => expect(told).toEqual(['told', 'twice', 'twice']));
    expect(lost.count).toBe(2);
  });

  it.each([
    ['in one piece', null],
    ['in slices', 3],
  ])('reads what it missed: %s', async (_, sliceSize) => {
    const { world, client } = await start('gramjs away');
    const { dc, me, live, mark, everywhere, happened } = world;
    everywhere('first');
    const before = await client.invoke(new Api.updates.GetState());
    const channels = await channelsOf(client);
    expect(channels).toHaveLength(2);
    await client.disconnect();
    mark();
    live(new Random(seedFor('gramjs away', 1)), 100);
    dc.updates.sliceSize = sliceSize;
    await client.connect();

    const common = await commonDifference(client, before);
    expect(common.state.pts).toBe(dc.updates.ptsOf(me));
    expect(common.channels.toSorted()).toEqual(channels.map(({ id }) => id).toSorted());
    const told = [...common.told];
    let { answers } = common;
    for (const { id, pts, entity } of channels) {
      const one = await channelDifference(client, entity, pts);
      expect(one.pts).toBe(dc.updates.channelPts(BigInt(id)));
      told.push(...one.told);
      answers += one.answers;
    }
    expect(stateAfter(told)).toEqual(stateAfter(happened()));
    if (sliceSize === null) expect(answers).toBe(3);
    else expect(answers).toBeGreaterThan(30);
  });

  it('is told what is too long', async () => {
    const { world, client } = await start('gramjs too long');
    const { dc, me, friend, channel } = world;
    const { pts, qts, date } = await client.invoke(new Api.updates.GetState());
    const { entity, pts: channelPts } = await found(client, channel);
    dc.updates.keep({ common: 5, channel: 5 });
    dc.sendMany(friend, me, numbered('lost', 20));
    dc.sendMany(friend, channel, numbered('post', 20));

    const common = await client.invoke(new Api.updates.GetDifference({ pts, qts, date }));
    expect(common).toMatchObject({ pts: dc.updates.ptsOf(me) });
    expect(common).toBeInstanceOf(Api.updates.DifferenceTooLong);
    const answer = await channelAnswer(client, entity, channelPts);
    if (!(answer instanceof Api.updates.ChannelDifferenceTooLong))
      throw new Error(answer.className);
    expect(answer.dialog).toMatchObject({ pts: dc.updates.channelPts(channel), topMessage: 21 });
    const texts = happeningsOf(answer.messages, []).map(({ text }) => text);
    expect(texts.slice(0, 20)).toEqual(numbered('post', 20).reverse());
    expect(answer.chats.map(({ id }) => String(id))).toEqual([String(channel.id)]);
  });
});

async function found(
  client: GramjsClient,
  { id }: TestChat,
): Promise<Awaited<ReturnType<typeof channelsOf>>[number]> {
  const channels = await channelsOf(client);
  const one = channels.find((channel) => channel.id === String(id));
  if (!one) throw new Error('GramJS does not list the channel');
  return one;
}

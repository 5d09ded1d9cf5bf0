import { base, updates } from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import { settle } from '../../network/fakes/clock.js';
import { container, difference, state } from '../kit.js';
import { FeedBench } from './bench.js';

const seen = (init: Partial<ConstructorParameters<typeof base.Channel>[0]>): base.Channel =>
  new base.Channel({
    id: 50n,
    accessHash: 1n,
    title: '',
    photo: new base.ChatPhotoEmpty(),
    date: 1,
    ...init,
  });

const forbidden = (id: bigint): base.ChannelForbidden =>
  new base.ChannelForbidden({ id, accessHash: 1n, title: '' });

describe('the update that one has left a channel', () => {
  it.each<[string, base.TypeChat[], boolean]>([
    ['one is in it', [seen({})], true],
    ['one has left', [seen({ left: true })], false],
    ['one was thrown out', [forbidden(50n)], false],
    ['another one was left', [seen({ id: 51n, left: true }), forbidden(52n)], true],
    ['min constructors do not tell', [seen({ left: true, min: true })], true],
    ['nothing came along', [], true],
  ])('ends the following of it: %s', async (_, chats, followed) => {
    const bench = await FeedBench.started();
    bench.feed.follow(50n, 7);
    bench.feed.pushed(container([new base.UpdateChannel({ channelId: 50n })], 0, 1, chats));
    bench.done();
    await bench.feed.save();
    expect('main:channel:50' in (await bench.stored())).toBe(followed);
  });

  it('also when a difference brings it', async () => {
    const bench = await FeedBench.started();
    for (const id of [50n, 51n]) bench.feed.follow(id, 7);
    bench.feed.pushed(new base.UpdatesTooLong());
    const { newMessages, newEncryptedMessages, users, state: to } = difference(state(11, 5, 3));
    bench.answer(
      new updates.Difference({
        newMessages,
        newEncryptedMessages,
        users,
        otherUpdates: [new base.UpdateChannel({ channelId: 50n })],
        chats: [forbidden(50n)],
        state: to,
      }),
    );
    await settle();
    bench.done();
    await bench.feed.save();
    expect(Object.keys(await bench.stored()).toSorted()).toEqual(['main:channel:51', 'main:state']);
  });
});

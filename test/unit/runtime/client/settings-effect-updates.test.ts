import { LocalDc } from '@tlgen/local-dc';
import { filters, MemoryStorage, type UpdatesLost } from '@tlgen/runtime';
import { updates } from '@tlgen/telegram';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { person, type PersonOptions } from '../../../end-to-end/people.js';

const open: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one[Symbol.asyncDispose]();
});
const kept = <T extends AsyncDisposable>(one: T): T => {
  open.push(one);
  return one;
};

/** Two users of a data center, and a client of the first. */
async function scene(options: PersonOptions) {
  const dc = kept(await LocalDc.start());
  const me = await dc.createUser();
  const friend = await dc.createUser();
  const write = (text: string): void => void dc.send(friend.id, me.id, text);
  return { dc, me, friend, write, one: kept(await person(dc, me, options)) };
}

const waits = (check: () => void) => vi.waitFor(check, { timeout: 20_000 });

describe('updates', () => {
  it.each([true, false])('updates.catchUp: %s, what was missed while away', async (catchUp) => {
    const storage = new MemoryStorage();
    const { dc, me, write, one } = await scene({ storage });
    const first: string[] = [];
    one.client.on(filters.text(), ({ text }) => first.push(text));
    await waits(() => expect(one.called).toContain('updates.getState'));
    write('before');
    await waits(() => expect(first).toEqual(['before']));
    await one.client.close();
    write('away');
    const second: string[] = [];
    const again = kept(await person(dc, me, { storage, updates: { catchUp } }));
    again.client.on(filters.text(), ({ text }) => second.push(text));
    await waits(() =>
      expect(again.called).toContain(catchUp ? 'updates.getDifference' : 'updates.getState'),
    );
    await again.client.me();
    write('back');
    await waits(() => expect(second).toEqual(catchUp ? ['away', 'back'] : ['back']));
  });

  it('updates.pollInterval: seconds of silence after which the server is asked', async () => {
    const { one } = await scene({ updates: { pollInterval: 0.2 } });
    one.client.on(filters.all, () => undefined);
    const polls = (): number =>
      one.called.filter((name) => name === 'updates.getDifference').length;
    await waits(() => expect(polls()).toBeGreaterThan(2));
  });

  it('updates.queueLimit: with that many waiting no more are taken; nothing is lost', async () => {
    const { write, one } = await scene({ updates: { queueLimit: 3 } });
    const texts: string[] = [];
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    one.client.on(filters.text(), async ({ text }) => {
      await held;
      texts.push(text);
    });
    await waits(() => expect(one.called).toContain('updates.getState'));
    await one.client.me();
    for (let n = 0; n < 20; n++) write(`number ${n}`);
    await waits(() => expect(one.updates.length).toBeGreaterThan(15));
    expect(one.called).not.toContain('updates.getDifference');
    release();
    await waits(() => expect(texts).toHaveLength(20));
    expect(one.called).toContain('updates.getDifference');
    expect(texts).toEqual(Array.from({ length: 20 }, (_, n) => `number ${n}`));
  });

  it('updates.overflow: drop-oldest gives up what waits to be read', async () => {
    const { write, one } = await scene({ updates: { queueLimit: 3, overflow: 'drop-oldest' } });
    const lost: UpdatesLost[] = [];
    one.client.on('updates-lost', (event) => lost.push(event));
    await one.client.getUpdates();
    await waits(() => expect(one.called).toContain('updates.getState'));
    await one.client.me();
    for (let n = 0; n < 10; n++) write(`number ${n}`);
    await waits(() => expect(lost.reduce((sum, { count }) => sum + count!, 0)).toBe(7));
    expect(lost.every(({ reason }) => reason === 'dropped')).toBe(true);
    const got = await one.client.getUpdates();
    expect(got.map(({ event }) => event.text)).toEqual(['number 7', 'number 8', 'number 9']);
  });

  it.each([
    [false, 0],
    [true, 2],
  ])('updates.pollChannels: %s', async (pollChannels, polls) => {
    const { dc, me, friend, one } = await scene({ updates: { pollChannels } });
    const channel = dc.createChannel({ title: 'News', creator: friend, members: [me] });
    dc.handle(updates.GetChannelDifferenceRequest, async (_, context) => {
      const answer = (await context.next()) as updates.TypeChannelDifference;
      return { ...answer, timeout: 1 } as typeof answer;
    });
    one.client.on(filters.all, () => undefined);
    await waits(() => expect(one.called).toContain('updates.getState'));
    await one.client.me();
    dc.send(friend, channel, 'hello');
    const asked = (): number =>
      one.called.filter((name) => name === 'updates.getChannelDifference').length;
    if (polls > 0) await waits(() => expect(asked()).toBeGreaterThanOrEqual(polls));
    else {
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      expect(asked()).toBe(0);
    }
  });
});

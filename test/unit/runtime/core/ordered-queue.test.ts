import { account } from '@tlgen/telegram';
import { beforeEach, describe, expect, it } from 'vitest';
import { settle } from '../network/fakes/clock.js';
import { type FakeClient, Refusal, toEvent, type FakeWorld } from '../network/fakes/world.js';
import { setUp, watch, write } from './setup.js';

let world: FakeWorld;
let client: FakeClient;
beforeEach(async () => {
  ({ world, client } = await setUp());
});

describe('rpc/invoke-after', () => {
  const ids = () => world.asked.map(({ id, after }) => [id, after]);

  it('rpc/invoke-after: calls of a queue follow each other on the server', async () => {
    world.answer = () => 'silent';
    const calls = [1, 2, 3].map(() => client.caller.invoke(write(), { queue: 'chat' }));
    const other = client.caller.invoke(write(), { queue: 'other' });
    await settle();
    const [a, b, c] = world.asked.map(({ id }) => id);
    expect(ids()).toEqual(
      expect.arrayContaining([
        [a, null],
        [expect.any(Number), a],
      ]),
    );
    expect(ids().filter(([, after]) => after === null)).toHaveLength(2);
    expect(b).toBeDefined();
    expect(c).toBeDefined();
    for (const { id, transport } of world.asked) transport.answer(toEvent(id, true)!);
    expect(await Promise.all([...calls, other])).toEqual([true, true, true, true]);
  });

  it('rpc/invoke-after: a failure of the first keeps the order, and does not spread', async () => {
    const order: string[] = [];
    let first = true;
    world.answer = (asked) => {
      const name = (asked.request as account.CheckUsernameRequest).username;
      if (name === 'one' && first) {
        first = false;
        return new Refusal(420, 'FLOOD_WAIT_5');
      }
      if (asked.after !== null && order.length === 0) return new Refusal(400, 'MSG_WAIT_FAILED');
      order.push(name);
      return name === 'one' ? new Refusal(400, 'USERNAME_INVALID') : true;
    };
    const call = (username: string) =>
      watch(client.caller.invoke(new account.CheckUsernameRequest({ username }), { queue: 'q' }));
    const seen = ['one', 'two', 'three'].map(call);
    await world.clock.advance(4_000);
    expect(order).toEqual([]);
    await world.clock.advance(2_000);
    expect(order).toEqual(['one', 'two', 'three']);
    expect(seen.map(({ value }) => value)).toEqual([undefined, true, true]);
    expect(seen[0]!.error).toMatchObject({ code: 'USERNAME_INVALID' });
  });

  it('rpc/invoke-after: waits itself where the server cannot keep the order', async () => {
    world.answer = (asked) =>
      asked.request instanceof account.UpdateStatusRequest ? 'silent' : world.usual(asked);
    void client.caller.invoke(write(), { queue: 'q' }).catch(() => undefined);
    await settle();
    const next = watch(client.caller.invoke(write(), { queue: 'q', dc: 3 }));
    await settle();
    const asked = world.asked.filter(({ request }) => request._ === 'account.updateStatus');
    expect(asked).toHaveLength(1);
    expect(next.done).toBe(false);
  });
});

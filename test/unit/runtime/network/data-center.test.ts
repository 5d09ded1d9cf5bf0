import { beforeEach, describe, expect, it } from 'vitest';
import { setUp, watch, write } from '../core/setup.js';
import { settle } from './fakes/clock.js';
import { type FakeClient, Refusal, type FakeWorld } from './fakes/world.js';

let world: FakeWorld;
let client: FakeClient;
beforeEach(async () => {
  ({ world, client } = await setUp());
});

describe('a key that the server forgot', () => {
  it('is not mistaken for the one that took its place', async () => {
    await client.caller.invoke(write(), { connection: 'media' });
    const [main, media] = world.transports;
    main!.answer({ type: 'auth-key-lost' });
    await settle();
    main!.cut();
    await world.clock.advance(0);
    await client.caller.invoke(write());
    await client.network.store.signedIn(6n, false);
    const { key } = client.network.store.key(2)!;
    // The media connection hears of the old key only now.
    media!.answer({ type: 'auth-key-lost' });
    await settle();
    expect(client.network.store.key(2)!.key).toEqual(key);
    expect(client.network.store.account.userId).toBe(6n);
    expect(client.signedOut).toEqual(['AUTH_KEY_LOST']);
    // What comes next uses the new one.
    await client.caller.invoke(write(), { connection: 'media' });
    expect(world.engines.at(-1)!.options.authKey!.bytes).toEqual(key);
  });
});

describe('a change of home', () => {
  /** Answers that the test gives later. */
  async function held(dc: number): Promise<ReturnType<typeof watch<boolean>>> {
    world.answer = () => 'silent';
    const seen = watch(client.caller.invoke(write(), { dc }));
    await settle();
    world.answer = (asked) => world.usual(asked);
    return seen;
  }

  it('rpc/migrate: calls under way at the new home keep their connection until they are settled', async () => {
    await client.caller.invoke(write(), { dc: 4 });
    const seen = await held(4);
    const { transport, id } = world.asked.at(-1)!;
    await client.network.setHome(4);
    await client.caller.invoke(write());
    // Updates come over a connection of its own; the other has one thing left to do.
    expect(world.asked.at(-1)!.transport).not.toBe(transport);
    expect(transport.closed).toBe(false);
    transport.answer({ type: 'result', call: id, body: 'b5757299' });
    await settle();
    expect(seen).toEqual({ done: true, value: true });
    expect(transport.closed).toBe(true);
  });

  it('rpc/migrate: the old home is left when its last call is settled or given up', async () => {
    const seen = await held(2);
    const { transport, id } = world.asked.at(-1)!;
    await client.network.setHome(4);
    expect(transport.closed).toBe(false);
    transport.answer({ type: 'error', call: id, code: 400, message: 'NO' });
    await settle();
    expect(seen.error).toMatchObject({ code: 'NO' });
    expect(transport.closed).toBe(true);
  });

  it('rpc/migrate: several calls that are sent to one new home all run there, once', async () => {
    let sent = 0;
    world.answer = (asked) => {
      if (asked.request._ === 'account.updateStatus') {
        if (asked.dc === 2) return new Refusal(303, 'USER_MIGRATE_4');
        sent++;
      }
      return world.usual(asked);
    };
    const calls = Array.from({ length: 5 }, () => client.caller.invoke(write()));
    expect(await Promise.all(calls)).toEqual([true, true, true, true, true]);
    expect(sent).toBe(5);
    await settle();
    expect(world.openTransports).toBe(1);
  });

  it('conn/close-leaves-nothing: a connection that waits for its last call is closed, too', async () => {
    const seen = await held(2);
    await client.network.setHome(4);
    await client.close();
    await settle();
    expect(seen.error).toMatchObject({ code: 'CALL_LOST' });
    expect(world.openTransports).toBe(0);
    expect(world.clock.pending).toBe(0);
  });
});

import { account, auth } from '@tlgen/telegram';
import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryStorage } from '../../../../packages/runtime/src/storage/memory.js';
import { watch } from '../core/setup.js';
import { settle } from './fakes/clock.js';
import {
  authorization,
  FakeClient,
  FakeWorld,
  Refusal,
  toEvent,
  type Asked,
} from './fakes/world.js';

const call = () => new account.UpdateStatusRequest({ offline: true });

let world: FakeWorld;
let client: FakeClient;
let storage: MemoryStorage;
beforeEach(async () => {
  world = new FakeWorld();
  storage = new MemoryStorage();
  client = await FakeClient.signedIn(world, { storage });
});

const count = (name: string): number => world.names().filter((one) => one.endsWith(name)).length;

describe('dc/parallel-import', () => {
  it('dc/parallel-import: calls that need another data center share one export and import', async () => {
    const calls = Array.from({ length: 20 }, () => client.caller.invoke(call(), { dc: 3 }));
    await Promise.all(calls);
    expect(count('auth.exportAuthorization')).toBe(1);
    expect(count('auth.importAuthorization')).toBe(1);
    expect(count('account.updateStatus')).toBe(20);
    expect(client.network.store.key(3)!.userId).toBe(5n);
  });

  it('dc/parallel-import: is remembered by the next client', async () => {
    await client.caller.invoke(call(), { dc: 3 });
    await client.close();
    world.asked.length = 0;
    const next = new FakeClient(world, { storage });
    await next.network.open();
    expect(next.network.store.account.userId).toBe(5n);
    await next.caller.invoke(call(), { dc: 3 });
    expect(world.names()).toEqual(['3 account.updateStatus']);
    await next.close();
  });

  it('dc/parallel-import: each data center has its own', async () => {
    await Promise.all([1, 3, 4].map((dc) => client.caller.invoke(call(), { dc })));
    const exported = world.asked.flatMap(({ request }) =>
      request instanceof auth.ExportAuthorizationRequest ? [request.dcId] : [],
    );
    expect(exported.toSorted()).toEqual([1, 3, 4]);
  });

  it('dc/parallel-import: AUTH_BYTES_INVALID is recovered once', async () => {
    let refused = 0;
    let times = 1;
    world.answer = (asked) =>
      asked.request instanceof auth.ImportAuthorizationRequest && refused++ < times
        ? new Refusal(400, 'AUTH_BYTES_INVALID')
        : world.usual(asked);
    expect(await client.caller.invoke(call(), { dc: 3 })).toBe(true);
    expect(count('auth.exportAuthorization')).toBe(2);

    refused = 0;
    times = 100;
    await expect(client.caller.invoke(call(), { dc: 4 })).rejects.toMatchObject({
      code: 'AUTH_BYTES_INVALID',
      method: 'auth.importAuthorization',
    });
    expect(refused).toBe(2);
    // A failure is not remembered: the next call tries again.
    times = 0;
    expect(await client.caller.invoke(call(), { dc: 4 })).toBe(true);
  });

  it('dc/parallel-import: is done anew when the data center has forgotten the user', async () => {
    await client.caller.invoke(call(), { dc: 3 });
    let forgotten = true;
    world.answer = (asked) => {
      if (asked.request instanceof auth.ImportAuthorizationRequest) forgotten = false;
      return forgotten && asked.dc === 3
        ? new Refusal(401, 'AUTH_KEY_UNREGISTERED')
        : world.usual(asked);
    };
    const calls = [1, 2, 3].map(() => client.caller.invoke(call(), { dc: 3 }));
    expect(await Promise.all(calls)).toEqual([true, true, true]);
    expect(count('auth.importAuthorization')).toBe(2);
    // Home still knows the user.
    expect(client.signedOut).toEqual([]);
  });

  it('dc/parallel-import: nothing is exported while nobody is signed in', async () => {
    const stranger = new FakeClient(new FakeWorld());
    await stranger.network.open();
    await stranger.caller.invoke(call(), { dc: 3 });
    expect(stranger.network.store.account.userId).toBeNull();
    await stranger.close();
  });

  it('dc/parallel-import: calls of the next user do not run in the name of the last one', async () => {
    const held: Asked[] = [];
    world.answer = (asked) => {
      if (asked.request._ !== 'auth.importAuthorization' || held.length > 0)
        return world.usual(asked);
      held.push(asked);
      return 'silent';
    };
    const first = watch(client.caller.invoke(call(), { dc: 3 }));
    await settle();
    await client.network.signedOut(false);
    await client.network.store.signedIn(6n, false);
    const second = client.caller.invoke(call(), { dc: 3 });
    await settle();
    expect(count('account.updateStatus')).toBe(0);
    held[0]!.transport.answer(toEvent(held[0]!.id, authorization(5n))!);
    expect(await second).toBe(true);
    expect(count('auth.importAuthorization')).toBe(2);
    expect(client.network.store.key(3)!.userId).toBe(6n);
    expect(first.done).toBe(true);
  });

  it('a caller that gives up does not end the import for the others', async () => {
    const controller = new AbortController();
    const first = client.caller.invoke(call(), { dc: 3, signal: controller.signal });
    const second = client.caller.invoke(call(), { dc: 3 });
    controller.abort();
    await expect(first).rejects.toMatchObject({ code: 'ABORTED' });
    expect(await second).toBe(true);
    expect(count('auth.importAuthorization')).toBe(1);
  });
});

describe('media connections', () => {
  it('use the key that the main connection made, and ask for no updates', async () => {
    await client.caller.invoke(call(), { dc: 3, connection: 'media' });
    const [, main, media] = world.engines;
    expect(world.engines).toHaveLength(3);
    expect(main!.options.authKey).toBeUndefined();
    expect(media!.options.authKey!.bytes).toEqual(client.network.store.key(3)!.key);
    expect(media!.options.dcId).toBe(-3);
    expect(media!.prefixes).toEqual([Uint8Array.of(1)]);
  });

  it('the time that one connection learned is what the next begins with', async () => {
    world.engines[0]!.emit({ type: 'time', offset: 12_345 });
    world.transports[0]!.answer();
    await client.caller.invoke(call(), { dc: 3 });
    expect(world.engines[1]!.options.timeOffset).toBe(12_345);
    expect(client.network.serverTime - world.clock.now().wall).toBe(12_345);
  });
});

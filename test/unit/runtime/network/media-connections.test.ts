import { expect, it } from 'vitest';
import { watch, write } from '../core/setup.js';
import { settle } from './fakes/clock.js';
import { FakeClient, FakeWorld } from './fakes/world.js';

async function withConnections(most: number): Promise<{ world: FakeWorld; client: FakeClient }> {
  const world = new FakeWorld();
  const client = new FakeClient(world, { network: { mediaConnections: () => most } });
  await client.network.open();
  await client.caller.invoke(write());
  return { world, client };
}

const upload = (client: FakeClient, count: number) =>
  Array.from({ length: count }, () =>
    watch(client.caller.invoke(write(), { connection: 'media' })),
  );

it('one media connection is enough for few calls', async () => {
  const { world, client } = await withConnections(4);
  for (let call = 0; call < 10; call++)
    await client.caller.invoke(write(), { connection: 'media' });
  expect(world.transports.length).toBe(2);
});

it('others are opened while those there are busy, up to the limit, and calls spread over them', async () => {
  const { world, client } = await withConnections(3);
  world.answer = () => 'silent';
  for (let round = 0; round < 20; round++) {
    upload(client, 1);
    await settle();
  }
  // One of them is the main one.
  expect(world.transports.length).toBe(4);
  const perTransport = world.transports.map(
    (transport) => world.asked.filter((asked) => asked.transport === transport).length,
  );
  expect(perTransport).toEqual([1, 7, 7, 6]);
  await client.close();
  expect(world.openTransports).toBe(0);
});

it('a key that a media connection learns to be lost is made anew by another main one, and nothing spins', async () => {
  const { world, client } = await withConnections(1);
  await client.caller.invoke(write(), { connection: 'media' });
  world.transports[1]!.answer({ type: 'auth-key-lost' });
  await settle();
  await client.caller.invoke(write(), { connection: 'media' });
  expect(world.transports.map(({ closed }) => closed)).toEqual([true, true, false, false]);
  expect(world.asked.at(-1)!.transport).toBe(world.transports[3]);
});

it('media connections that nobody uses are closed, and come back', async () => {
  const { world, client } = await withConnections(2);
  const call = () => client.caller.invoke(write(), { connection: 'media' });
  await call();
  await world.clock.advance(100_000);
  await call();
  await world.clock.advance(100_000);
  expect(world.openTransports).toBe(2);
  await world.clock.advance(150_000);
  expect(world.openTransports).toBe(1);
  await call();
  expect(world.openTransports).toBe(2);
  await client.close();
  expect(world.clock.pending).toBe(0);
});

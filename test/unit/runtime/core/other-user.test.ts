import { expect, it } from 'vitest';
import { FakeClient, FakeWorld } from '../network/fakes/world.js';
import { settle } from '../network/fakes/clock.js';
import { watch, write } from './setup.js';

/** A call that is held up until `release()`. */
async function heldUp() {
  const world = new FakeWorld();
  let release = (): void => undefined;
  const gate = new Promise<void>((resolve) => (release = resolve));
  const client = await FakeClient.signedIn(world, {
    middleware: [async (call, next) => (await gate, next(call))],
  });
  return { world, client, release, seen: watch(client.caller.invoke(write())) };
}

it('never runs a call of one user as another', async () => {
  const { world, client, release, seen } = await heldUp();
  await settle();
  await client.network.store.signedIn(6n, false);
  release();
  await settle();
  expect(seen.error).toMatchObject({ code: 'CALL_LOST', mayHaveRun: false });
  expect(world.asked).toHaveLength(0);
  expect(world.clock.pending).toBe(0);
});

it('lets the server say that nobody is signed in', async () => {
  const { world, client, release, seen } = await heldUp();
  await settle();
  await client.network.store.signedOut(false);
  release();
  await settle();
  expect(world.asked).toHaveLength(1);
  expect(seen.done).toBe(true);
});

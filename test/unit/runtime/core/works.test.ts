import { expect, it } from 'vitest';
import { settle } from '../network/fakes/clock.js';
import { setUp, watch } from './setup.js';

const endless = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });

it('work that one user began is not finished as another', async () => {
  const { client } = await setUp();
  const seen = watch(client.caller.cancellable({}, 'sending', endless));
  await settle();
  await client.network.signedOut(false);
  await settle();
  // Nobody is not somebody else: the server says so by itself.
  expect(seen.done).toBe(false);
  await client.network.store.signedIn(6n, false);
  await settle();
  expect(seen.error).toMatchObject({ code: 'CALL_LOST', mayHaveRun: true });
});

it('work goes on while the same user is signed in, and what nobody began is for all', async () => {
  const { client } = await setUp();
  const same = watch(client.caller.cancellable({}, 'sending', endless));
  await settle();
  await client.network.store.signedIn(5n, false);
  await client.network.signedOut(false);
  const nobodys = watch(client.caller.cancellable({}, 'sending', endless));
  await settle();
  await client.network.store.signedIn(5n, false);
  await settle();
  expect([same.done, nobodys.done]).toEqual([false, false]);
});

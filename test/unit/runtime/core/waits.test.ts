import { beforeEach, describe, expect, it } from 'vitest';
import { AbortError } from '../../../../packages/runtime/src/core/errors.js';
import { settle } from '../network/fakes/clock.js';
import { type FakeClient, Refusal, type FakeWorld } from '../network/fakes/world.js';
import { answerWith, read, setUp, watch, write } from './setup.js';

let world: FakeWorld;
let client: FakeClient;
beforeEach(async () => {
  ({ world, client } = await setUp());
});

describe('rpc/flood-wait', () => {
  it('rpc/flood-wait: sleeps when the wait is below the limit', async () => {
    answerWith(
      world,
      new Refusal(420, 'FLOOD_WAIT_19'),
      new Refusal(420, 'FLOOD_PREMIUM_WAIT_2'),
      true,
    );
    const seen = watch(client.caller.invoke(write()));
    await world.clock.advance(18_999);
    expect(world.asked).toHaveLength(1);
    await world.clock.advance(1);
    expect(world.asked).toHaveLength(2);
    await world.clock.advance(2_000);
    expect(seen).toEqual({ done: true, value: true });
  });

  it('rpc/flood-wait: throws when the wait is not strictly below the limit', async () => {
    answerWith(world, new Refusal(420, 'FLOOD_WAIT_20'), new Refusal(420, 'FLOOD_WAIT_3'));
    await expect(client.caller.invoke(write())).rejects.toMatchObject({
      code: 'FLOOD_WAIT',
      value: 20,
    });
    const seen = watch(client.caller.invoke(write(), { floodWaitLimit: 3 }));
    await settle();
    expect(seen.error).toMatchObject({ value: 3 });
    expect(world.clock.pending).toBe(0);
  });

  it('rpc/flood-wait: a limit of the call may also be higher', async () => {
    answerWith(world, new Refusal(420, 'FLOOD_WAIT_100'), true);
    const seen = watch(client.caller.invoke(write(), { floodWaitLimit: 101 }));
    await world.clock.advance(100_000);
    expect(seen.value).toBe(true);
  });

  it('rpc/flood-wait: ends after so many tries', async () => {
    world.answer = () => new Refusal(420, 'FLOOD_WAIT_1');
    const seen = watch(client.caller.invoke(write()));
    await world.clock.advance(60_000);
    expect(seen.error).toMatchObject({ code: 'FLOOD_WAIT' });
    expect(world.asked).toHaveLength(5);
  });

  it('rpc/flood-wait: aborts while it sleeps', async () => {
    answerWith(world, new Refusal(420, 'FLOOD_WAIT_10'));
    const controller = new AbortController();
    const seen = watch(client.caller.invoke(write(), { signal: controller.signal }));
    await world.clock.advance(1_000);
    controller.abort('why');
    await settle();
    expect(seen.error).toBeInstanceOf(AbortError);
    expect(seen.error).toMatchObject({ code: 'ABORTED', cause: 'why' });
    expect(world.clock.pending).toBe(0);
  });

  it('slow-mode: waits in the same way', async () => {
    answerWith(world, new Refusal(420, 'SLOWMODE_WAIT_5'), true);
    const seen = watch(client.caller.invoke(write()));
    await world.clock.advance(5_000);
    expect(seen.value).toBe(true);
  });
});

describe('500/-503', () => {
  it.each([
    [500, 'RPC_CALL_FAIL'],
    [-503, 'Timeout'],
    [503, 'Timeout'],
  ])('%d %s: tried again after a pause', async (code, message) => {
    answerWith(world, new Refusal(code, message), true);
    const seen = watch(client.caller.invoke(read()));
    await settle();
    expect(world.asked).toHaveLength(1);
    await world.clock.advance(1_000);
    expect(seen.value).toBe(true);
  });

  it('500: the server says that it failed, so it is tried again whatever it is', async () => {
    answerWith(world, new Refusal(500, 'RPC_CALL_FAIL'), true);
    const seen = watch(client.caller.invoke(write()));
    await world.clock.advance(1_000);
    expect(seen.value).toBe(true);
  });

  it('-503 Timeout: what may have run is tried again only if it may run twice', async () => {
    answerWith(world, new Refusal(-503, 'Timeout'), new Refusal(-503, 'Timeout'), true);
    await expect(client.caller.invoke(write())).rejects.toMatchObject({ code: 'Timeout' });
    const seen = watch(client.caller.invoke(write(), { repeatable: true }));
    await world.clock.advance(1_000);
    expect(seen.value).toBe(true);
  });

  it('500: what was done before is not tried again', async () => {
    answerWith(world, new Refusal(500, 'RANDOM_ID_DUPLICATE'), true);
    await expect(client.caller.invoke(write())).rejects.toMatchObject({
      code: 'RANDOM_ID_DUPLICATE',
    });
    expect(world.asked).toHaveLength(1);
  });

  it('500: tried maxTries.query times, with growing pauses, then thrown', async () => {
    world.answer = () => new Refusal(500, 'INTERNAL');
    client.maxTries = 3;
    const seen = watch(client.caller.invoke(write()));
    await world.clock.advance(60_000);
    expect(seen.error).toMatchObject({ number: 500 });
    expect(world.asked).toHaveLength(3);
  });

  it.each([400, 401, 403, 404, 406])('%d: thrown at once', async (code) => {
    answerWith(world, new Refusal(code, 'NO'));
    await expect(client.caller.invoke(write())).rejects.toMatchObject({ number: code });
    expect(world.asked).toHaveLength(1);
  });
});

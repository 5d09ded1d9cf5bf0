import { beforeEach, describe, expect, it } from 'vitest';
import { CallLostError } from '../../../../packages/runtime/src/core/errors.js';
import { REPEATED_TOO_OFTEN } from '../../../../packages/runtime/src/session/limits.js';
import { settle } from '../network/fakes/clock.js';
import { type FakeClient, Refusal, type FakeWorld } from '../network/fakes/world.js';
import { read, setUp, watch, write } from './setup.js';

let world: FakeWorld;
let client: FakeClient;
beforeEach(async () => {
  ({ world, client } = await setUp());
});

describe('auth/key-duplicated', () => {
  it.each([
    [406, 'AUTH_KEY_DUPLICATED', true],
    [401, 'AUTH_KEY_UNREGISTERED', false],
    [401, 'SESSION_REVOKED', false],
    [401, 'USER_DEACTIVATED', false],
  ])('auth/key-duplicated: %d %s: one event, no retry storm', async (code, message, keyGone) => {
    world.answer = () => new Refusal(code, message);
    const calls = Array.from({ length: 5 }, () => client.caller.invoke(read()));
    const settled = await Promise.allSettled(calls);
    expect(settled.every(({ status }) => status === 'rejected')).toBe(true);
    await world.clock.advance(60_000);
    expect(world.asked).toHaveLength(5);
    expect(client.signedOut).toEqual([message]);
    expect(client.network.store.account.userId).toBeNull();
    expect(client.network.store.key(2) === undefined).toBe(keyGone);
    // Nobody is signed in any more: the same answer is what is to be expected now.
    await expect(client.caller.invoke(read())).rejects.toMatchObject({ code: message });
    expect(client.signedOut).toHaveLength(1);
    expect(client.errors).toEqual([]);
  });

  it('auth/key-duplicated: a key that the server forgot is one event, too', async () => {
    world.transports[0]!.answer({ type: 'auth-key-lost' });
    await settle();
    expect(client.signedOut).toEqual(['AUTH_KEY_LOST']);
    expect(client.network.store.key(2)).toBeUndefined();
  });
});

describe('rpc/close-not-acked-vs-acked', () => {
  it('rpc/close-not-acked-vs-acked: what may have run and is no read rejects', async () => {
    world.answer = () => 'acked';
    const seen = watch(client.caller.invoke(write()));
    await settle();
    const { id, transport } = world.asked[0]!;
    transport.answer({ type: 'lost', call: id, mayHaveRun: true, reason: 'the session is gone' });
    await world.clock.advance(60_000);
    expect(seen.error).toBeInstanceOf(CallLostError);
    expect(seen.error).toMatchObject({ mayHaveRun: true, method: 'account.updateStatus' });
    expect(world.asked).toHaveLength(1);
  });

  it.each([
    ['a read', read, {}],
    ['what the caller calls repeatable', write, { repeatable: true }],
  ])('rpc/close-not-acked-vs-acked: %s is sent again', async (_what, make, options) => {
    world.answer = () => 'silent';
    const seen = watch(client.caller.invoke(make(), options));
    await settle();
    const { id, transport } = world.asked[0]!;
    world.answer = (asked) => world.usual(asked);
    transport.answer({ type: 'lost', call: id, mayHaveRun: true, reason: 'gone' });
    await world.clock.advance(1_000);
    expect(seen.value).toBe(true);
  });

  it('rpc/close-not-acked-vs-acked: what certainly did not run is sent again, if not for ever', async () => {
    let times = 0;
    world.answer = (asked) => {
      times++;
      queueMicrotask(() =>
        asked.transport.answer({ type: 'lost', call: asked.id, mayHaveRun: false, reason: 'x' }),
      );
      return 'silent';
    };
    const seen = watch(client.caller.invoke(write()));
    await world.clock.advance(120_000);
    expect(times).toBe(5);
    expect(seen.error).toMatchObject({ code: 'CALL_LOST', mayHaveRun: false });
  });

  it('rpc/close-not-acked-vs-acked: a read that its caller calls unrepeatable is not', async () => {
    world.answer = () => 'silent';
    const seen = watch(client.caller.invoke(read(), { repeatable: false }));
    await settle();
    const { id, transport } = world.asked[0]!;
    transport.answer({ type: 'lost', call: id, mayHaveRun: true, reason: 'gone' });
    await settle();
    expect(seen.error).toMatchObject({ code: 'CALL_LOST' });
  });
});

describe('a call that its session has repeated as often as it may', () => {
  it('is not begun anew', async () => {
    world.answer = () => 'silent';
    const seen = watch(client.caller.invoke(read()));
    await settle();
    const { id, transport } = world.asked[0]!;
    const reason = REPEATED_TOO_OFTEN;
    transport.answer({ type: 'lost', call: id, mayHaveRun: true, reason });
    await world.clock.advance(60_000);
    expect(seen.error).toMatchObject({ code: 'CALL_LOST', mayHaveRun: true, reason });
    expect(world.asked).toHaveLength(1);
  });

  it('is told how often that is when its connection is opened', () => {
    expect(world.engines[0]!.options.repetitions).toBe(5);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { CallOptionError } from '../../../../packages/runtime/src/core/errors.js';
import type { InvokeOptions } from '../../../../packages/runtime/src/core/types.js';
import type { FakeClient, FakeWorld } from '../network/fakes/world.js';
import { setUp, watch, write } from './setup.js';

let world: FakeWorld;
let client: FakeClient;
beforeEach(async () => {
  ({ world, client } = await setUp());
});

/** As JavaScript may give them. */
const given = (option: string, value: unknown): InvokeOptions => ({ [option]: value });

describe('values of options that no call can have', () => {
  it.each([
    ['timeout', -5, '-5'],
    ['timeout', Number.NaN, 'NaN'],
    ['timeout', '5', 'a string'],
    ['timeout', null, 'null'],
    ['dc', '2', 'a string'],
    ['dc', 0, '0'],
    ['dc', -2, '-2'],
    ['dc', 2.5, '2.5'],
    ['dc', Number.POSITIVE_INFINITY, 'Infinity'],
    ['floodWaitLimit', 'x', 'a string'],
    ['floodWaitLimit', -1, '-1'],
    ['floodWaitLimit', Number.NaN, 'NaN'],
    ['queue', 5, '5'],
    ['queue', {}, 'an object'],
    ['signal', {}, 'an object'],
    ['signal', null, 'null'],
    ['signal', 'abort', 'a string'],
  ])('%s: %j', async (option, value, got) => {
    const before = world.asked.length;
    // No throw here: a promise.
    const call = client.caller.invoke(write(), given(option, value));
    const error: unknown = await call.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CallOptionError);
    expect(error).toMatchObject({ code: 'BAD_OPTION', option });
    expect((error as Error).message).toMatch(
      new RegExp(`^account\\.updateStatus: the option ${option} has to be .*; got ${got}$`),
    );
    await world.clock.advance(60_000);
    expect(world.asked).toHaveLength(before);
    expect(world.clock.pending).toBe(0);
  });

  it('are refused by other work, too', async () => {
    await expect(client.caller.ready({ timeout: -1 })).rejects.toMatchObject({ option: 'timeout' });
    await expect(client.caller.fetchConfig({ timeout: -1 })).rejects.toBeInstanceOf(
      CallOptionError,
    );
  });
});

describe('values of options at the edge', () => {
  it.each([
    ['timeout', Number.POSITIVE_INFINITY],
    ['timeout', undefined],
    ['dc', 1],
    ['dc', undefined],
    ['floodWaitLimit', 0],
    ['floodWaitLimit', Number.POSITIVE_INFINITY],
    ['queue', ''],
    ['signal', new AbortController().signal],
  ])('%s: %s passes', async (option, value) => {
    const seen = watch(client.caller.invoke(write(), given(option, value)));
    await world.clock.advance(10_000);
    expect(seen).toEqual({ done: true, value: true });
  });

  it('a timeout of 0 passes at once, one of Infinity has no timer', async () => {
    world.answer = () => 'silent';
    const now = watch(client.caller.invoke(write(), { timeout: 0 }));
    const never = watch(client.caller.invoke(write(), { timeout: Number.POSITIVE_INFINITY }));
    await world.clock.advance(0);
    expect(now.error).toMatchObject({ code: 'TIMEOUT' });
    expect(world.clock.pending).toBe(0);
    expect(never.done).toBe(false);
  });
});

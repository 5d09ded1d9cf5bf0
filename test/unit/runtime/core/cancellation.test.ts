import { describe, expect, it } from 'vitest';
import { Cancellation } from '../../../../packages/runtime/src/core/cancellation.js';
import { AbortError, TimeoutError } from '../../../../packages/runtime/src/core/errors.js';
import type { Middleware } from '../../../../packages/runtime/src/core/types.js';
import { FakeClock, settle } from '../network/fakes/clock.js';
import { FakeClient, FakeWorld } from '../network/fakes/world.js';
import { watch, write } from './setup.js';

const make = (
  options: ConstructorParameters<typeof Cancellation>[1] = {},
  clock = new FakeClock(),
): Cancellation => new Cancellation(clock, options, 'the work');

describe('Cancellation', () => {
  it('ends once: the first reason counts, for itself and for its signal', () => {
    const cancellation = make();
    const { signal } = cancellation;
    expect([cancellation.aborted, signal.aborted, cancellation.reason]).toEqual([
      false,
      false,
      undefined,
    ]);
    cancellation.throwIfAborted();
    const first = new Error('first');
    cancellation.abort(first);
    cancellation.abort(new Error('second'));
    expect(cancellation.reason).toBe(first);
    expect(signal.reason).toBe(first);
    expect(() => cancellation.throwIfAborted()).toThrow(first);
  });

  it('has one signal, aborted already when asked for too late', () => {
    const cancellation = make();
    const reason = new Error('over');
    cancellation.abort(reason);
    expect(cancellation.signal.aborted).toBe(true);
    expect(cancellation.signal.reason).toBe(reason);
    expect(cancellation.signal).toBe(cancellation.signal);
  });

  it('calls each listener once, unless it was removed or came too late', () => {
    const cancellation = make();
    const called: string[] = [];
    const removed = (): void => void called.push('removed');
    cancellation.addEventListener('abort', removed);
    cancellation.addEventListener('abort', () => {
      called.push('first');
      // What is added or ended meanwhile makes no second round.
      cancellation.addEventListener('abort', () => called.push('late'));
      cancellation.abort(new Error('again'));
    });
    cancellation.addEventListener('abort', () => called.push('second'));
    cancellation.removeEventListener('abort', removed);
    cancellation.abort(new Error('over'));
    expect(called).toEqual(['first', 'second']);
  });

  it("follows the caller's signal, with its reason as the cause", () => {
    const controller = new AbortController();
    const cancellation = make({ signal: controller.signal });
    controller.abort('enough');
    expect(cancellation.reason).toBeInstanceOf(AbortError);
    expect(cancellation.reason).toMatchObject({
      message: 'the work was given up',
      cause: 'enough',
    });
    const late = make({ signal: controller.signal });
    expect([late.aborted, late.signal.aborted]).toEqual([true, true]);
  });

  it('ends by its timeout', async () => {
    const clock = new FakeClock();
    const cancellation = make({ timeout: 100 }, clock);
    await clock.advance(99);
    expect(cancellation.aborted).toBe(false);
    await clock.advance(1);
    expect(cancellation.reason).toBeInstanceOf(TimeoutError);
  });

  it('leaves no timer and no listener', async () => {
    const clock = new FakeClock();
    const controller = new AbortController();
    const listening: string[] = [];
    const { signal } = controller;
    const spied = {
      aborted: false,
      addEventListener: (type: 'abort', listener: () => void): void => {
        listening.push(type);
        signal.addEventListener(type, listener);
      },
      removeEventListener: (type: 'abort', listener: () => void): void => {
        listening.pop();
        signal.removeEventListener(type, listener);
      },
    };
    const cancellation = make({ timeout: 100, signal: spied }, clock);
    expect(listening).toEqual(['abort']);
    cancellation.dispose();
    cancellation.dispose();
    expect(listening).toEqual([]);
    await clock.advance(1000);
    controller.abort();
    expect(cancellation.aborted).toBe(false);
  });
});

describe('the signal of a call', () => {
  const silent = async (middleware: readonly Middleware[]) => {
    const world = new FakeWorld();
    const client = await FakeClient.signedIn(world, { middleware });
    world.answer = () => 'silent';
    return { world, client };
  };

  it('tells middleware of the timeout', async () => {
    const signals: AbortSignal[] = [];
    const { world, client } = await silent([
      (call, next) => {
        signals.push(call.signal);
        return next(call);
      },
    ]);
    const seen = watch(client.caller.invoke(write(), { timeout: 5_000 }));
    await world.clock.advance(5_000);
    expect(seen.error).toBeInstanceOf(TimeoutError);
    expect(signals[0]!.reason).toBe(seen.error);
    expect(world.engines[0]!.cancelled).toEqual([world.asked[0]!.id]);
  });

  it('is in copies of the call, which end by it', async () => {
    const { world, client } = await silent([(call, next) => next({ ...call })]);
    const seen = watch(client.caller.invoke(write(), { timeout: 5_000 }));
    await world.clock.advance(5_000);
    expect(seen.error).toBeInstanceOf(TimeoutError);
    expect(world.engines[0]!.cancelled).toEqual([world.asked[0]!.id]);
  });

  it('may be another one, which then counts', async () => {
    const own = new AbortController();
    const { world, client } = await silent([
      (call, next) => next({ ...call, signal: AbortSignal.any([call.signal, own.signal]) }),
    ]);
    const seen = watch(client.caller.invoke(write()));
    await settle();
    const reason = new Error('the middleware had enough');
    own.abort(reason);
    await settle();
    expect(seen.error).toBe(reason);
    expect(world.engines[0]!.cancelled).toEqual([world.asked[0]!.id]);
  });
});

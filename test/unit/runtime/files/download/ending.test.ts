import { describe, expect, it } from 'vitest';
import { downloadParts } from '../../../../../packages/runtime/src/files/download/index.js';
import { settle } from '../../network/fakes/clock.js';
import { collect, content, FakeServer, KiB, MiB, same } from './fake-server.js';

const all = content(8 * MiB + 1);
const PART = 512 * KiB;

/** Answers wait until they are let go. */
function held(server: FakeServer): { release(count?: number): void } {
  const waiting: (() => void)[] = [];
  server.delay = () => new Promise((resolve) => waiting.push(resolve));
  return {
    release(count = Infinity) {
      for (const resolve of waiting.splice(0, count)) resolve();
    },
  };
}

describe('back-pressure', () => {
  it('nothing is asked for before the first pull, nor beyond the window', async () => {
    const server = new FakeServer({ content: all });
    const parts = downloadParts(server.context(), server.file(), { parallel: 3 });
    await settle();
    expect(server.calls).toBe(0);
    for (let pulled = 1; pulled <= 5; pulled += 1) {
      await parts.next();
      await settle();
      expect(server.calls).toBe(pulled + 3);
      expect(server.inFlight).toBe(0);
    }
    await parts.return();
    await settle();
    expect(server.calls).toBe(8);
  });

  it('with unknown size the first part goes alone', async () => {
    const server = new FakeServer({ content: all });
    const gate = held(server);
    const parts = downloadParts(server.context(), server.file({ size: undefined }));
    const first = parts.next();
    await settle();
    expect(server.inFlight).toBe(1);
    gate.release();
    await first;
    await settle();
    expect(server.inFlight).toBe(4);
    await parts.return();
    expect(server.inFlight).toBe(0);
  });

  it('parts come in order whatever the order of the answers', async () => {
    const server = new FakeServer({ content: all });
    let turn = 0;
    server.delay = async () => {
      for (let wait = (turn++ * 7) % 5; wait > 0; wait -= 1) {
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    const parts = downloadParts(server.context(), server.file(), { parallel: 8 });
    expect(same(await collect(parts), all)).toBe(true);
    expect(server.mostInFlight).toBe(8);
  });
});

describe('leaving', () => {
  it('the loop cancels what is under way', async () => {
    const server = new FakeServer({ content: all });
    for await (const bytes of downloadParts(server.context(), server.file())) {
      expect(bytes).toHaveLength(PART);
      held(server);
      break;
    }
    expect(server.inFlight).toBe(0);
    expect(server.clock.pending).toBe(0);
  });

  it('return() does not wait for the step that is under way', async () => {
    const server = new FakeServer({ content: all });
    held(server);
    const parts = downloadParts(server.context(), server.file(), { timeout: 1000 });
    const pending = parts.next();
    await settle();
    expect(server.inFlight).toBe(4);
    expect(await parts.return()).toEqual({ done: true, value: undefined });
    expect(await pending).toEqual({ done: true, value: undefined });
    expect(server.inFlight).toBe(0);
    expect(server.clock.pending).toBe(0);
    expect(await parts.next()).toEqual({ done: true, value: undefined });
  });

  it('return() before the first step asks for nothing', async () => {
    const server = new FakeServer({ content: all });
    const parts = downloadParts(server.context(), server.file());
    expect(await parts.return()).toEqual({ done: true, value: undefined });
    expect(await parts.next()).toEqual({ done: true, value: undefined });
    expect(server.calls).toBe(0);
  });

  it('waits until what is under way has taken notice', async () => {
    const server = new FakeServer({ content: all });
    let pending = 0;
    const context = server.context({
      invoke: async (request, options) => {
        pending += 1;
        try {
          return await server.invoke(request, options);
        } catch (error) {
          await settle();
          throw error;
        } finally {
          pending -= 1;
        }
      },
    });
    const parts = downloadParts(context, server.file());
    await parts.next();
    await settle();
    held(server);
    await parts.next();
    expect(pending).toBeGreaterThan(0);
    await parts.return();
    expect(pending).toBe(0);
  });

  it('a part that fails cancels the others, whether they would come or not', async () => {
    const server = new FakeServer({ content: all });
    server.fault = (_, count) => (count === 0 ? 'fail' : undefined);
    let first = true;
    server.delay = () => {
      if (!first) return new Promise(() => undefined);
      first = false;
      return Promise.resolve();
    };
    const parts = downloadParts(server.context(), server.file());
    await expect(parts.next()).rejects.toMatchObject({ code: 'INTERNAL' });
    expect(server.inFlight).toBe(0);
  });

  it('throw() rejects with what it was given', async () => {
    const server = new FakeServer({ content: all });
    const parts = downloadParts(server.context(), server.file());
    await parts.next();
    held(server);
    const thrown = new Error('no more');
    await expect(parts.throw(thrown)).rejects.toBe(thrown);
    expect(server.inFlight).toBe(0);
  });

  it('while a reference is refreshed, or the client connects', async () => {
    const server = new FakeServer({ content: all });
    const file = server.file();
    server.reference = 2;
    server.refresh = () => new Promise(() => undefined);
    const parts = downloadParts(server.context(), file);
    const pending = parts.next();
    await settle();
    expect(server.refreshes).toBe(1);
    await parts.return();
    expect(await pending).toEqual({ done: true, value: undefined });

    const connecting = server.context({ cancellable: () => new Promise(() => undefined) });
    const never = downloadParts(connecting, file);
    const step = never.next();
    await settle();
    await never.return();
    expect(await step).toEqual({ done: true, value: undefined });
  });
});

describe('signal and timeout', () => {
  it('the signal cancels what is under way', async () => {
    const server = new FakeServer({ content: all });
    held(server);
    const controller = new AbortController();
    const { signal } = controller;
    const parts = downloadParts(server.context(), server.file(), { signal });
    const pending = parts.next();
    await settle();
    expect(server.inFlight).toBe(4);
    controller.abort(new Error('the user left'));
    await expect(pending).rejects.toMatchObject({ name: 'AbortError', message: /downloading/ });
    expect(server.inFlight).toBe(0);
    expect(await parts.next()).toEqual({ done: true, value: undefined });
  });

  it('also while the consumer is busy: what has arrived is not given out any more', async () => {
    const server = new FakeServer({ content: all });
    const controller = new AbortController();
    const { signal } = controller;
    const parts = downloadParts(server.context(), server.file(), { signal });
    await parts.next();
    held(server);
    await settle();
    controller.abort();
    await settle();
    expect(server.inFlight).toBe(0);
    await expect(parts.next()).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('an aborted one asks for nothing', async () => {
    const server = new FakeServer({ content: all });
    const parts = downloadParts(server.context(), server.file(), { signal: AbortSignal.abort() });
    await expect(parts.next()).rejects.toMatchObject({ name: 'AbortError' });
    expect(server.calls).toBe(0);
  });

  it('the timeout counts for all of it, from the first step on', async () => {
    const server = new FakeServer({ content: all });
    const parts = downloadParts(server.context(), server.file(), { timeout: 100 });
    await server.clock.advance(500);
    await parts.next();
    await server.clock.advance(60);
    await parts.next();
    held(server);
    await server.clock.advance(60);
    expect(server.inFlight).toBe(0);
    await expect(parts.next()).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(server.clock.pending).toBe(0);
  });

  it('more than ten parts under way make no noise about listeners', async () => {
    const server = new FakeServer({ content: all });
    const warnings: Error[] = [];
    const onWarning = (warning: Error): number => warnings.push(warning);
    process.on('warning', onWarning);
    const controller = new AbortController();
    const options = { parallel: 32, signal: controller.signal };
    await collect(downloadParts(server.context(), server.file(), options));
    await settle();
    process.off('warning', onWarning);
    expect(warnings).toEqual([]);
  });
});

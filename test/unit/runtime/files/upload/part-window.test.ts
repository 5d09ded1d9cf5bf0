import { expect, it } from 'vitest';
import { PartWindow } from '../../../../../packages/runtime/src/files/upload/part-window.js';

const never = (): Promise<void> => new Promise(() => {});

it('starts nothing after the end', async () => {
  const window = new PartWindow(2, new AbortController().signal);
  const error = new Error('over');
  window.fail(error);
  let started = 0;
  window.start(async () => {
    started += 1;
  });
  expect(started).toBe(0);
  await expect(window.room()).rejects.toBe(error);
  await expect(window.drained()).rejects.toBe(error);
  await expect(window.orFail(never())).rejects.toBe(error);
});

it('ends all that is under way with the first error', async () => {
  const outer = new AbortController();
  const window = new PartWindow(3, outer.signal);
  const signals: AbortSignal[] = [];
  for (let at = 0; at < 2; at += 1) {
    window.start((signal) => {
      signals.push(signal);
      return never();
    });
  }
  const waiting = window.drained();
  const first = new Error('first');
  window.start(() => Promise.reject(first));
  await expect(waiting).rejects.toBe(first);
  outer.abort(new Error('second'));
  expect(signals.map(({ reason }) => reason as unknown)).toEqual([first, first]);
  expect(window.signal.reason).toBe(first);
});

it('has ended when what it belongs to had', async () => {
  const reason = new Error('before');
  const window = new PartWindow(1, AbortSignal.abort(reason));
  await expect(window.room()).rejects.toBe(reason);
});

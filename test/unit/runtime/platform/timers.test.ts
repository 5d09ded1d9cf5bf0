import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hostClock } from '../../../../packages/runtime/src/platform/timers.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the clock of a host', () => {
  it('calls back once, after the delay', () => {
    const callback = vi.fn();
    hostClock.after(100, callback);
    vi.advanceTimersByTime(99);
    expect(callback).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1000);
    expect(callback).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('waits longer than 31 bits of milliseconds', () => {
    const callback = vi.fn();
    const delay = 2 ** 32;
    hostClock.after(delay, callback);
    vi.advanceTimersByTime(delay - 1);
    expect(callback).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(callback).toHaveBeenCalledTimes(1);
  });

  it('a cancelled timer never calls back, in any of its steps', () => {
    const callback = vi.fn();
    const timer = hostClock.after(2 ** 32, callback);
    vi.advanceTimersByTime(2 ** 31);
    timer.cancel();
    timer.cancel();
    expect(vi.getTimerCount()).toBe(0);
    hostClock.after(-5, callback).cancel();
    vi.runAllTimers();
    expect(callback).not.toHaveBeenCalled();
  });

  it('reads both clocks in milliseconds', () => {
    vi.setSystemTime(1_800_000_000_000);
    const before = hostClock.now();
    vi.advanceTimersByTime(1500);
    const after = hostClock.now();
    expect(before.wall).toBe(1_800_000_000_000);
    expect(after.wall - before.wall).toBe(1500);
    expect(after.steady - before.steady).toBe(1500);
  });
});

import { describe, expect, it } from 'vitest';
import { Lru } from '../../../../packages/runtime/src/peers/memory/lru.js';

describe('what was used last', () => {
  it('is kept, and what was used longest ago is let go of', () => {
    const lru = new Lru<number, string>(3);
    for (const key of [1, 2, 3]) lru.set(key, `v${key}`);
    expect(lru.get(1)).toBe('v1');
    lru.set(2, 'new');
    lru.set(4, 'v4');
    expect([1, 2, 3, 4].map((key) => lru.get(key))).toEqual(['v1', 'new', undefined, 'v4']);
    expect(lru.size).toBe(3);
  });

  it('never is more than the limit', () => {
    const lru = new Lru<number, number>(10);
    for (let i = 0; i < 1000; i++) {
      lru.set(i % 37, i);
      lru.get(i % 5);
      expect(lru.size).toBeLessThanOrEqual(10);
    }
    lru.delete(0);
    expect(lru.get(0)).toBeUndefined();
    lru.clear();
    expect(lru.size).toBe(0);
  });
});

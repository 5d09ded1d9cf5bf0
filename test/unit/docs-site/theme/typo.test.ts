import { describe, expect, it } from 'vitest';
import { distance, gaps } from '../../../../docs-site/theme/client/search/typo.js';

describe('distance', () => {
  it.each([
    ['abcd', 'abcd', 0],
    ['abcd', 'abed', 1],
    ['abcd', 'acbd', 1],
    ['abcd', 'abd', 1],
    ['abcd', 'abxcd', 1],
    ['abcd', 'badc', 2],
    ['', 'ab', 2],
    ['abcd', 'wxyz', 4],
  ])('%s, %s: %i', (left, right, expected) => {
    expect(distance(left, right, 5)).toBe(expected);
    expect(distance(right, left, 5)).toBe(expected);
  });

  it('stops above the limit', () => {
    expect(distance('abcdef', 'uvwxyz', 2)).toBe(3);
    expect(distance('abc', 'abcdefgh', 2)).toBe(3);
  });
});

describe('gaps', () => {
  it('counts skipped letters, or is -1', () => {
    expect(gaps('snd', 'send')).toBe(1);
    expect(gaps('send', 'send')).toBe(0);
    expect(gaps('dns', 'send')).toBe(-1);
    expect(gaps('x', 'send')).toBe(-1);
  });
});

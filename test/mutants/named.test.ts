import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { root } from '../structure/imports.js';
import { mutants } from './named/index.mjs';

describe('the named mutants', () => {
  it('are at least two hundred, each with a name of its own', () => {
    expect(mutants.length).toBeGreaterThanOrEqual(200);
    expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
  });

  it.each(mutants)('$name: fits its source', ({ file, from, to, tests }) => {
    const text = readFileSync(root + file, 'utf8');
    expect(text.split(from).length - 1).toBe(1);
    expect(to).not.toBe(from);
    expect(tests.length).toBeGreaterThan(0);
    for (const test of tests) expect(existsSync(`${root}test/${test}`), test).toBe(true);
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mutants } from '../mutants/named/index.mjs';
import { guidelines } from './guidelines.mjs';
import { file, table, titles } from './table.mjs';

describe('security-guidelines/coverage', () => {
  const tests = titles();

  it('has a test for every guideline and a guideline for every test', () => {
    expect([...tests.keys()].sort()).toEqual(guidelines.map(({ id }) => id).sort());
  });

  it.each(guidelines)('$id: its mutants are killed by its own tests', ({ id, mutants: names }) => {
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      const mutant = mutants.find((one) => one.name === name);
      expect(mutant, `no mutant is called "${name}"`).toBeDefined();
      const own = (tests.get(id) ?? []).map((one) => one.file);
      expect(
        mutant?.tests.some((one) => own.includes(one)),
        `${name}: ${own.join()}`,
      ).toBe(true);
    }
  });

  it('is what the page in the repository says: node test/security/table.mjs writes it', () => {
    expect(readFileSync(file, 'utf8')).toBe(table());
  });
});

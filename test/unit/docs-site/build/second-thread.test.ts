import { describe, expect, it } from 'vitest';
import { LinkCheck } from '../../../../docs-site/build/site/link-check.js';
import type { Output } from '../../../../docs-site/build/site/outputs.js';
import { divide } from '../../../../docs-site/build/site/second-thread.js';

const output = (path: string): Output => ({ path, make: () => '' });

describe('the second thread', () => {
  it('is left alone with few pages', () => {
    const few = ['a.html', 'b.html', 'c.js'].map(output);
    expect(divide(few)).toEqual([few, []]);
  });

  it('takes about half of many pages and nothing else, and no file is lost or written twice', () => {
    const pages = Array.from({ length: 1001 }, (_, at) => output(`p${at}.html`));
    const all = [output('x.js'), ...pages, output('y.css')];
    const [mine, others] = divide(all);
    expect([...mine, ...others].map(({ path }) => path).sort()).toEqual(
      all.map(({ path }) => path).sort(),
    );
    // A machine with one processor has no second thread.
    expect([0, 500]).toContain(others.length);
    expect(others.every(({ path }) => path.endsWith('.html'))).toBe(true);
  });
});

describe('link checks of two threads', () => {
  const checked = (...pages: readonly (readonly [path: string, html: string])[]): LinkCheck => {
    const check = new LinkCheck();
    for (const [path, html] of pages) check.addPage(path, html);
    return check;
  };

  it('know the pages of both', () => {
    const first = checked(['a.html', '<a href="b.html#x">b</a> <a href="c.html">c</a>']);
    const second = checked(['b.html', '<h2 id="x"></h2> <a href="a.html#y">a</a>']);
    const whole = new LinkCheck();
    // What arrives from a thread is a copy.
    for (const one of [first, second]) whole.add(structuredClone(one.notes()));
    expect(whole.count).toBe(3);
    expect(whole.faults()).toEqual([
      'a.html: c.html leads to nothing',
      'b.html: a.html#y leads to no heading of a.html',
    ]);
  });
});

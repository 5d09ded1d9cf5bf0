import { describe, expect, it } from 'vitest';
import { baseOf, pageUrl, relativeUrl, resolveUrl } from '../../../../docs-site/build/paths.js';

describe('relative URLs', () => {
  it.each([
    ['index.md', 'methods/a.md', 'methods/a.html', ''],
    ['methods/a.md', 'methods/b.md', 'b.html', '../'],
    ['methods/a.md', 'index.md', '../index.html', '../'],
    ['secret/types/A.md', 'types/A.md#used-by', '../../types/A.html#used-by', '../../'],
    ['secret/types/A.md', 'secret/index.md', '../index.html', '../../'],
    ['types/A.md', 'secret/types/A.md', '../secret/types/A.html', '../'],
  ])('from %s to %s: %s', (from, to, url, base) => {
    expect(pageUrl(from, to)).toBe(url);
    expect(baseOf(from)).toBe(base);
    expect(resolveUrl(from, url.replace(/#.*/, ''))).toBe(to.replace(/\.md(#.*)?$/, '.html'));
  });

  it('encodes what a URL cannot hold', () => {
    expect(relativeUrl('errors/a.md', 'errors/A_%d #.md')).toBe('A_%25d%20%23.md');
  });

  it('sees when a URL leaves the site', () => {
    expect(resolveUrl('methods/a.html', '../../x.html')).toBeNull();
  });
});

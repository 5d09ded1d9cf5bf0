import { describe, expect, it } from 'vitest';
import { LinkCheck } from '../../../../docs-site/build/site/link-check.js';

const check = (
  pages: Readonly<Record<string, string>>,
  files: readonly string[] = [],
): string[] => {
  const links = new LinkCheck();
  for (const [path, html] of Object.entries(pages)) links.addPage(path, html);
  for (const path of files) links.addFile(path);
  return links.faults();
};

describe('the link check', () => {
  it('accepts what is there', () => {
    const pages = {
      'index.html': '<base href="/"><a href="a/b.html#x">b</a><a href="https://e.org/">o</a>',
      'a/b.html': `<h2 id="x"></h2><a href="#x"></a><a href="../index.html?q=1"></a><img src="../i.svg"><a href="A_%25d.md"></a><a href="c&#x3D;.md"></a>`,
    };
    expect(check(pages, ['i.svg', 'a/A_%d.md', 'a/c=.md'])).toEqual([]);
  });

  it('finds dead links, fragments, files and absolute paths', () => {
    const pages = {
      'index.html':
        '<a href="a/none.html"></a><script src="s.js"></script><a href="/a/b.html"></a>',
      'a/b.html':
        '<a id="x" href="#y"></a><a href="../../index.html"></a><a href="../index.html#z"></a><nav data-lazy="n.js">',
      'a/c.html': '<a href="#y"></a>',
    };
    expect(check(pages)).toEqual([
      'a/b.html: #y leads to no heading of a/b.html',
      'a/b.html: ../../index.html leads to nothing',
      'a/b.html: ../index.html#z leads to no heading of index.html',
      'a/b.html: n.js leads to nothing',
      'a/c.html: #y leads to no heading of a/c.html',
      'index.html: /a/b.html leads to nothing',
      'index.html: a/none.html leads to nothing',
      'index.html: s.js leads to nothing',
    ]);
  });
});

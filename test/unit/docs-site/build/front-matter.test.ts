import { describe, expect, it } from 'vitest';
import { contentPage, guidePage } from '../../../../docs-site/build/front-matter.js';
import { SiteError } from '../../../../docs-site/build/site-error.js';

const HEAD = 'title: "a: b"\ndescription: "d"\nkind: "method"\nschema: "s"\nlayer: null';

describe('front matter', () => {
  it('is a line of JSON per key', () => {
    const page = contentPage('a.md', `---\n${HEAD}\nchanged: [1, 2]\n---\n\n# a\n---\nb: 1\n---\n`);
    expect(page.front).toMatchObject({ title: 'a: b', layer: null, changed: [1, 2] });
    expect(page.body).toBe('\n# a\n---\nb: 1\n---\n');
    expect(page.firstLine).toBe(9);
  });

  it('of guides may be words', () => {
    const page = guidePage(
      'guide/a.md',
      "---\ntitle: Some words\ndescription: 'it''s'\norder: 3\n---\nx",
    );
    expect(page.front).toEqual({
      title: 'Some words',
      description: "it's",
      order: 3,
      kind: 'guide',
      schema: null,
      layer: null,
    });
  });

  it.each([
    ['# a\n', 'a.md: does not begin with front matter'],
    [`---\n${HEAD}\nwords\n---\n`, 'a.md: no line of front matter: words'],
    [`---\n${HEAD}\nid: words\n---\n`, 'a.md: the value of id is not JSON: words'],
    ['---\ntitle: "a"\n---\n', /needs title, description, kind, schema and layer/],
    ['---\ntitle: "a"\ndescription: "d"\nkind: "type"\nlayer: 1\n---\n', /needs title/],
  ])('says what is wrong with %j', (text, message) => {
    expect(() => contentPage('a.md', text)).toThrow(message);
    expect(() => contentPage('a.md', text)).toThrow(SiteError);
  });

  it('of a guide needs its order', () => {
    expect(() => guidePage('g.md', '---\ntitle: a\ndescription: b\n---\n')).toThrow(/order/);
  });
});

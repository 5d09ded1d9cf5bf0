import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { describe, expect, it } from 'vitest';
import type { PageView } from '../../../../docs-site/build/types.js';

const theme = join(import.meta.dirname, '../../../../docs-site/theme');
const render = Handlebars.compile<PageView>(readFileSync(join(theme, 'page.hbs'), 'utf8'));

const view: PageView = {
  kind: 'method',
  title: 'messages.sendEncrypted',
  description: 'Text for "a" <secret> chat',
  base: '../',
  canonical: null,
  breadcrumb: [{ text: 'Methods', url: 'index.html', current: false }],
  heading: { prefix: 'messages.', name: 'sendEncrypted', mono: true },
  badges: [{ look: 'id', text: '0x44fa7a15', copies: '44fa7a15', url: null }],
  top: [],
  groups: [],
  siblings: {
    title: 'messages',
    links: [{ text: 'sendEncrypted', url: 'messages.sendEncrypted.html', current: true }],
    lazy: '../nav/telegram-methods-messages.js',
    all: null,
  },
  body: '<h2 id="parameters">Parameters</h2>',
  contents: [{ text: 'Parameters', url: '#parameters', current: false }],
  previous: null,
  next: null,
  twins: { markdown: 'messages.sendEncrypted.md', json: 'messages.sendEncrypted.json' },
  layerText: 'layer 229',
};

describe('page.hbs', () => {
  const html = render(view);

  it('finds its assets below the base, and asks no other site', () => {
    expect(html).toContain('href="../assets/site.css"');
    expect(html).toContain('src="../assets/site.js"');
    expect(html).toContain('data-base="../"');
    expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  });

  it('escapes text, but not the body', () => {
    expect(html).toContain('content="Text for &quot;a&quot; &lt;secret&gt; chat"');
    expect(html).toContain('<h2 id="parameters">');
  });

  it('marks the current page and says where its neighbours are', () => {
    expect(html).toContain('data-lazy="../nav/telegram-methods-messages.js"');
    expect(html).toContain('href="messages.sendEncrypted.html" aria-current="page"');
  });

  it('links its twins, and what is known only', () => {
    expect(html).toContain('type="text/markdown" href="messages.sendEncrypted.md"');
    expect(html).not.toContain('canonical');
    expect(render({ ...view, canonical: 'https://example.org/a.html' })).toContain(
      '<link rel="canonical" href="https://example.org/a.html">',
    );
    expect(render({ ...view, twins: null })).not.toContain('rel="alternate"');
  });
});

describe('long names', () => {
  it('may break at their seams in the heading and the sidebar', () => {
    const parts = ['decrypted', 'Message'];
    const link = { text: 'decryptedMessage', parts, url: 'a.html', current: false };
    const html = render({
      ...view,
      heading: { prefix: '', name: 'decryptedMessage', parts, mono: true },
      siblings: { title: 'base', links: [link], lazy: null, all: null },
    });
    expect(html).toContain('<h1 class="mono">decrypted<wbr>Message</h1>');
    expect(html).toContain('<a href="a.html">decrypted<wbr>Message</a>');
  });
});

describe('sidebar', () => {
  const links = [{ text: 'messages', url: 'm.html', current: true }];

  it('tells the page from what the page belongs to', () => {
    const group = { title: 'Namespaces', links, open: true };
    expect(render({ ...view, groups: [{ ...group, within: true }] })).toContain(
      'href="m.html" aria-current="true"',
    );
    expect(render({ ...view, groups: [group] })).toContain('href="m.html" aria-current="page"');
  });
});

describe('the first page', () => {
  it('begins with one heading, the way in, the search and code', () => {
    const home = { start: 'guide/a.html', sample: '<span>code</span>' };
    const html = render({ ...view, home });
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html).toContain('class="hero-start" href="guide/a.html"');
    expect(html).toContain('class="hero-find"');
    expect(html).toContain('<code class="hljs"><span>code</span></code>');
    expect(html).toContain('<h2 id="reference">sendEncrypted</h2>');
    expect(render({ ...view, home: { start: null, sample: '' } })).not.toContain('hero-start');
    expect(render(view)).not.toContain('hero');
  });
});

describe('styles', () => {
  it('ask no other site', () => {
    for (const file of readdirSync(join(theme, 'styles')))
      expect(readFileSync(join(theme, 'styles', file), 'utf8'), file).not.toMatch(/url\(|@import/);
  });
});

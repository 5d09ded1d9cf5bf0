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

describe('styles', () => {
  it('ask no other site', () => {
    for (const file of readdirSync(join(theme, 'styles')))
      expect(readFileSync(join(theme, 'styles', file), 'utf8'), file).not.toMatch(/url\(|@import/);
  });
});

import { describe, expect, it } from 'vitest';
import type { PageView } from '../../../../docs-site/build/types.js';
import { PageViews } from '../../../../docs-site/build/view/page-view.js';
import { site } from './places.js';

const views = new PageViews(site);
const view = (path: string): PageView => {
  const faults: string[] = [];
  const made = views.view(site.read(path), faults);
  expect(faults).toEqual([]);
  return made;
};
const badges = (path: string): string[] =>
  view(path).badges.map(({ look, text }) => `${look}: ${text}`);

describe('badges', () => {
  it.each([
    [
      'methods/messages.sendEncrypted.md',
      [
        'method: Method',
        'id: 0x44fa7a15',
        'since: since layer 218',
        'changed: changed in 227',
        'removed: removed in 229',
        'callers: Users only',
      ],
    ],
    [
      'methods/messages.setTyping.md',
      ['method: Method', 'id: 0x58943ee2', 'layer: Layer 229', 'callers: Users and bots'],
    ],
    [
      'errors/CHAT_ID_INVALID.md',
      ['error: Error', 'code-400: 400', 'code-403: 403', 'layer: Layer 229'],
    ],
    [
      'secret/constructors/decryptedMessage.md',
      [
        'constructor: Constructor',
        'id: 0x91cc4674',
        'layer: since layer 73',
        'schema: Secret chats',
      ],
    ],
    [
      'secret/constructors/decryptedMessage_8.md',
      ['constructor: Constructor', 'id: 0x1f814f1f', 'layer: Layers 8–16', 'schema: Secret chats'],
    ],
    ['index.md', []],
    ['guide/start.md', []],
  ])('of %s', (path, expected) => {
    expect(badges(path)).toEqual(expected);
  });

  it('copy the id and lead to the layer', () => {
    const [, id, , changed] = view('methods/messages.sendEncrypted.md').badges;
    expect(id?.copies).toBe('0x44fa7a15');
    expect(changed?.url).toBe('../layers/227.html');
  });
});

describe('navigation', () => {
  it('marks the namespace and leads up', () => {
    const { groups, breadcrumb, heading, top } = view('methods/messages.sendEncrypted.md');
    expect(groups.map(({ title, open }) => [title, open])).toEqual([
      ['Guides', false],
      ['Reference', true],
      ['Namespaces', true],
    ]);
    expect(groups[2]?.links.filter((link) => link.current).map(({ text }) => text)).toEqual([
      'messages',
    ]);
    expect(breadcrumb.map(({ text, url }) => `${text} ${url}`)).toEqual([
      'Reference ../index.html',
      'Methods index.html',
      'messages ../namespaces/messages.html',
    ]);
    expect(heading).toEqual({ prefix: 'messages.', name: 'sendEncrypted', mono: true });
    expect(top.map(({ text, current }) => [text, current])).toEqual([
      ['Guides', false],
      ['Reference', true],
      ['Secret chats', false],
    ]);
  });

  it('belongs to the schema of the page', () => {
    const { groups, breadcrumb, base, layerText } = view('secret/constructors/decryptedMessage.md');
    expect(groups[1]?.title).toBe('Secret chats');
    expect(breadcrumb.map(({ url }) => url)).toEqual(['../../index.html', '../index.html']);
    expect([base, layerText]).toEqual(['../../', 'layer 144']);
  });

  it('leads through the guides in order', () => {
    expect(view('guide/start.md')).toMatchObject({
      previous: null,
      next: { text: 'Layers', url: 'layers.html' },
      twins: null,
    });
    expect(view('guide/layers.md')).toMatchObject({ previous: { url: 'start.html' }, next: null });
  });
});

describe('neighbours', () => {
  it('stand on the page while they are few', () => {
    const { siblings } = view('methods/messages.setTyping.md');
    expect(siblings?.lazy).toBeNull();
    expect(siblings?.links).toEqual([
      { text: 'sendEncrypted', url: 'messages.sendEncrypted.html', current: false },
      { text: 'setTyping', url: 'messages.setTyping.html', current: true },
    ]);
    expect(siblings?.all?.url).toBe('../namespaces/messages.html');
  });

  it('come from a script when they are many', () => {
    const { siblings } = view('constructors/many07.md');
    expect(siblings?.links).toEqual([{ text: 'many07', url: 'many07.html', current: true }]);
    expect(siblings?.lazy).toBe('../assets/nav/telegram-constructor-base.js');
    const scripts = new Map(views.siblings.scripts());
    expect([...scripts.keys()]).toEqual(['assets/nav/telegram-constructor-base.js']);
    const text = scripts.get('assets/nav/telegram-constructor-base.js') ?? '';
    const window: { tlgenNav?: Record<string, unknown[]> } = {};
    // eslint-disable-next-line no-new-func
    new Function('window', text)(window);
    expect(window.tlgenNav?.['telegram-constructor-base']).toHaveLength(70);
    expect(window.tlgenNav?.['telegram-constructor-base']?.[7]).toEqual([
      'many07',
      'constructors/many07.html',
    ]);
  });
});

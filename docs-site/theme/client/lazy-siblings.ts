import { breakable, first, make } from './dom.js';
import { loadScript, siteBase } from './load-script.js';

/** Fills a long list of neighbours, which pages leave out; resolves when it stands. */
export async function loadSiblings(): Promise<void> {
  const nav = first('.siblings[data-lazy]');
  const url = nav?.dataset['lazy'];
  const list = nav?.querySelector('ul');
  if (!url || !list) return;
  await loadScript(url);
  const key = /([^/]+)\.js$/.exec(url)?.[1] ?? '';
  const links = window.tlgenNav?.[key];
  if (links === undefined) return;
  const current = list.querySelector<HTMLAnchorElement>('[aria-current]')?.href;
  list.replaceChildren(...links.map(([text, path]) => item(text, path, current)));
}

function item(text: string, path: string, current: string | undefined): HTMLElement {
  const link = make(
    'a',
    { href: siteBase + encodeURI(path) },
    ...breakable(text),
  ) as HTMLAnchorElement;
  if (link.href === current) link.setAttribute('aria-current', 'page');
  return make('li', {}, link);
}

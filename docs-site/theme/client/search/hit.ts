import { breakable, make } from '../dom.js';
import { siteBase } from '../load-script.js';
import type { Entry } from './entries.js';
import { highlights } from './highlight.js';

/** A row of the list: kind, name with what matched, id or code, description. */
export function renderHit(entry: Entry, query: string, at: number): HTMLElement {
  const kind = entry.schema === '' ? entry.kind : `${entry.kind}, ${entry.schema}`;
  const row = make(
    'a',
    {
      id: `hit-${at}`,
      class: `hit hit-${entry.kind}`,
      role: 'option',
      href: siteBase + encodeURI(entry.path),
      tabindex: '-1',
      'aria-selected': 'false',
    },
    make('i', {}, kind),
    make('b', {}, ...marked(entry.name, highlights(entry.name, query))),
  );
  if (entry.code !== '') row.append(renderCode(entry, query));
  if (entry.description !== '') row.append(make('small', {}, entry.description));
  return row;
}

function renderCode({ kind, code }: Entry, query: string): HTMLElement {
  const typed = query.trim().toLowerCase().replace(/^(?:0x|#)/, ''); // prettier-ignore
  const matched = typed.length > 2 && code.startsWith(typed) ? typed.length : 0;
  const parts = matched > 0 ? marked(code, [[0, matched]]) : [code];
  return make('code', {}, kind === 'error' ? '' : '0x', ...parts);
}

function marked(text: string, ranges: readonly (readonly [number, number])[]): (Node | string)[] {
  const parts: (Node | string)[] = [];
  let from = 0;
  for (const [start, end] of ranges) {
    parts.push(...breakable(text.slice(from, start)));
    parts.push(make('mark', {}, ...breakable(text.slice(start, end))));
    from = end;
  }
  return [...parts, ...breakable(text.slice(from))];
}

import type { ChangeWords, LayerEntry, LayerGroup, LayerPage } from '../types.js';
import { headView } from './common-view.js';
import { escapeText } from './escape.js';
import type { PageWriter } from './page-writer.js';

const TITLES: Readonly<Record<LayerGroup['what'], string>> = {
  methods: 'Methods',
  constructors: 'Constructors',
  types: 'Types',
};

/** What `layer.hbs` shows: per kind what came, what went and what changed. */
export function layerView(page: LayerPage, writer: PageWriter): object {
  const notices = page.breaking
    ? ['**Breaking:** code written for the layer before may not compile; such changes are marked.']
    : [];
  return {
    ...headView(page, writer, 'layer'),
    notices: page.from === null ? [] : notices,
    empty: page.groups.length === 0,
    groups: page.groups.map(({ what, added, removed, changed }) => ({
      title: TITLES[what],
      parts: [
        part('Added', added, writer),
        part('Removed', removed, writer),
        part('Changed', changed, writer),
      ].filter(({ list }) => list !== ''),
    })),
  };
}

function part(title: string, entries: readonly LayerEntry[], writer: PageWriter) {
  return {
    title,
    list: entries.map((one) => entryItem(one, writer)).join('\n'),
    lines: entries.flatMap(({ tl }) => tl ?? []).join('\n'),
  };
}

const mark = ({ breaking }: { readonly breaking: boolean }): string =>
  breaking ? ' — **breaking**' : '';

function entryItem(entry: LayerEntry, writer: PageWriter): string {
  const name = entry.ref === null ? escapeText(entry.name) : writer.link(entry.ref, entry.name);
  const words = entry.changes.map((one: ChangeWords) => `  - ${one.words}${mark(one)}`);
  return [`- ${name}${mark(entry)}`, ...words].join('\n');
}

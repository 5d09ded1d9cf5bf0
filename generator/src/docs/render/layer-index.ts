import type { ConstructorPage, LayerPage, SchemaPages } from '../types.js';
import { headView } from './common-view.js';
import { escapeText } from './escape.js';
import { indexPage, listed, pagesOf, sortedBy, type IndexPage } from './index-page.js';
import type { PageWriter } from './page-writer.js';

/** List of the layers of a schema; null when it has no history. */
export function layerIndex(schema: SchemaPages): IndexPage | null {
  const pages = newestFirst(schema);
  if (pages.length === 0) return null;
  const layered = schema.layers.length > 0;
  const description = layered
    ? `Which layer of ${schema.title} brought what.`
    : `What the layers of ${schema.title} changed, newest first.`;
  return indexPage(schema, 'layers/index', { title: 'Layers', description }, [
    { title: 'Layers', refs: pages.map(listed) },
  ]);
}

const newestFirst = (schema: SchemaPages): LayerPage[] =>
  pagesOf(schema, 'layer').sort((a, b) => b.to - a.to);

/** What `layers.hbs` shows. */
export function layerIndexView(page: IndexPage, schema: SchemaPages, writer: PageWriter): object {
  return {
    ...headView(page, writer, 'list'),
    list: newestFirst(schema)
      .map((one) => layerItem(one, writer))
      .join('\n'),
    matrix: schema.layers.length > 0 ? matrixOf(schema, writer) : '',
  };
}

function layerItem(page: LayerPage, writer: PageWriter): string {
  const counts = page.groups.flatMap(({ what, added, removed, changed }) => {
    const parts = [
      ...(added.length > 0 ? [`${added.length} added`] : []),
      ...(removed.length > 0 ? [`${removed.length} removed`] : []),
      ...(changed.length > 0 ? [`${changed.length} changed`] : []),
    ];
    return parts.length === 0 ? [] : [`${what}: ${parts.join(', ')}`];
  });
  const words = counts.length === 0 ? 'nothing changed' : counts.join('; ');
  const mark = page.breaking && page.from !== null ? ' — **breaking**' : '';
  return `- ${writer.link(page, page.title)}: ${words}${mark}`;
}

/** A row per constructor, a column per layer: what it brought, changed, or has unchanged. */
function matrixOf(schema: SchemaPages, writer: PageWriter): string {
  const head = schema.layers.map((layer) => {
    const ref = writer.desk.names.find(schema.key, 'layer', String(layer));
    return ref === null ? String(layer) : writer.link(ref);
  });
  // The newest form of each has the plain name and knows all forms.
  const newest = pagesOf(schema, 'constructor').filter(
    ({ variants, path }) => variants.at(-1)?.ref.path === path,
  );
  const rows = sortedBy(newest, ({ name }) => name).map((page) => [
    escapeText(page.name),
    ...schema.layers.map((layer) => matrixCell(page, layer, writer)),
  ]);
  const lines = [['Constructor', ...head], ['---', ...head.map(() => '---')], ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function matrixCell({ variants }: ConstructorPage, layer: number, writer: PageWriter): string {
  const at = variants.findLastIndex(
    ({ since, until }) => since <= layer && (until === null || layer <= until),
  );
  const form = variants[at];
  if (form === undefined) return '–';
  if (form.since !== layer) return 'same';
  return writer.link(form.ref, at === 0 ? 'new' : 'changed');
}

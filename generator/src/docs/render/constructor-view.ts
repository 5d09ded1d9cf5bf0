import type { ConstructorPage, LayerVariant } from '../types.js';
import { combinatorView, usedByView } from './common-view.js';
import { codeSpan, escapeCell } from './escape.js';
import { fieldRows } from './field-rows.js';
import type { PageWriter } from './page-writer.js';

/** What `constructor.hbs` shows. */
export function constructorView(page: ConstructorPage, writer: PageWriter) {
  const view = combinatorView(page, writer);
  const type = writer.types(page.type);
  return {
    ...view,
    notices: view.removed === '' ? [] : [view.removed],
    fields: fieldRows(page.fields, writer),
    type: typeLine(page, type, writer),
    layers: page.variants.length === 0 ? null : layersView(page, writer),
    usedBy: usedByView(page.usedBy, writer, `its type ${type}`),
  };
}

function typeLine({ type }: ConstructorPage, links: string, writer: PageWriter): string {
  const ref = type.at(-1)?.ref ?? null;
  const description = ref === null ? null : writer.desk.descriptionOf(ref.path);
  return description === null ? links : `${links}: ${writer.line(description)}`;
}

/** `8–16`, `17 and later`. */
const span = ({ since, until }: LayerVariant): string => {
  if (until === null) return `${since} and later`;
  return since === until ? String(since) : `${since}–${until}`;
};

/** One form: a sentence; several: a table with a column for each. */
function layersView({ path, variants, variantFields }: ConstructorPage, writer: PageWriter) {
  const [only] = variants;
  const words =
    variants.length === 1 && only
      ? `This is the only form it has had: ${only.until === null ? `since ${writer.layer(only.since)}` : `layers ${span(only)}`}.`
      : 'Its forms by layer; each has a page of its own.';
  const header = (one: LayerVariant): string =>
    one.ref.path === path ? `**${span(one)}**` : writer.link(one.ref, span(one));
  const row = (name: string, cells: readonly string[]): string =>
    `| ${[name, ...cells].join(' | ')} |`;
  const table = [
    row('Layers', variants.map(header)),
    row(
      '---',
      variants.map(() => '---'),
    ),
    row(
      'id',
      variants.map(({ id }) => codeSpan(`#${id}`)),
    ),
    ...variantFields.map(({ name, types }) =>
      row(
        codeSpan(name),
        types.map((type) => (type === null ? '–' : escapeCell(codeSpan(type)))),
      ),
    ),
  ];
  return { words, table: variants.length > 1 ? table.join('\n') : '' };
}

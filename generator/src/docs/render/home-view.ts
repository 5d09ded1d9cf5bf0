import type { SchemaPages } from '../types.js';
import { factsWords, headView } from './common-view.js';
import { coverageRows } from './coverage-view.js';
import { escapeCell, escapeLabel, escapeText } from './escape.js';
import { indexPage, isRemoved, pagesOf, type IndexPage } from './index-page.js';
import type { PageWriter } from './page-writer.js';

/** The first page of a schema; that of the main one leads to the others. */
export function homePage(schema: SchemaPages): IndexPage {
  const layer = schema.layer === null ? '' : `, layer ${schema.layer}`;
  const description = `Every method, constructor, type and error of ${schema.title}${layer}.`;
  return indexPage(schema, 'index', { title: schema.title, description });
}

/** What `home.hbs` shows. */
export function homeView(
  page: IndexPage,
  schema: SchemaPages,
  lists: readonly IndexPage[],
  writer: PageWriter,
): object {
  const { set } = writer.desk;
  const isMain = schema === set[0];
  return {
    ...headView(page, writer, 'schema'),
    schemas: (isMain ? set : [schema]).map((one) => schemaRow(one, writer)),
    main: isMain ? '' : `Other schemas stand [at the root](${writer.url('index.md')}).`,
    lists: lists.map(
      (one) => `- ${writer.link(one, one.title)}: ${writer.line(one.description ?? '')}`,
    ),
    coverage: coverageRows(schema.coverage),
    facts: factsOf(schema),
  };
}

function schemaRow(schema: SchemaPages, writer: PageWriter) {
  const count = (kind: 'method' | 'constructor' | 'type'): string =>
    String(pagesOf(schema, kind).filter((one) => !isRemoved(one)).length);
  const home = `${schema.folder}index.md`;
  return {
    title: escapeCell(
      home === writer.page.path
        ? escapeText(schema.title)
        : `[${escapeLabel(schema.title)}](${writer.url(home)})`,
    ),
    layer: schema.layer === null ? '–' : String(schema.layer),
    methods: count('method'),
    constructors: count('constructor'),
    types: count('type'),
    package: `\`${schema.package}\``,
  };
}

/** Where errors and callers are from; '' when nothing is known of them. */
function factsOf(schema: SchemaPages): string {
  for (const page of schema.pages) {
    const facts = page.kind === 'method' || page.kind === 'error' ? page.facts : null;
    if (facts !== null) return `Errors, and who may call a method. ${factsWords(facts)}`;
  }
  return '';
}

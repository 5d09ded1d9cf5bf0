import type { DocsCoverage, SchemaPages } from '../types.js';
import { headView } from './common-view.js';
import {
  indexPage,
  isRemoved,
  listed,
  pagesOf,
  type IndexGroup,
  type IndexPage,
} from './index-page.js';
import type { PageWriter } from './page-writer.js';
import { counted } from './plain-text.js';

const PARTS = ['methods', 'constructors', 'types', 'fields', 'errors'] as const;

/** What of a schema is not described. */
export function coverageIndex(schema: SchemaPages): IndexPage {
  const group = (title: string, kind: 'method' | 'constructor' | 'type' | 'error'): IndexGroup => {
    const pages = pagesOf(schema, kind).filter((page) => !isRemoved(page));
    const missing = pages.filter(({ description }) => description === null);
    return { title, refs: missing.map(listed) };
  };
  const description = `How much of ${schema.title} is described, and what is not.`;
  const groups = [
    group('Methods', 'method'),
    group('Constructors', 'constructor'),
    group('Types', 'type'),
    group('Errors', 'error'),
    undescribedFields(schema),
  ].filter(({ refs }) => refs.length > 0);
  return indexPage(schema, 'coverage', { title: 'Coverage', description }, groups);
}

/** Pages of which a field or parameter is not described; their own description is of no interest here. */
function undescribedFields(schema: SchemaPages): IndexGroup {
  const pages = [...pagesOf(schema, 'method'), ...pagesOf(schema, 'constructor')];
  const some = pages.filter(
    (page) => !isRemoved(page) && page.fields.some(({ description }) => description === null),
  );
  const refs = some.map((page) => ({ ...listed(page), description: null }));
  return { title: 'With fields that are not described', refs };
}

/** What `coverage.hbs` shows. */
export function coverageView(page: IndexPage, schema: SchemaPages, writer: PageWriter): object {
  return {
    ...headView(page, writer, 'list'),
    rows: coverageRows(schema.coverage),
    groups: page.groups.map(({ title, refs }) => ({
      title,
      words: `${counted(refs.length, 'page')}.`,
      list: refs.map((ref) => `- ${writer.link(ref)}`).join('\n'),
    })),
  };
}

/** A row per part of a schema that it has any of. */
export function coverageRows(coverage: DocsCoverage) {
  return PARTS.flatMap((what) => {
    const [described, all] = coverage[what];
    if (all === 0) return [];
    // Never rounded up to what is not there yet.
    const percent = `${Math.floor((described / all) * 1000) / 10} %`;
    return [{ what, described: String(described), all: String(all), percent }];
  });
}

import type { NamespacePage, SchemaPages } from '../types.js';
import { headView } from './common-view.js';
import { indexPage, listed, pagesOf, type IndexPage } from './index-page.js';
import type { PageWriter } from './page-writer.js';
import { counted } from './plain-text.js';

/** List of the namespaces of a schema; null when there is none. */
export function namespaceIndex(schema: SchemaPages): IndexPage | null {
  const pages = pagesOf(schema, 'namespace');
  if (pages.length === 0) return null;
  const description = `${counted(pages.length, 'namespace')} of ${schema.title}.`;
  const refs = pages.map((page) => ({ ...listed(page), description: null }));
  return indexPage(schema, 'namespaces/index', { title: 'Namespaces', description }, [
    { title: 'Namespaces', refs },
  ]);
}

/** What `namespaces.hbs` shows: how much is in each. */
export function namespaceIndexView(
  page: IndexPage,
  pages: readonly NamespacePage[],
  writer: PageWriter,
): object {
  return {
    ...headView(page, writer, 'list'),
    rows: pages.map((one) => ({
      link: writer.link(one, one.title),
      methods: String(one.methods.length),
      constructors: String(one.constructors.length),
      types: String(one.types.length),
    })),
  };
}

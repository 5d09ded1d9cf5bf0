import type { SchemaPages } from '../types.js';
import { coverageIndex, coverageView } from './coverage-view.js';
import { homePage, homeView } from './home-view.js';
import { pagesOf, type IndexPage } from './index-page.js';
import { kindIndexes } from './kind-indexes.js';
import { layerIndex, layerIndexView } from './layer-index.js';
import { listView } from './list-view.js';
import { namespaceIndex, namespaceIndexView } from './namespace-index.js';
import type { PageWriter } from './page-writer.js';
import { alphabetIndex, taskIndex } from './word-indexes.js';

/** Templates of indexes. */
export type IndexTemplate = 'home' | 'list' | 'namespaces' | 'layers' | 'coverage';

/** An index, and how it is written. */
export interface Index {
  readonly page: IndexPage;
  readonly template: IndexTemplate;
  readonly view: (writer: PageWriter) => object;
}

/** All indexes of a schema, its first page first. */
export function indexesOf(schema: SchemaPages): Index[] {
  const namespaces = namespaceIndex(schema);
  const layers = layerIndex(schema);
  const tasks = taskIndex(schema);
  const coverage = coverageIndex(schema);
  const lists: Index[] = [
    ...(tasks ? [list(tasks)] : []),
    ...kindIndexes(schema).map(list),
    ...(namespaces ? [ofNamespaces(namespaces, schema)] : []),
    list(alphabetIndex(schema)),
    ...(layers ? [ofLayers(layers, schema)] : []),
    {
      page: coverage,
      template: 'coverage',
      view: (writer) => coverageView(coverage, schema, writer),
    },
  ];
  const home = homePage(schema);
  const pages = lists.map(({ page }) => page);
  const view = (writer: PageWriter): object => homeView(home, schema, pages, writer);
  return [{ page: home, template: 'home', view }, ...lists];
}

const list = (page: IndexPage): Index => ({
  page,
  template: 'list',
  view: (writer) => listView(page, writer),
});

const ofNamespaces = (page: IndexPage, schema: SchemaPages): Index => ({
  page,
  template: 'namespaces',
  view: (writer) => namespaceIndexView(page, pagesOf(schema, 'namespace'), writer),
});

const ofLayers = (page: IndexPage, schema: SchemaPages): Index => ({
  page,
  template: 'layers',
  view: (writer) => layerIndexView(page, schema, writer),
});

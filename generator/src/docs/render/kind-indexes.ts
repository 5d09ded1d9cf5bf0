import type { ConstructorPage, EntryPage, MethodPage, SchemaPages, TypePage } from '../types.js';
import {
  groupedBy,
  indexPage,
  isRemoved,
  letterOf,
  listed,
  pagesOf,
  sortedBy,
  type IndexGroup,
  type IndexPage,
} from './index-page.js';
import { counted } from './plain-text.js';

/** What has no namespace is grouped by letter when there is more of it. */
const MANY = 100;

type Entry = MethodPage | ConstructorPage | TypePage;

/** Lists of methods, constructors, types and errors of a schema; none for a kind that it does not have. */
export function kindIndexes(schema: SchemaPages): IndexPage[] {
  return [
    ...methodIndex(schema),
    ...constructorIndex(schema),
    ...typeIndex(schema),
    ...errorIndex(schema),
  ];
}

function methodIndex(schema: SchemaPages): IndexPage[] {
  const pages = pagesOf(schema, 'method');
  if (pages.length === 0) return [];
  const words = `${counted(current(pages), 'method')} of ${schema.title}, by namespace.`;
  const head = { title: 'Methods', description: words };
  return [indexPage(schema, 'methods/index', head, byNamespace(pages))];
}

function constructorIndex(schema: SchemaPages): IndexPage[] {
  const pages = pagesOf(schema, 'constructor');
  if (pages.length === 0) return [];
  const words = `${counted(current(pages), 'constructor')} of ${schema.title}, by namespace.`;
  const head = { title: 'Constructors', description: words };
  return [indexPage(schema, 'constructors/index', head, byNamespace(pages))];
}

function typeIndex(schema: SchemaPages): IndexPage[] {
  const pages = pagesOf(schema, 'type');
  const builtins = pagesOf(schema, 'builtin').map(listed);
  if (pages.length + builtins.length === 0) return [];
  const words = `${counted(current(pages), 'type')} of ${schema.title}, by namespace, and the built-in ones.`;
  const groups = byNamespace(pages);
  if (builtins.length > 0) groups.unshift({ title: 'Built-in types', refs: builtins });
  return [indexPage(schema, 'types/index', { title: 'Types', description: words }, groups)];
}

function errorIndex(schema: SchemaPages): IndexPage[] {
  const pages = sortedBy(pagesOf(schema, 'error'), ({ name }) => name);
  if (pages.length === 0) return [];
  const general = pages.filter((page) => page.general).map(listed);
  const codes = [...new Set(pages.flatMap((page) => page.codes))].sort(
    (a, b) => Math.abs(a) - Math.abs(b) || a - b,
  );
  const byCode = codes.map((code) => ({
    title: String(code),
    refs: pages.filter((page) => page.codes.includes(code)).map(listed),
  }));
  const words = `${counted(pages.length, 'RPC error')} of ${schema.title}, by code.`;
  const groups = [...(general.length > 0 ? [{ title: 'General', refs: general }] : []), ...byCode];
  return [indexPage(schema, 'errors/index', { title: 'Errors', description: words }, groups)];
}

const current = (pages: readonly EntryPage[]): number =>
  pages.filter((page) => !isRemoved(page)).length;

function byNamespace(pages: readonly Entry[]): IndexGroup[] {
  const here = sortedBy(
    pages.filter((page) => !isRemoved(page)),
    ({ name }) => name,
  );
  const groups = groupedBy(here, ({ namespace }) => namespace).flatMap(
    ([namespace, items]): IndexGroup[] => {
      if (namespace !== '') return [{ title: namespace, refs: items.map(listed) }];
      if (items.length <= MANY) return [{ title: 'base', refs: items.map(listed) }];
      return groupedBy(items, ({ name }) => letterOf(name)).map(([letter, some]) => ({
        title: `base: ${letter}`,
        refs: some.map(listed),
      }));
    },
  );
  const gone = sortedBy(pages.filter(isRemoved), ({ name }) => name).map(listed);
  return gone.length === 0 ? groups : [...groups, { title: 'Removed', refs: gone }];
}

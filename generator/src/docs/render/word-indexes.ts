import { localName } from '../../model/names.js';
import type { EntryPage, ListedRef, SchemaPages } from '../types.js';
import {
  groupedBy,
  indexPage,
  isRemoved,
  letterOf,
  listed,
  pagesOf,
  sortedBy,
  type IndexPage,
} from './index-page.js';
import { plainText } from './plain-text.js';

const IN_ALPHABET: readonly EntryPage['kind'][] = [
  'method',
  'constructor',
  'type',
  'builtin',
  'error',
];

/** Everything by letter, whatever namespace it is in. */
export function alphabetIndex(schema: SchemaPages): IndexPage {
  const all = schema.pages.filter(({ kind }) => IN_ALPHABET.includes(kind));
  const sorted = sortedBy(all, ({ name }) => `${localName(name).toLowerCase()} ${name}`);
  const groups = groupedBy(sorted, ({ name }) => letterOf(localName(name)));
  const words = `Everything in ${schema.title} by its name without the namespace.`;
  return indexPage(
    schema,
    'a-z',
    { title: 'A–Z', description: words },
    groups.map(([title, pages]) => ({
      title,
      refs: pages.map((page) => ({ ...listed(page), description: null })),
    })),
  );
}

/** Methods by what they do; none for a schema without methods. */
export function taskIndex(schema: SchemaPages): IndexPage | null {
  const methods = pagesOf(schema, 'method').filter((page) => !isRemoved(page));
  if (methods.length === 0) return null;
  const task = ({ description, name }: ListedRef): string =>
    `${plainText(description ?? '').toLowerCase()} ${name}`;
  const described = sortedBy(
    methods.filter(({ description }) => description !== null).map(listed),
    task,
  );
  const others = methods.filter(({ description }) => description === null).map(listed);
  const groups = groupedBy(described, (ref) => letterOf(task(ref))).map(([title, refs]) => ({
    title,
    refs,
  }));
  if (others.length > 0)
    groups.push({ title: 'Not described yet', refs: sortedBy(others, ({ name }) => name) });
  const head = {
    title: 'What do you want to do?',
    description: `Methods of ${schema.title} by what they do.`,
  };
  return indexPage(schema, 'tasks', head, groups);
}

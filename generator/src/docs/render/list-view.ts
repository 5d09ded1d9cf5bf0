import type { ListedRef } from '../types.js';
import { headView } from './common-view.js';
import { codeSpan, escapeHeading, escapeLabel } from './escape.js';
import type { IndexPage } from './index-page.js';
import type { PageWriter } from './page-writer.js';
import { plainText } from './plain-text.js';

/** How a list shows an item. */
type Item = (ref: ListedRef, writer: PageWriter) => string;

const described: Item = (ref, writer) => writer.item(ref);

const withKind: Item = (ref, writer) =>
  `- ${writer.link(ref)} · ${ref.kind === 'builtin' ? 'built-in type' : ref.kind}`;

/** The description leads to the method. */
const asTask: Item = (ref, writer) => {
  const words = plainText(ref.description ?? '');
  if (words === '') return `- ${writer.link(ref)}`;
  return `- [${escapeLabel(words)}](${writer.url(ref.path)}) ${codeSpan(ref.name)}`;
};

/** What `list.hbs` shows. */
export function listView(page: IndexPage, writer: PageWriter): object {
  const item = page.name === 'a-z' ? withKind : page.name === 'tasks' ? asTask : described;
  return {
    ...headView(page, writer, 'list'),
    groups: page.groups.map(({ title, refs }) => ({
      title: escapeHeading(title),
      words: title === 'General' ? 'Any method may answer with these.' : '',
      list: refs.map((ref) => item(ref, writer)).join('\n'),
    })),
  };
}

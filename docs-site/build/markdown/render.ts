import MarkdownIt from 'markdown-it';
import type { MarkdownContext } from './context.js';
import { printFences } from './fences.js';
import { foldLists } from './folds.js';
import { anchorHeadings, dropTitle } from './headings.js';
import { adaptLinks } from './links.js';
import { makeNotices } from './notices.js';
import { shapeTables } from './tables.js';
import { makeTabs, tabMarks } from './tabs.js';
import type { Pass } from './tokens.js';

const markdown = new MarkdownIt({ html: false, linkify: false }).use(tabMarks);

/** Tables, folds and tabs read the headings' texts, which anchors would add to: so anchors come last. */
const PASSES: readonly Pass<MarkdownContext>[] = [
  dropTitle,
  adaptLinks,
  printFences,
  shapeTables,
  makeNotices,
  foldLists,
  makeTabs,
  anchorHeadings,
];

/** HTML of a page's Markdown, by the rules of docs-site/README.md. Headings and faults go into the context. */
export function renderMarkdown(context: MarkdownContext): string {
  const parsed = markdown.parse(context.page.body, {});
  const tokens = PASSES.reduce((tokens, pass) => pass(tokens, context), parsed);
  return markdown.renderer.render(tokens, markdown.options, {});
}

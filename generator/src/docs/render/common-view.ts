import type {
  BackLinks,
  EntryHistory,
  Example,
  FlagWordDoc,
  ListedRef,
  MethodPage,
  ConstructorPage,
  PageHead,
  TypePart,
} from '../types.js';
import { codeSpan, escapeHeading, fenceFor } from './escape.js';
import { frontMatter } from './front-matter.js';
import type { PageWriter } from './page-writer.js';
import { upLine } from './up-line.js';
import { counted, sentence } from './plain-text.js';

/** Lists that are longer than this come without descriptions. */
const LONG = 200;

/** What every template is given. */
export function headView(page: PageHead, writer: PageWriter, noun: string) {
  const { description } = page;
  return {
    front: frontMatter(page, writer.desk.schema(page.schema).title),
    title: escapeHeading(page.title),
    up: upLine(page, writer),
    description:
      description === null
        ? `*There is no description of this ${noun} yet.*`
        : writer.block(description),
  };
}

/** What methods and constructors share. */
export function combinatorView(page: MethodPage | ConstructorPage, writer: PageWriter) {
  return {
    ...headView(page, writer, page.kind),
    tl: page.tl,
    types: typeLinks(page.types, writer),
    flagRows: flagRows(page.flagWords),
    sharedBits: page.flagWords.some(({ bits }) => bits.some(({ fields }) => fields.length > 1)),
    examples: exampleViews(page.examples),
    related: page.related.map((ref) => writer.item(ref)),
    history: historyView(page.history, writer),
    removed: removedNotice(page.history, writer),
  };
}

function typeLinks(parts: readonly TypePart[], writer: PageWriter): string {
  return parts.flatMap(({ text, ref }) => (ref === null ? [] : writer.link(ref, text))).join(', ');
}

function flagRows(words: readonly FlagWordDoc[]) {
  return words.flatMap(({ name, bits }) =>
    bits.map(({ bit, mask, fields }) => ({
      word: codeSpan(name),
      bit: bit === null ? 'any' : String(bit),
      mask: mask === null ? '–' : codeSpan(mask),
      fields: fields.map(codeSpan).join(', '),
    })),
  );
}

function exampleViews(examples: readonly Example[]) {
  return examples.map(({ title, language, code }) => ({
    title,
    language,
    code: code.trimEnd(),
    fence: fenceFor(code),
  }));
}

/** The notice at the head of what the newest layer no longer has; '' for all else. */
export function removedNotice(history: EntryHistory | null, writer: PageWriter): string {
  const layer = history?.removedIn ?? null;
  if (layer === null) return '';
  return `**Removed** in ${writer.layer(layer)}: the packages of that layer and later ones do not have it.`;
}

/** `## History`; null without older layers. */
export function historyView(history: EntryHistory | null, writer: PageWriter) {
  if (history === null) return null;
  const { since, notIn, removedIn, changes } = history;
  const earlier = notIn === null ? ' or earlier' : `; layer ${notIn} does not have it`;
  const items = changes.map(({ layer, changes: words, breaking }) => ({
    head: `Changed in ${writer.layer(layer)}${breaking ? ' — **breaking**' : ''}:`,
    words: words.map((one) => `${one.words}${one.breaking ? ' — **breaking**' : ''}`),
  }));
  return {
    since: `Since ${writer.layer(since)}${earlier}.`,
    changes: items,
    removed: removedIn === null ? '' : `Removed in ${writer.layer(removedIn)}.`,
  };
}

/**
 * `## Used by`.
 *
 * @param what - what the links lead to uses of; empty for the page itself.
 */
export function usedByView(links: BackLinks, writer: PageWriter, what = '') {
  const groups = [
    { title: 'Returned by', refs: links.returnedBy },
    { title: 'Accepted by', refs: links.acceptedBy },
    { title: 'Contained in', refs: links.containedIn },
  ].filter(({ refs }) => refs.length > 0);
  const count = groups.reduce((sum, { refs }) => sum + refs.length, 0);
  const of = what === '' ? '' : ` of ${what}`;
  return {
    words:
      count === 0
        ? `Nothing in this schema: no uses${of}.`
        : `${counted(count, 'use')}${of} in this schema.`,
    groups: groups.map(({ title, refs }) => ({ title, list: listOf(refs, writer) })),
  };
}

/** A list of links as Markdown; a long one without descriptions. */
export function listOf(refs: readonly ListedRef[], writer: PageWriter): string {
  const item = (ref: ListedRef): string =>
    refs.length > LONG ? `- ${writer.link(ref)}` : writer.item(ref);
  return refs.map(item).join('\n');
}

/** Where facts come from, and of when. */
export function factsWords({ source, date }: { source: string; date: string }): string {
  const from = source === '' ? 'Data' : `Data: ${source}`;
  return sentence(date === '' ? from : `${from}, of ${date}`);
}

import type { EntryPage, SchemaPages } from '../types.js';
import type { IndexPage } from './index-page.js';
import { isRemoved, pagesOf } from './index-page.js';
import { plainText, shortened } from './plain-text.js';

const DESCRIBED = 120;

/** `llms.txt`: what there is, for machines that read. Shape: llmstxt.org. */
export function llmsText(
  set: readonly SchemaPages[],
  indexes: ReadonlyMap<string, readonly IndexPage[]>,
): string {
  const [main] = set;
  if (main === undefined) return '# Nothing\n';
  const layer = main.layer === null ? '' : `, layer ${main.layer}`;
  const summary = `> Reference of ${main.title}${layer}: every method, constructor, type and error as a Markdown page, with a JSON twin beside it (the same path with .json). symbols.json lists all of them with ids.`;
  const sections = set.flatMap((schema) => sectionsOf(schema, indexes.get(schema.key) ?? []));
  return `${[`# ${main.title}`, summary, ...sections].join('\n\n')}\n`;
}

function sectionsOf(schema: SchemaPages, indexes: readonly IndexPage[]): string[] {
  const item = ({ title, path, description }: EntryPage | IndexPage): string => {
    const words = shortened(plainText(description ?? ''), DESCRIBED);
    return `- [${title}](${path})${words === '' ? '' : `: ${words}`}`;
  };
  const methods = pagesOf(schema, 'method').filter((page) => !isRemoved(page));
  // Small schemas are mostly constructors.
  const constructors = methods.length < 100 ? pagesOf(schema, 'constructor') : [];
  const section = (name: string, pages: readonly (EntryPage | IndexPage)[]): string[] =>
    pages.length === 0 ? [] : [`## ${schema.title}: ${name}`, pages.map(item).join('\n')];
  return [
    ...section('lists', indexes),
    ...section('methods', methods),
    ...section('constructors', constructors),
  ];
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What `tlgen docs` wrote for the site. */
export const CONTENT = fileURLToPath(new URL('../../docs-site/content/', import.meta.url));

/** The built site. */
export const DIST = fileURLToPath(new URL('../../docs-site/dist/', import.meta.url));

/** A page of Markdown. */
export interface MarkdownPage {
  /** Below the content folder, with `/`. */
  readonly path: string;
  readonly front: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** All files below a folder, with `/`, sorted. */
export function filesBelow(folder: string, ending: string): string[] {
  if (!existsSync(folder)) throw new Error(`${folder} is missing: run \`npm run docs:build\``);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith(ending))
    .sort();
}

let pages: readonly MarkdownPage[] | null = null;

/** Every page of the content. */
export function markdownPages(): readonly MarkdownPage[] {
  pages ??= filesBelow(CONTENT, '.md').map((path) =>
    parsePage(path, readFileSync(CONTENT + path, 'utf8')),
  );
  return pages;
}

/** One page. */
export function markdownPage(path: string): MarkdownPage {
  const found = markdownPages().find((page) => page.path === path);
  if (found === undefined) throw new Error(`there is no page ${path}`);
  return found;
}

function parsePage(path: string, text: string): MarkdownPage {
  const match = /^---\n([\s\S]*?)\n---\n/.exec(text);
  if (match === null) throw new Error(`${path} has no front matter`);
  const front = Object.fromEntries(
    (match[1] ?? '').split('\n').map((line) => {
      const at = line.indexOf(': ');
      return [line.slice(0, at), JSON.parse(line.slice(at + 2)) as unknown];
    }),
  );
  return { path, front, body: text.slice(match[0].length) };
}

/** A section of a page: what stands below a heading of level 2, up to the next. */
export function section({ body }: MarkdownPage, heading: string): string {
  const start = body.indexOf(`\n## ${heading}\n`);
  if (start < 0) return '';
  const rest = body.slice(start + heading.length + 5);
  const end = rest.search(/\n## /);
  return end < 0 ? rest : rest.slice(0, end);
}

/** Cells of a table row; an escaped `|` is text. */
export function cellsOf(row: string): string[] {
  return row
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
}

/** Lines of Markdown without those in fences. */
export function prose(body: string): string[] {
  let fenced = false;
  return body.split('\n').map((line) => {
    if (/^ {0,3}(```|~~~)/.test(line)) {
      fenced = !fenced;
      return '';
    }
    return fenced ? '' : line;
  });
}

/** Fences of a page: info string and text. */
export function fences(body: string): { readonly info: string; readonly text: string }[] {
  return [...body.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].map(([, info = '', text = '']) => ({
    info,
    text,
  }));
}

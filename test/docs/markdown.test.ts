import { describe, expect, it } from 'vitest';
import { cellsOf, markdownPages, prose } from './content.js';

const pages = markdownPages();

/** What renderers make of a heading as a fragment. */
const fragment = (heading: string): string =>
  heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[`*\\]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

describe('every page of Markdown', () => {
  it('is there', () => {
    expect(pages.length).toBeGreaterThan(4000);
  });

  it('has front matter with kind, schema and layer', () => {
    const wrong = pages.filter(
      ({ front }) =>
        typeof front['title'] !== 'string' ||
        front['title'] === '' ||
        typeof front['kind'] !== 'string' ||
        typeof front['description'] !== 'string' ||
        !('schema' in front) ||
        !('layer' in front),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it('has one heading of level 1', () => {
    const wrong = pages.filter(
      ({ body }) => prose(body).filter((line) => line.startsWith('# ')).length !== 1,
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it('has tables of equal rows without an empty cell', () => {
    const wrong: string[] = [];
    let tables = 0;
    for (const { path, body } of pages) {
      let columns = 0;
      for (const line of prose(body)) {
        if (!line.startsWith('|')) {
          columns = 0;
          continue;
        }
        const cells = cellsOf(line);
        if (columns === 0) {
          columns = cells.length;
          tables++;
        }
        if (cells.length !== columns || cells.some((cell) => cell === ''))
          wrong.push(`${path}: ${line}`);
      }
    }
    expect(wrong.slice(0, 10)).toEqual([]);
    expect(tables).toBeGreaterThan(3000);
  });

  it('has no dead link, to a page or to a heading', () => {
    const headings = new Map(
      pages.map(({ path, body }) => [
        path,
        new Set(
          prose(body)
            .flatMap((line) => /^#{1,6} (.*)$/.exec(line)?.[1] ?? [])
            .map(fragment),
        ),
      ]),
    );
    const dead: string[] = [];
    let links = 0;
    for (const { path, body } of pages) {
      for (const [, target = ''] of prose(body)
        .join('\n')
        .replace(/`[^`\n]*\(#[^`\n]*`/g, '')
        .matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^[a-z]+:/.test(target)) continue;
        links++;
        const [file = '', hash] = target.split('#');
        const url = new URL(file === '' ? path : file, `http://x/${path}`);
        const found = headings.get(decodeURIComponent(url.pathname.slice(1)));
        const twin = /\.(json|txt)$/.test(file);
        if (!twin && (found === undefined || (hash !== undefined && !found.has(hash))))
          dead.push(`${path} → ${target}`);
      }
    }
    expect(dead.slice(0, 20)).toEqual([]);
    expect(links).toBeGreaterThan(50_000);
  });

  it('holds no HTML but the marks of tabs', () => {
    const tags = pages.flatMap(({ path, body }) =>
      [
        ...prose(body)
          .join('\n')
          .replace(/`[^`\n]*`/g, '')
          .matchAll(/<[a-z!/][^>\n]*>/gi),
      ]
        .map(([tag]) => `${path}: ${tag}`)
        .filter((one) => !/<!-- \/?tabs -->$|<https?:/.test(one)),
    );
    expect(tags.slice(0, 10)).toEqual([]);
  });
});

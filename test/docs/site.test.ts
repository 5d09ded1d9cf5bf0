import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { CONTENT, DIST, filesBelow } from './content.js';

const pages = filesBelow(DIST, '.html');
const read = (path: string): string => readFileSync(DIST + path, 'utf8');

/** Path that a relative URL of a page means. */
const targetOf = (from: string, url: string): string =>
  decodeURIComponent(new URL(url, `http://x/${from}`).pathname.slice(1));

describe('the site', () => {
  it('has a page for each page of Markdown, and the Markdown and JSON beside it', () => {
    const files = new Set(filesBelow(DIST, ''));
    const missing = filesBelow(CONTENT, '.md').flatMap((path) =>
      [path, path.replace(/md$/, 'html'), path.replace(/md$/, 'json')].filter(
        (one) => !files.has(one),
      ),
    );
    expect(missing).toEqual([]);
    for (const path of [
      'symbols.js',
      'symbols.json',
      'llms.txt',
      'sitemap.xml',
      '404.html',
      'favicon.svg',
    ])
      expect(files, path).toContain(path);
  });

  it('has no dead link, no absolute path and no outside asset', () => {
    const files = new Set(filesBelow(DIST, ''));
    const ids = new Map<string, ReadonlySet<string>>();
    const idsOf = (path: string): ReadonlySet<string> => {
      let found = ids.get(path);
      if (found === undefined)
        ids.set(
          path,
          (found = new Set([...read(path).matchAll(/\sid="([^"]*)"/g)].map(([, id = '']) => id))),
        );
      return found;
    };
    const wrong: string[] = [];
    let links = 0;
    // A third of the pages; the build itself checks all of them.
    for (const path of pages.filter((one, at) => one !== '404.html' && at % 3 === 0)) {
      for (const [, name, raw = ''] of read(path).matchAll(/\s(href|src|data-lazy)="([^"]*)"/g)) {
        const url = raw.replaceAll('&amp;', '&');
        if (name !== 'href' && /^([a-z]+:|\/\/)/.test(url)) wrong.push(`${path}: asset ${url}`);
        if (/^(https?|tg|mailto):/.test(url)) continue;
        links++;
        const [file = '', fragment] = url.split('#');
        const target = file === '' ? path : targetOf(path, file.replace(/\?.*/, ''));
        if (url.startsWith('/') || !files.has(target)) wrong.push(`${path}: ${url}`);
        else if (fragment && !idsOf(target).has(decodeURIComponent(fragment)))
          wrong.push(`${path}: ${url}`);
      }
    }
    expect(wrong.slice(0, 10)).toEqual([]);
    expect(links).toBeGreaterThan(100_000);
  });

  it('asks nobody outside for anything', () => {
    const css = filesBelow(DIST, '.css').map(read).join('\n');
    expect(css).not.toMatch(/url\(\s*['"]?(?:https?:)?\/\/|@import/);
    const js = filesBelow(`${DIST}assets/`, '.js')
      .map((path) => read(`assets/${path}`))
      .join('\n');
    expect(js).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);
  });

  it('stays small', () => {
    const sizes = pages.map((path) => Buffer.byteLength(read(path))).sort((a, b) => a - b);
    expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThan(15 * 1024);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(64 * 1024 * 1024);
    expect(gzipSync(read('symbols.js')).length).toBeLessThan(130 * 1024);
    const assets = ['assets/site.js', 'assets/site.css'].map((path) => gzipSync(read(path)).length);
    expect((assets[0] ?? 0) + (assets[1] ?? 0)).toBeLessThan(13 * 1024);
  });
});

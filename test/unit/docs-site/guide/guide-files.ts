import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../structure/imports.js';

/** A guide as it stands in docs-site/guide. */
export interface GuideFile {
  /** `errors.md` */
  readonly name: string;
  readonly front: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** A fence of a guide. */
export interface Fence {
  readonly language: string;
  /** What follows the language in the info string. */
  readonly info: string;
  readonly code: string;
}

/** All guides, by name. */
export function guideFiles(): GuideFile[] {
  const folder = join(root, 'docs-site/guide');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => guideFile(name));
}

/** One guide. Its front matter must be a line per key, each value JSON. */
export function guideFile(name: string): GuideFile {
  const text = readFileSync(join(root, 'docs-site/guide', name), 'utf8');
  const [, head, body] = /^---\n([^]*?)\n---\n([^]*)$/.exec(text) ?? [];
  if (head === undefined || body === undefined) throw new Error(`${name} has no front matter`);
  const entries = head.split('\n').map((line): [string, unknown] => {
    const colon = line.indexOf(': ');
    return [line.slice(0, colon), JSON.parse(line.slice(colon + 2))];
  });
  return { name, front: Object.fromEntries(entries), body };
}

/** The fences of a text, in order. */
export function fencesOf(body: string): Fence[] {
  const found = body.matchAll(/^```(\S*)[ ]?(.*)\n([^]*?)^```$/gm);
  return [...found].map(([, language = '', info = '', code = '']) => ({ language, info, code }));
}

/** A text without its fences. */
export function proseOf(body: string): string {
  return body.replace(/^```[^]*?^```$/gm, '');
}

/** Rows of all tables of a text, without heads; cells are trimmed. */
export function tableRows(body: string): string[][] {
  return body
    .split('\n')
    .filter((line, i, lines) => line.startsWith('|') && !/^\|\s*:?-/.test(lines[i + 1] ?? ''))
    .filter((line) => !/^\|[\s|:-]+\|$/.test(line))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim()),
    );
}

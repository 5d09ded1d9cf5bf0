import { SiteError } from './site-error.js';
import type { FrontMatter, SourcePage } from './types.js';

const BLOCK = /^---\r?\n([^]*?)^---\r?\n?/m;

/** Page of a file that `tlgen docs` wrote. */
export function contentPage(path: string, text: string): SourcePage {
  const { values, body, firstLine } = split(path, text, false);
  const { title, description, kind, schema } = values;
  const faults = [
    ...[title, description, kind].filter((value) => typeof value !== 'string'),
    ...(schema === undefined || values['layer'] === undefined ? [schema] : []),
  ];
  if (faults.length > 0)
    throw new SiteError(`${path}: front matter needs title, description, kind, schema and layer`);
  return { path, front: values as unknown as FrontMatter, body, firstLine };
}

/** Page of a guide; its values may be plain words. */
export function guidePage(path: string, text: string): SourcePage {
  const { values, body, firstLine } = split(path, text, true);
  const { title, description, order } = values;
  if (typeof title !== 'string' || typeof description !== 'string' || typeof order !== 'number')
    throw new SiteError(`${path}: a guide's front matter needs title, description and order`);
  const front = { title, description, order, kind: 'guide', schema: null, layer: null } as const;
  return { path, front, body, firstLine };
}

function split(
  path: string,
  text: string,
  plainWords: boolean,
): { values: Record<string, unknown>; body: string; firstLine: number } {
  const block = BLOCK.exec(text);
  if (block?.index !== 0) throw new SiteError(`${path}: does not begin with front matter`);
  const values: Record<string, unknown> = {};
  for (const line of (block[1] ?? '').split(/\r?\n/)) {
    if (line.trim() === '') continue;
    const [, key, value] = /^(\w+):\s*(.*?)\s*$/.exec(line) ?? [];
    if (key === undefined || value === undefined)
      throw new SiteError(`${path}: no line of front matter: ${line}`);
    values[key] = valueOf(path, key, value, plainWords);
  }
  const firstLine = block[0].split('\n').length;
  return { values, body: text.slice(block[0].length), firstLine };
}

function valueOf(path: string, key: string, text: string, plainWords: boolean): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // As YAML has it, and as prettier writes it: `'it''s'`.
    if (plainWords) return /^'(.*)'$/.exec(text)?.[1]?.replaceAll("''", "'") ?? text;
    throw new SiteError(`${path}: the value of ${key} is not JSON: ${text}`);
  }
}

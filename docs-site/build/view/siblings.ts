import { htmlPath, pageUrl } from '../paths.js';
import type { Site } from '../site/site.js';
import { FOLDERS, type SiteSymbol } from '../symbols.js';
import type { Link, PageView, SourcePage } from '../types.js';
import { partsOf } from './name-parts.js';

/** Lists longer than this come from a script: inlined, they would make the site five times as large. */
const INLINE = 40;

interface Family {
  readonly title: string;
  /** Name of the script, without ending. */
  readonly key: string;
  readonly members: readonly SiteSymbol[];
  /** Path of the page with the whole list. */
  readonly all: string | null;
}

/** The neighbours of each page: pages of the same kind in the same namespace. */
export class Siblings {
  readonly #families = new Map<string, Family>();

  constructor(site: Site) {
    const groups = new Map<string, SiteSymbol[]>();
    for (const symbol of site.symbols.all) {
      const key = keyOf(symbol);
      if (key === null) continue;
      const group = groups.get(key);
      if (group) group.push(symbol);
      else groups.set(key, [symbol]);
    }
    for (const [key, members] of groups)
      this.#families.set(key, familyOf(key, inOrder(members), site));
  }

  of({ path, front }: SourcePage): PageView['siblings'] {
    const { kind, name, schema } = front;
    if (kind === 'index' || kind === 'guide' || name === undefined || schema === null) return null;
    const family = this.#families.get(keyOf({ kind, name, schema, path }) ?? '');
    if (!family || family.members.length < 2) return null;
    const isLong = family.members.length > INLINE;
    const shown = isLong ? family.members.filter((one) => one.path === path) : family.members;
    return {
      title: family.title,
      links: shown.map((one) => ({
        text: bareName(one),
        ...partsOf(bareName(one)),
        url: pageUrl(path, one.path),
        current: one.path === path,
      })),
      lazy: isLong ? pageUrl(path, `assets/nav/${family.key}.js`) : null,
      all: family.all === null ? null : allLink(path, family),
    };
  }

  /** Scripts of the long lists: path → content. Paths within are from the root of the site. */
  *scripts(): Iterable<readonly [path: string, content: string]> {
    for (const { key, members } of this.#families.values()) {
      if (members.length <= INLINE) continue;
      const rows = members.map((one) => [bareName(one), htmlPath(one.path)]);
      const name = JSON.stringify(key);
      yield [
        `assets/nav/${key}.js`,
        `(window.tlgenNav ??= {})[${name}] = ${JSON.stringify(rows)};\n`,
      ];
    }
  }
}

const allLink = (path: string, { all, members }: Family): Link => ({
  text: `All ${members.length}`,
  url: pageUrl(path, all ?? ''),
  current: false,
});

/** By name, numbers by value; layers newest first. */
function inOrder(members: readonly SiteSymbol[]): SiteSymbol[] {
  const sorted = members
    .map((one) => ({ one, key: sortKey(bareName(one)) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ one }) => one);
  return members[0]?.kind === 'layer' ? sorted.reverse() : sorted;
}

/** Digits that numbers are filled up to, so that they sort by value. */
const DIGITS = 6;

const sortKey = (name: string): string =>
  `${name.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(DIGITS, '0'))} ${name}`;

const NAMESPACED: readonly string[] = ['method', 'constructor', 'type'];

function keyOf({ schema, kind, name }: SiteSymbol): string | null {
  if (kind === 'namespace' || kind === 'guide') return null;
  if (!NAMESPACED.includes(kind)) return `${schema}-${kind}`;
  return `${schema}-${kind}-${name.slice(0, Math.max(0, name.lastIndexOf('.'))) || 'base'}`;
}

function familyOf(key: string, members: readonly SiteSymbol[], site: Site): Family {
  const [first] = members;
  if (!first) return { title: '', key, members, all: null };
  const { schema, kind, name } = first;
  const { folder } = site.symbols.schema(schema);
  const namespace = name.slice(0, Math.max(0, name.lastIndexOf('.')));
  const inNamespace = NAMESPACED.includes(kind) && namespace !== '';
  const plural = kind === 'builtin' ? 'built-in types' : FOLDERS[kind];
  const all = inNamespace
    ? site.symbols.find(schema, ['namespace'], namespace)?.path
    : `${folder}${FOLDERS[kind]}/index.md`;
  return {
    title: inNamespace
      ? `${namespace} ${plural}`
      : plural.charAt(0).toUpperCase() + plural.slice(1),
    key,
    members,
    all: all !== undefined && site.has(all) ? all : null,
  };
}

const bareName = ({ kind, name }: SiteSymbol): string =>
  NAMESPACED.includes(kind) ? name.slice(name.lastIndexOf('.') + 1) : name;

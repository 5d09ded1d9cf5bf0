import { pageUrl } from '../paths.js';
import type { Site } from '../site/site.js';
import type { SymbolKind } from '../symbols.js';
import type { Badge, FrontMatter, SourcePage } from '../types.js';

const KINDS: Readonly<Partial<Record<FrontMatter['kind'], string>>> = {
  method: 'Method',
  constructor: 'Constructor',
  type: 'Type',
  builtin: 'Built-in type',
  error: 'Error',
  namespace: 'Namespace',
  layer: 'Layer',
};

const CALLERS = {
  user: 'Users only',
  bot: 'Bots only',
  both: 'Users and bots',
  unknown: 'Callers unknown',
} as const;

/** The badges below a heading: kind, id, codes, layers, callers, schema. */
export function badgesOf({ path, front }: SourcePage, site: Site): Badge[] {
  const kind = KINDS[front.kind];
  if (kind === undefined) return [];
  const { id, codes = [], callers, schema } = front;
  const badges = [badge(front.kind, kind)];
  if (id !== undefined) badges.push({ ...badge('id', `0x${id}`), copies: `0x${id}` });
  for (const code of codes) badges.push(badge(`code-${Math.abs(code)}`, String(code)));
  if (front.kind !== 'layer') badges.push(...layerBadges(path, front, site));
  if (callers !== undefined) badges.push(badge('callers', CALLERS[callers]));
  if (schema !== null && schema !== site.symbols.main.key) {
    const { title, folder } = site.symbols.schema(schema);
    badges.push({ ...badge('schema', title), url: pageUrl(path, `${folder}index.md`) });
  }
  return badges;
}

const badge = (look: string, text: string): Badge => ({ look, text, copies: null, url: null });

function layerBadges(path: string, front: FrontMatter, site: Site): Badge[] {
  const { layer, layers, since, sinceFrom, changed, removed } = front;
  /** Leads to what that layer changed, where there is a page about it. */
  const about = (look: string, words: string, number: number): Badge => {
    const found = findLayer(site, front.schema, number);
    return {
      ...badge(look, `${words} ${number}`),
      url: found === null ? null : pageUrl(path, found),
    };
  };
  const badges: Badge[] = [];
  if (layers !== undefined) badges.push(formBadge(layers));
  else if (layer !== null && removed === undefined) badges.push(badge('layer', `Layer ${layer}`));
  if (since !== undefined && sinceFrom === true) badges.push(about('since', 'since layer', since));
  const last = changed?.at(-1);
  if (last !== undefined) badges.push(about('changed', 'changed in', last));
  if (removed !== undefined) badges.push(about('removed', 'removed in', removed));
  return badges;
}

const formBadge = ([first, last]: readonly [number, number | null]): Badge =>
  badge(
    'layer',
    last === null
      ? `since layer ${first}`
      : first === last
        ? `Layer ${first}`
        : `Layers ${first}–${last}`,
  );

const LAYER: readonly SymbolKind[] = ['layer'];

function findLayer({ symbols }: Site, schema: string | null, layer: number): string | null {
  const key = schema ?? symbols.main.key;
  const names = [String(layer), `layer-${layer}`, `Layer ${layer}`, `layer ${layer}`];
  for (const name of names) {
    const found = symbols.find(key, LAYER, name);
    if (found) return found.path;
  }
  return null;
}

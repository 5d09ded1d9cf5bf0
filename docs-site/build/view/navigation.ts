import { folderOf, pageUrl } from '../paths.js';
import type { Site } from '../site/site.js';
import type { SymbolSchema } from '../symbols.js';
import type { Link, NavGroup, SourcePage } from '../types.js';

/** Lists that a schema may have, in the order of the sidebar. */
const LISTS: readonly (readonly [path: string, title: string])[] = [
  ['index.md', 'Overview'],
  ['methods/index.md', 'Methods'],
  ['constructors/index.md', 'Constructors'],
  ['types/index.md', 'Types'],
  ['errors/index.md', 'Errors'],
  ['namespaces/index.md', 'Namespaces'],
  ['layers/index.md', 'Layers'],
  ['a-z.md', 'A–Z'],
  ['tasks.md', 'By task'],
];

interface Target {
  readonly path: string;
  readonly text: string;
}

/** What is the same for all pages of a schema, worked out once. */
interface SchemaTargets {
  readonly lists: readonly Target[];
  readonly namespaces: ReadonlyMap<string, Target>;
}

/** Top bar and sidebar. */
export class Navigation {
  readonly #site: Site;
  readonly #schemas = new Map<string, SchemaTargets>();
  readonly #guides: readonly Target[];
  readonly #known = new Map<string, readonly NavGroup[]>();

  constructor(site: Site) {
    this.#site = site;
    this.#guides = site.guides.map(({ path, front }) => ({ path, text: front.title }));
    for (const schema of site.symbols.file.schemas)
      this.#schemas.set(schema.key, targetsOf(site, schema));
  }

  top({ path, front }: SourcePage): Link[] {
    const { symbols } = this.#site;
    const isGuide = front.kind === 'guide';
    const [guide] = this.#guides;
    return [
      ...(guide ? [{ text: 'Guides', url: pageUrl(path, guide.path), current: isGuide }] : []),
      ...symbols.file.schemas.map(({ key, title, folder }, at) => ({
        text: at === 0 ? 'Reference' : title,
        url: pageUrl(path, `${folder}index.md`),
        current: !isGuide && symbols.schema(front.schema).key === key,
      })),
    ];
  }

  /** The groups of the sidebar: the same for all pages of a folder and namespace that are not in the sidebar themselves. */
  groups(page: SourcePage): readonly NavGroup[] {
    const { path, front } = page;
    const isListed = front.kind === 'guide' || front.kind === 'index' || front.kind === 'namespace';
    if (isListed) return this.#groups(page);
    const key = `${String(front.schema)} ${folderOf(path)} ${front.namespace ?? '-'}`;
    let groups = this.#known.get(key);
    if (groups === undefined) this.#known.set(key, (groups = this.#groups(page)));
    return groups;
  }

  #groups(page: SourcePage): NavGroup[] {
    const { path, front } = page;
    const isGuide = front.kind === 'guide';
    const schema = this.#site.symbols.schema(front.schema);
    const targets = this.#schemas.get(schema.key);
    const here = namespaceOf(targets, page)?.path ?? path;
    const isMain = schema === this.#site.symbols.main;
    const group = (title: string, list: Iterable<Target>, open: boolean, at = path): NavGroup[] => {
      const links = Array.from(list, (one) => ({
        text: one.text,
        url: pageUrl(path, one.path),
        current: one.path === at,
      }));
      return links.length === 0 ? [] : [{ title, links, open, within: at !== path }];
    };
    return [
      ...group('Guides', this.#guides, isGuide),
      ...group(isMain ? 'Reference' : schema.title, targets?.lists ?? [], !isGuide),
      ...group('Namespaces', targets?.namespaces.values() ?? [], !isGuide, here),
    ];
  }

  breadcrumb(page: SourcePage): Link[] {
    const { path, front } = page;
    if (front.kind === 'guide' || path === 'index.md') return [];
    const { main } = this.#site.symbols;
    const schema = this.#site.symbols.schema(front.schema);
    const targets = this.#schemas.get(schema.key);
    const list = targets?.lists.find((one) => one.path === path.replace(/[^/]*$/, 'index.md'));
    const steps = [
      { text: 'Reference', path: 'index.md' },
      ...(schema === main ? [] : [{ text: schema.title, path: `${schema.folder}index.md` }]),
      ...(list && list.text !== 'Overview' ? [list] : []),
      namespaceOf(targets, page),
    ];
    return steps
      .filter((step) => step !== null && step.path !== path)
      .flatMap((step) => step ?? [])
      .map((step) => ({ text: step.text, url: pageUrl(path, step.path), current: false }));
  }

  /** Guides before and after. */
  steps({ path }: SourcePage): { previous: Link | null; next: Link | null } {
    const at = this.#guides.findIndex((guide) => guide.path === path);
    const link = (guide: Target | undefined): Link | null =>
      guide ? { text: guide.text, url: pageUrl(path, guide.path), current: false } : null;
    if (at < 0) return { previous: null, next: null };
    return { previous: link(this.#guides[at - 1]), next: link(this.#guides[at + 1]) };
  }
}

function targetsOf(site: Site, { key, folder }: SymbolSchema): SchemaTargets {
  const lists = LISTS.map(([path, text]) => ({ path: folder + path, text }));
  const namespaces = site.symbols.all
    .filter((symbol) => symbol.kind === 'namespace' && symbol.schema === key)
    .map(({ name, path }) => [name, { path, text: name }] as const);
  return { lists: lists.filter(({ path }) => site.has(path)), namespaces: new Map(namespaces) };
}

/** The page of the namespace that a page is in; null: none. */
function namespaceOf(targets: SchemaTargets | undefined, { front }: SourcePage): Target | null {
  const { kind, namespace } = front;
  if (kind !== 'method' && kind !== 'constructor' && kind !== 'type') return null;
  return targets?.namespaces.get(namespace || 'base') ?? null;
}

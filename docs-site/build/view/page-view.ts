import { markdownContext } from '../markdown/context.js';
import { renderMarkdown } from '../markdown/render.js';
import { baseOf, htmlPath, relativeUrl } from '../paths.js';
import type { Site } from '../site/site.js';
import { readSnippet } from '../snippets.js';
import type { PageView, SourcePage } from '../types.js';
import { badgesOf } from './badges.js';
import { homeOf } from './home.js';
import { partsOf } from './name-parts.js';
import { Navigation } from './navigation.js';
import { shapeBody } from './shape-body.js';
import { Siblings } from './siblings.js';

/** Makes what templates are given of pages. */
export class PageViews {
  readonly siblings: Siblings;
  readonly #site: Site;
  readonly #navigation: Navigation;

  constructor(site: Site) {
    this.#site = site;
    this.#navigation = new Navigation(site);
    this.siblings = new Siblings(site);
  }

  /** Faults of the page's Markdown are added to `faults`. */
  view(page: SourcePage, faults: string[]): PageView {
    const { path, front } = page;
    const site = this.#site;
    const context = markdownContext(page, site.symbols, (reference) =>
      readSnippet(site.places.root, reference),
    );
    const body = shapeBody(renderMarkdown(context), front.kind);
    faults.push(...context.faults);
    const { address } = site.places;
    const layer = front.layer ?? site.symbols.schema(front.schema).layer;
    return {
      kind: front.kind,
      title: front.title,
      description: front.description,
      base: baseOf(path),
      canonical: address === null ? null : address + relativeUrl('', htmlPath(path)),
      breadcrumb: this.#navigation.breadcrumb(page),
      heading: headingOf(page),
      badges: badgesOf(page, site),
      top: this.#navigation.top(page),
      groups: this.#navigation.groups(page),
      siblings: this.siblings.of(page),
      home: homeOf(page, site),
      body,
      contents: context.contents,
      ...this.#navigation.steps(page),
      twins: front.kind === 'guide' ? null : twinsOf(path),
      layerText: layer === null ? '' : `layer ${layer}`,
    };
  }
}

const twinsOf = (path: string): PageView['twins'] => ({
  markdown: relativeUrl(path, path),
  json: relativeUrl(path, path.replace(/\.md$/, '.json')),
});

const IN_CODE: readonly string[] = [
  'method',
  'constructor',
  'type',
  'builtin',
  'error',
  'namespace',
];

function headingOf({ front }: SourcePage): PageView['heading'] {
  const { kind, title, namespace } = front;
  if (!IN_CODE.includes(kind)) return { prefix: '', name: title, mono: false };
  const isPrefixed =
    namespace !== undefined && namespace !== '' && title.startsWith(`${namespace}.`);
  const cut = isPrefixed ? namespace.length + 1 : 0;
  const name = title.slice(cut);
  return { prefix: title.slice(0, cut), name, ...partsOf(name), mono: true };
}

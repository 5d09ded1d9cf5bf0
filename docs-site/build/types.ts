/** Front matter of a page: see docs-site/README.md. */
export interface FrontMatter {
  readonly title: string;
  readonly description: string;
  readonly kind:
    | 'method'
    | 'constructor'
    | 'type'
    | 'builtin'
    | 'error'
    | 'namespace'
    | 'layer'
    | 'index'
    | 'guide';
  /** Key of the schema; null for guides. */
  readonly schema: string | null;
  readonly layer: number | null;
  readonly name?: string;
  readonly namespace?: string;
  readonly id?: string;
  readonly since?: number;
  readonly sinceFrom?: boolean;
  readonly changed?: readonly number[];
  readonly removed?: number;
  readonly layers?: readonly [number, number | null];
  readonly callers?: 'user' | 'bot' | 'both' | 'unknown';
  readonly codes?: readonly number[];
  readonly order?: number;
}

/** A page before it is rendered. */
export interface SourcePage {
  /** Below the site, with `/`, ending in `.md`: `methods/messages.sendEncrypted.md`, `guide/errors.md`. */
  readonly path: string;
  readonly front: FrontMatter;
  /** Markdown below the front matter. */
  readonly body: string;
  /** Line of the file that `body` begins at, from 1. */
  readonly firstLine: number;
}

/** A link as templates show it; `url` is relative to the page it stands on. */
export interface Link {
  readonly text: string;
  /** The text in parts between which a line may end, for names in narrow columns. */
  readonly parts?: readonly string[];
  readonly url: string;
  readonly current: boolean;
}

/** A badge below the heading. */
export interface Badge {
  /** CSS class behind `badge-`: `method`, `id`, `layer`, `callers`, `code-4xx` … */
  readonly look: string;
  readonly text: string;
  /** What a click copies; null: nothing. */
  readonly copies: string | null;
  /** Where it leads; null: nowhere. */
  readonly url: string | null;
}

/** A group of the sidebar. */
export interface NavGroup {
  readonly title: string;
  readonly links: readonly Link[];
  /** Shown open. */
  readonly open: boolean;
  /** The current link is not the page itself, but what the page belongs to. */
  readonly within?: boolean;
}

/** What only the site's first page has. */
export interface HomeView {
  /** The first guide; null where there are none. */
  readonly start: string | null;
  /** HTML of a piece of code; '' for none. */
  readonly sample: string;
}

/** What theme/page.hbs is given for every page. All URLs are relative. */
export interface PageView {
  readonly kind: FrontMatter['kind'];
  readonly title: string;
  readonly description: string;
  /** `../` once per folder, '' at the root: what assets are found under. */
  readonly base: string;
  /** Address of the page when the site's address is known; null otherwise. */
  readonly canonical: string | null;
  readonly breadcrumb: readonly Link[];
  /**
   * Name of the page in two parts: `messages.` and `sendEncrypted`; `prefix` may be ''. `parts`: where lines may end in a
   * long name. `mono`: it is code.
   */
  readonly heading: {
    readonly prefix: string;
    readonly name: string;
    readonly parts?: readonly string[];
    readonly mono: boolean;
  };
  readonly badges: readonly Badge[];
  /** Links of the top bar: guides, reference, each schema. */
  readonly top: readonly Link[];
  /** Guides, schemas and lists, the namespaces of the schema. */
  readonly groups: readonly NavGroup[];
  /**
   * The neighbours: pages of the same kind in the same namespace. Long lists come lazily from a script: `lazy`
   * is its URL, `links` holds the current page alone, and `all` leads to the page with the whole list.
   */
  readonly siblings: {
    readonly title: string;
    readonly links: readonly Link[];
    readonly lazy: string | null;
    readonly all: Link | null;
  } | null;
  /** On the site's first page alone. */
  readonly home?: HomeView | null;
  /** HTML below the heading. */
  readonly body: string;
  /** Headings of level 2. */
  readonly contents: readonly Link[];
  /** Pages before and after, for guides. */
  readonly previous: Link | null;
  readonly next: Link | null;
  /** The Markdown and JSON of this page; null for guides. */
  readonly twins: { readonly markdown: string; readonly json: string } | null;
  /** `layer 229`, in the top bar. */
  readonly layerText: string;
}

import { renderPages } from '../../../../generator/src/docs/render/render-pages.js';
import type {
  ConstructorPage,
  EntryPage,
  FieldDoc,
  ListedRef,
  MethodPage,
  PageKind,
  PageRef,
  SchemaPages,
  TypePage,
} from '../../../../generator/src/docs/types.js';

const FOLDERS: Record<PageKind, string> = {
  method: 'methods/',
  constructor: 'constructors/',
  type: 'types/',
  builtin: 'types/',
  error: 'errors/',
  namespace: 'namespaces/',
  layer: 'layers/',
  index: '',
};

export function ref<Kind extends PageKind>(
  kind: Kind,
  name: string,
  schema = 'main',
  slug = name,
): PageRef & { readonly kind: Kind } {
  const folder = schema === 'main' ? '' : `${schema}/`;
  return { kind, name, schema, path: `${folder}${FOLDERS[kind]}${slug}.md` };
}

export const listed = (kind: PageKind, name: string, description: string | null): ListedRef => ({
  ...ref(kind, name),
  description,
});

export const part = (kind: PageKind, name: string, slug = name) => ({
  text: name,
  ref: ref(kind, name, 'main', slug),
});

export const NO_USES = { returnedBy: [], acceptedBy: [], containedIn: [] };

export const field = (name: string, more: Partial<FieldDoc> = {}): FieldDoc => ({
  name,
  property: name,
  type: [part('builtin', 'int')],
  tsType: 'number',
  flag: null,
  required: 'yes',
  filledWith: null,
  accepts: null,
  description: null,
  ...more,
});

const combinator = (name: string) => ({
  title: name,
  description: null,
  layer: 7,
  id: '0000000f',
  namespace: name.includes('.') ? name.slice(0, name.indexOf('.')) : '',
  tl: `${name}#f = X;`,
  types: [],
  fields: [],
  flagWords: [],
  className: 'base.X',
  examples: [],
  history: null,
  related: [],
});

export const method = (name: string, more: Partial<MethodPage> = {}): MethodPage => ({
  ...ref('method', name),
  kind: 'method',
  ...combinator(name),
  result: [part('builtin', 'Bool')],
  resultConstructors: [],
  errors: [],
  callers: 'unknown',
  facts: null,
  instead: [],
  aliases: [],
  parseMode: false,
  ...more,
});

export const constructor = (
  name: string,
  more: Partial<ConstructorPage> = {},
): ConstructorPage => ({
  ...ref('constructor', name),
  kind: 'constructor',
  ...combinator(name),
  type: [part('type', 'User')],
  usedBy: NO_USES,
  variants: [],
  variantFields: [],
  ...more,
});

export const type = (name: string, more: Partial<TypePage> = {}): TypePage => ({
  ...ref('type', name),
  kind: 'type',
  title: name,
  description: null,
  layer: 7,
  namespace: '',
  constructors: [],
  tsName: `base.Type${name}`,
  accepts: null,
  usedBy: NO_USES,
  history: null,
  ...more,
});

export function schemaPages(
  pages: readonly EntryPage[],
  more: Partial<SchemaPages> = {},
): SchemaPages {
  const none = [0, 0] as const;
  return {
    key: 'main',
    title: 'Main API',
    package: 'main-api',
    folder: '',
    layer: 7,
    layers: [],
    pages,
    coverage: {
      schema: 'main',
      methods: [1, 3],
      constructors: none,
      types: none,
      fields: none,
      errors: none,
    },
    ...more,
  };
}

/** Renders a set and takes one page of it. */
export async function rendered(
  path: string,
  pages: readonly EntryPage[],
  ...others: SchemaPages[]
): Promise<string> {
  const files = await renderPages([schemaPages(pages), ...others]);
  return files.get(path) ?? `no ${path} among ${[...files.keys()].join(', ')}`;
}

/** A page below its front matter. */
export const bodyOf = (page: string): string => page.slice(page.indexOf('\n---\n') + 5).trim();

/** A page's front matter: a line per key, each value JSON. */
export function frontOf(page: string): Record<string, unknown> {
  const [start, ...lines] = page.slice(0, page.indexOf('\n---\n')).split('\n');
  if (start !== '---') throw new Error('no front matter');
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf(': ');
      return [line.slice(0, at), JSON.parse(line.slice(at + 2)) as unknown];
    }),
  );
}

import type { CombinatorDiff, DiffEntry, SchemaDiff } from '../../schema/diff.js';
import { diffCombinator } from '../../schema/diff-fields.js';
import { lineText } from '../../schema/type-text.js';
import type { SchemaCombinator } from '../../schema/types.js';
import type { LayerEntry, LayerGroup, LayerPage, PageKind } from '../types.js';
import type { Book } from './book.js';
import { combinatorWords, typeWords, type History } from './history.js';

/** A page per known layer that changed something; of a layered schema, per layer. */
export function layerPages(book: Book, history: History | null): LayerPage[] {
  if (book.schema.layers.length > 0) return ownLayers(book);
  return (history?.steps ?? []).map(({ from, to, diff }) =>
    page(book, from, to, [
      combinators(book, 'methods', diff.methods),
      combinators(book, 'constructors', diff.constructors),
      types(book, diff.types),
    ]),
  );
}

/** Announces the pages that `layerPages` will make. */
export function announceLayers(book: Book, history: History | null): void {
  const { layers } = book.schema;
  const all = layers.length > 0 ? layers : (history?.steps ?? []).map(({ to }) => to);
  for (const layer of all) book.announce('layer', String(layer), null);
}

function page(
  book: Book,
  from: number | null,
  to: number,
  groups: readonly LayerGroup[],
): LayerPage {
  const ref = book.ref('layer', String(to));
  if (ref === null) throw new Error(`layer ${to} was not announced`);
  const used = groups.filter(
    ({ added, removed, changed }) => added.length + removed.length + changed.length > 0,
  );
  const breaking = used.some(({ removed, changed }) =>
    [...removed, ...changed].some((one) => one.breaking),
  );
  const title = `Layer ${to}`;
  const description =
    from === null
      ? `What layer ${to} began with.`
      : `What changed from layer ${from} to layer ${to}.`;
  return {
    ...ref,
    kind: 'layer',
    title,
    description,
    layer: book.layer,
    from,
    to,
    breaking,
    groups: used,
  };
}

function combinators(
  book: Book,
  what: 'methods' | 'constructors',
  { added, removed, changed }: CombinatorDiff,
): LayerGroup {
  const kind = what === 'methods' ? 'method' : 'constructor';
  const whole = ({ name, line, breaking }: DiffEntry): LayerEntry => ({
    ...entry(book, kind, name, breaking),
    tl: `${line};`,
  });
  return {
    what,
    added: added.map(whole),
    removed: removed.map(whole),
    changed: changed.map((one) => ({
      ...entry(book, kind, one.name, one.breaking),
      changes: combinatorWords(one),
    })),
  };
}

function types(book: Book, { added, removed, changed }: SchemaDiff['types']): LayerGroup {
  return {
    what: 'types',
    added: added.map((name) => entry(book, 'type', name, false)),
    removed: removed.map((name) => entry(book, 'type', name, true)),
    changed: changed.map((one) => ({
      ...entry(book, 'type', one.name, one.breaking),
      changes: typeWords(one),
    })),
  };
}

function entry(book: Book, kind: PageKind, name: string, breaking: boolean): LayerEntry {
  return { name, ref: book.ref(kind, name), tl: null, changes: [], breaking };
}

/** What each layer of a layered schema brought. Nothing is removed: a peer of an older layer still sends it. */
function ownLayers(book: Book): LayerPage[] {
  const { layers, constructors } = book.schema;
  const before = (one: SchemaCombinator): SchemaCombinator | undefined => {
    const forms = book.formsOf(one.name);
    return forms[forms.indexOf(one) - 1];
  };
  return layers.map((layer, i) => {
    const mine = constructors.filter(({ since }) => since === layer);
    const added = mine.filter((one) => before(one) === undefined);
    const changed = mine.filter((one) => before(one) !== undefined);
    return page(book, layers[i - 1] ?? null, layer, [
      {
        what: 'constructors',
        added: added.map((one) => ({
          ...entry(book, 'constructor', one.key, false),
          tl: `${lineText(one)};`,
        })),
        removed: [],
        changed: changed.map((one) => {
          const changes = diffCombinator(before(one) as SchemaCombinator, one);
          const breaking = changes.some((change) => change.breaking);
          const words = combinatorWords({ name: one.key, changes, breaking });
          return {
            ...entry(book, 'constructor', one.key, breaking),
            tl: `${lineText(one)};`,
            changes: words,
          };
        }),
      },
    ]);
  });
}

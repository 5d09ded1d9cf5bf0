import type { Combinator } from '../syntax/ast.js';
import type { Reporter } from './reporter.js';
import { formatId, nameSpan } from './reporter.js';

/** A combinator of the tree with its id and where it comes from. */
export interface Entry {
  readonly combinator: Combinator;
  readonly id: number;
  readonly computedId: number;
  readonly reporter: Reporter;
}

/** An entry with its key and the layers it is part of. */
export interface Version extends Entry {
  readonly key: string;
  readonly since: number | null;
  readonly until: number | null;
}

/** All layers of the sections, ascending. Sections that are out of order are reported, but understood. */
export function collectLayers(entries: readonly Entry[]): number[] {
  const layers = new Set<number>();
  let highest = -1;
  for (const { combinator, reporter } of entries) {
    const { layer } = combinator;
    if (layer === null || layers.has(layer)) continue;
    layers.add(layer);
    if (layer < highest) {
      const message = `layer ${String(layer)} stands after layer ${String(highest)}`;
      reporter.warn('layer-order', nameSpan(combinator), message, 'list layers in ascending order');
    }
    highest = Math.max(highest, layer);
  }
  return [...layers].sort((a, b) => a - b);
}

/**
 * Gives every entry its key. A combinator is identified by name and id. In a layered schema a name may
 * be defined again by a later layer: the newest definition owns the plain name, older ones are called
 * `name_LAYER` after the layer they came with (`name_LAYER_2` where that is taken), and end (`until`) with the layer before the next one's.
 */
export function assignVersions(entries: readonly Entry[]): {
  readonly versions: readonly Version[];
  /** Reported duplicates: not part of the schema, but worth checking for further errors. */
  readonly duplicates: readonly Version[];
} {
  const duplicates: Version[] = [];
  const byName = new Map<string, Entry[]>();
  for (const entry of entries) {
    const same = byName.get(entry.combinator.name);
    if (same === undefined) byName.set(entry.combinator.name, [entry]);
    else if (isRepetition(entry, same)) continue;
    else if (isDuplicate(entry, same)) duplicates.push(asVersion(entry));
    else same.push(entry);
  }
  const versions = new Map<Entry, Version>();
  const keys = new Set(byName.keys());
  for (const [name, same] of byName) {
    const ordered = same.toSorted((a, b) => layerOf(a) - layerOf(b));
    ordered.forEach((entry, index) => {
      const next = ordered[index + 1];
      const since = entry.combinator.layer;
      const key = next === undefined ? name : freeKey(`${name}_${String(since ?? 0)}`, keys);
      const until = next === undefined ? null : layerOf(next) - 1;
      versions.set(entry, { ...entry, key, since, until });
    });
  }
  return { versions: entries.flatMap((entry) => versions.get(entry) ?? []), duplicates };
}

/** The key, unless the schema has that name already: then it is numbered. */
function freeKey(wanted: string, keys: Set<string>): string {
  let key = wanted;
  for (let n = 2; keys.has(key); n++) key = `${wanted}_${String(n)}`;
  keys.add(key);
  return key;
}

function asVersion(entry: Entry): Version {
  const { name, layer } = entry.combinator;
  return { ...entry, key: name, since: layer, until: null };
}

/** True for an entry that says once more, in another layer or file, what is already known. */
function isRepetition({ combinator, id, computedId, reporter }: Entry, earlier: readonly Entry[]) {
  return earlier.some((other) => {
    const { kind, layer } = other.combinator;
    if (other.id !== id || other.computedId !== computedId || kind !== combinator.kind)
      return false;
    return layer !== combinator.layer || other.reporter.file !== reporter.file;
  });
}

/** Reports an entry whose name is taken. */
function isDuplicate({ combinator, id, reporter }: Entry, earlier: readonly Entry[]): boolean {
  const rival = earlier.find((other) => {
    const { kind, layer } = other.combinator;
    return layer === combinator.layer || kind !== combinator.kind || other.id === id;
  });
  if (rival === undefined) return false;
  const line = String(rival.combinator.span.line);
  const { file } = rival.reporter;
  reporter.error(
    'duplicate-name',
    nameSpan(combinator),
    `\`${combinator.name}\` is declared twice`,
    `the first one is in ${file === reporter.file ? `line ${line}` : `${file}:${line}`}`,
  );
  return true;
}

/** Reports ids that two different combinators share. */
export function checkIds(versions: readonly Version[]): void {
  const byId = new Map<number, Version>();
  for (const version of versions) {
    const first = byId.get(version.id);
    if (first === undefined) {
      byId.set(version.id, version);
      continue;
    }
    const { combinator, id, reporter } = version;
    const computed = [version, first].filter((one) => one.combinator.id === null);
    const names = computed.map((one) => `\`${one.combinator.name}\``).join(' and ');
    reporter.error(
      'duplicate-id',
      nameSpan(combinator),
      `\`${combinator.name}\` and \`${first.combinator.name}\` have the same id ${formatId(id)}`,
      computed.length === 0 ? 'change one of them' : `that of ${names} is computed: give it one`,
    );
  }
}

function layerOf({ combinator }: Entry): number {
  return combinator.layer ?? 0;
}

import type { DocsCoverage, EntryPage } from '../types.js';

type Count = readonly [described: number, all: number];

/** How much of a schema is described. What older layers had does not count. */
export function coverageOf(
  schema: string,
  pages: readonly EntryPage[],
  errors: Count,
): DocsCoverage {
  const current = pages.filter((page) => !('history' in page && page.history?.removedIn));
  const count = (kind: EntryPage['kind']): Count => {
    const all = current.filter((page) => page.kind === kind);
    return [all.filter(({ description }) => description !== null).length, all.length];
  };
  const fields = current.flatMap((page) => ('fields' in page ? page.fields : []));
  return {
    schema,
    methods: count('method'),
    constructors: count('constructor'),
    types: count('type'),
    fields: [fields.filter(({ description }) => description !== null).length, fields.length],
    errors,
  };
}

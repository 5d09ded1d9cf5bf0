import type { PageHead } from '../types.js';

/** Lists of pages that use something: their descriptions stand on those pages. */
const BACK_LINKS = new Set(['returnedBy', 'acceptedBy', 'containedIn', 'thrownBy']);

/**
 * The JSON twin of a page: its model, with links cut down to what a program needs. A reference is the path of a page from
 * the root of the set; an item of a list has `name`, `path` and, where it is short, `description`.
 */
export function twinOf(page: PageHead): string {
  const twin = JSON.stringify(page, (key, value: unknown) => {
    if (value === page || typeof value !== 'object' || value === null) return value;
    if (BACK_LINKS.has(key)) return (value as PageHead[]).map(({ name, path }) => ({ name, path }));
    if (!('path' in value && 'schema' in value)) return value;
    if (key === 'ref') return value.path;
    return { ...value, kind: undefined, schema: undefined };
  });
  return `${twin}\n`;
}

import { magicType } from './magic.js';
import { EXTENSIONS, OTHER_NAMES } from './mime-table.js';

const TYPES: ReadonlyMap<string, string> = new Map(
  Object.entries(EXTENSIONS).flatMap(([type, extensions]) =>
    extensions.split(' ').map((extension) => [extension, type] as const),
  ),
);

/**
 * MIME type of a file: by the extension of its name, else by its first bytes (a few hundred tell), else
 * `application/octet-stream`.
 */
export function mimeTypeOf(name: string | undefined, head?: Uint8Array): string {
  const extension = /\.([^./\\]+)$/.exec(name ?? '')?.[1]?.toLowerCase();
  const byName = extension === undefined ? undefined : TYPES.get(extension);
  const byContent = head === undefined ? undefined : magicType(head);
  return byName ?? byContent ?? 'application/octet-stream';
}

/** The usual extension of files of that type, with its dot: `.jpg`; undefined for types that have none. */
export function extensionOf(mimeType: string): string | undefined {
  const type = (mimeType.split(';', 1)[0] ?? '').trim().toLowerCase();
  const known = Object.hasOwn(OTHER_NAMES, type) ? OTHER_NAMES[type] : type;
  if (known === undefined || !Object.hasOwn(EXTENSIONS, known)) return undefined;
  return `.${EXTENSIONS[known]?.split(' ', 1)[0]}`;
}

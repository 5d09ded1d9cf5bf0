import { gzipSync } from 'node:zlib';
import { LinkCheck, type LinkNotes } from './link-check.js';
import type { Output } from './outputs.js';
import type { OutFolder } from './out-folder.js';

/** What writing some files of the site told. Plain data: it may come from another thread. */
export interface WrittenPart {
  /** Path → bytes. */
  readonly sizes: ReadonlyMap<string, number>;
  /** Path → bytes after gzip, of search data, script and style sheet. */
  readonly gzipped: ReadonlyMap<string, number>;
  readonly faults: readonly string[];
  readonly links: LinkNotes;
}

/** Makes and writes files one by one, since together they would not fit into memory. */
export async function writePart(
  outputs: readonly Output[],
  folder: OutFolder,
): Promise<WrittenPart> {
  const check = new LinkCheck();
  const faults: string[] = [];
  const sizes = new Map<string, number>();
  const gzipped = new Map<string, number>();
  for (const { path, make, source } of outputs) {
    if (source !== undefined) {
      sizes.set(path, folder.copy(path, source));
      check.addFile(path);
      continue;
    }
    const content = await make(faults);
    const bytes = Buffer.from(content);
    folder.write(path, bytes);
    sizes.set(path, bytes.length);
    if (path.endsWith('.html')) check.addPage(path, String(content));
    else check.addFile(path);
    if (path === 'symbols.js' || path.startsWith('assets/site.'))
      gzipped.set(path, gzipSync(bytes).length);
  }
  return { sizes, gzipped, faults, links: check.notes() };
}

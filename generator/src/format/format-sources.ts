import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** How generated code is formatted; also what the tests hold it against. */
export const PRETTIER_OPTIONS = {
  printWidth: 100,
  singleQuote: true,
  parser: 'typescript',
} as const;

/**
 * Runs prettier over TypeScript sources, each cached by the hash of its text when `cacheDir` is given.
 *
 * @returns path → formatted text, for the `.ts` files among `files`.
 */
export async function formatSources(
  files: ReadonlyMap<string, string>,
  onProgress: (done: number, total: number, path: string) => void,
  cacheDir?: string,
): Promise<Map<string, string>> {
  const prettier = await import('prettier');
  const sources = [...files].filter(([path]) => path.endsWith('.ts'));
  const result = new Map<string, string>();
  for (const [path, text] of sources) {
    onProgress(result.size, sources.length, path);
    const format = (): Promise<string> => prettier.format(text, PRETTIER_OPTIONS);
    result.set(
      path,
      cacheDir ? await cached(cacheDir, `${prettier.version}\n${text}`, format) : await format(),
    );
  }
  return result;
}

async function cached(folder: string, key: string, make: () => Promise<string>): Promise<string> {
  const file = join(folder, createHash('sha256').update(key).digest('hex'));
  try {
    return await readFile(file, 'utf8');
  } catch {
    const text = await make();
    await mkdir(folder, { recursive: true });
    await writeFile(file, text);
    return text;
  }
}

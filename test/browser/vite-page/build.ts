import { fileURLToPath } from 'node:url';
import { build, createLogger, type Rolldown } from 'vite';

/** A file of a built page. */
export interface BuiltFile {
  readonly body: string | Uint8Array;
  /** Modules that went into it; none for what is not code. */
  readonly modules: readonly string[];
  /** What it still imports when it runs. */
  readonly imports: readonly string[];
}

/**
 * Builds a page as `vite build` does; files by the path they are served at.
 *
 * @param folder - that of its `index.html`. Default: this one.
 * @param warn - is told what Vite warns of. Default: the console is.
 */
export async function buildPage(
  folder: URL = new URL('.', import.meta.url),
  warn?: (message: string) => void,
): Promise<ReadonlyMap<string, BuiltFile>> {
  const logger = createLogger('warn');
  const built = await build({
    root: fileURLToPath(folder),
    configFile: false,
    mode: 'production',
    logLevel: 'warn',
    build: { write: false },
    ...(warn && { customLogger: { ...logger, warn, warnOnce: warn } }),
  });
  const files = new Map<string, BuiltFile>();
  for (const { output } of [built].flat() as Rolldown.RolldownOutput[])
    for (const file of output) files.set(`/${file.fileName}`, told(file));
  return files;
}

function told(file: Rolldown.OutputChunk | Rolldown.OutputAsset): BuiltFile {
  if (file.type === 'asset') return { body: file.source, modules: [], imports: [] };
  const { code, moduleIds, imports, dynamicImports } = file;
  return { body: code, modules: moduleIds, imports: [...imports, ...dynamicImports] };
}

import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';

/** A file of a built page. */
export interface BuiltFile {
  readonly body: string | Uint8Array;
  /** Modules that went into it; none for what is not code. */
  readonly modules: readonly string[];
  /** What it still imports when it runs. */
  readonly imports: readonly string[];
}

/** Builds the page of this folder as `vite build` does; files by the path they are served at. */
export async function buildPage(): Promise<ReadonlyMap<string, BuiltFile>> {
  const built = await build({
    root: fileURLToPath(new URL('.', import.meta.url)),
    configFile: false,
    mode: 'production',
    logLevel: 'warn',
    build: { write: false },
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

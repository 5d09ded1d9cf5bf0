import { existsSync } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { SiteError } from '../site-error.js';
import { startServer, type RunningServer, type Source } from './start-server.js';

/** Serves a finished site from its folder. */
export async function startPreview(folder: string, port: number): Promise<RunningServer> {
  if (!existsSync(join(folder, 'index.html')))
    throw new SiteError('there is no site yet: run npm run docs:build');
  return startServer({ source: await filesOf(folder), port });
}

async function filesOf(folder: string): Promise<Source> {
  const root = await realpath(folder);
  return async (path) => {
    try {
      const file = await realpath(join(root, path));
      // Links within the folder may lead out of it.
      return file.startsWith(root + sep) ? await readFile(file) : null;
    } catch {
      return null;
    }
  };
}

import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { SitePlaces } from '../site/site.js';
import { DevSite } from './dev-site.js';
import { startServer, type RunningServer } from './start-server.js';

/** Time without changes before pages reload, in milliseconds: editors write in several steps. */
const QUIET = 40;

/** Serves the site from memory and reloads open pages when a source changes. */
export async function startDev(
  places: SitePlaces,
  port: number,
  report: (fault: string) => void,
): Promise<RunningServer> {
  const site = new DevSite(places, report);
  const listeners = new Set<ServerResponse>();
  const server = await startServer({
    source: (path) => site.file(path),
    port,
    intercept: (request, response) => {
      if (request.url !== '/__reload') return false;
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
      response.write(': open\n\n');
      listeners.add(response);
      response.on('close', () => listeners.delete(response));
      return true;
    },
  });
  const stop = await watch(places, report, () => {
    site.forget();
    for (const listener of listeners) listener.write('data: reload\n\n');
  });
  return {
    url: server.url,
    close: async () => {
      await stop();
      await server.close();
    },
  };
}

async function watch(
  places: SitePlaces,
  report: (fault: string) => void,
  changed: () => void,
): Promise<() => Promise<void>> {
  const { watch } = await import('chokidar');
  let timer: NodeJS.Timeout | undefined;
  const watched = [
    places.guide,
    places.theme,
    // What guides quote.
    join(places.root, 'examples'),
    // Of the thousands of files of the content it names each with its hash, and is written last.
    join(places.content, '.tlgen-manifest.json'),
  ];
  const watcher = watch(watched, { ignoreInitial: true })
    .on('all', () => {
      clearTimeout(timer);
      timer = setTimeout(changed, QUIET);
    })
    // Without it the server would end where files cannot be watched.
    .on('error', (error) => report(`watching: ${String(error)}`));
  await new Promise<void>((resolve) => watcher.once('ready', () => resolve()));
  return async () => {
    clearTimeout(timer);
    await watcher.close();
  };
}

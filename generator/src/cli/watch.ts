import type { SchemaEntry } from '../io/config-types.js';
import type { Context } from './context.js';
import { summary, type Outcome } from './generate-all.js';
import { reportError } from './report-error.js';

/** Editors save in several steps; a change counts when it has been quiet for so long (milliseconds). */
const QUIET = 120;

/** Generates now and after every change of a file that goes in, until interrupted. Errors do not end it. */
export async function watch(
  context: Context,
  entries: readonly SchemaEntry[],
  generate: () => Promise<readonly Outcome[]>,
): Promise<number> {
  const once = async (): Promise<void> => {
    try {
      context.note(summary(context, await generate()));
    } catch (thrown) {
      reportError(context, thrown);
    }
  };
  await once();
  const { watch: watchFiles } = await import('chokidar');
  const files = entries.flatMap(({ files, docs, errors, overlay, telegramOverlay }) => [
    ...files,
    ...[docs, errors, overlay, telegramOverlay].filter((one) => typeof one === 'string'),
  ]);
  const watcher = watchFiles(files, { ignoreInitial: true });
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  watcher.on('all', () => {
    clearTimeout(timer);
    timer = setTimeout(() => (running = running.then(once)), QUIET);
  });
  // Such as too many watched files; what is watched already goes on.
  watcher.on('error', (thrown) => reportError(context, thrown));
  await new Promise<void>((resolve) => watcher.on('ready', resolve));
  context.note('watching for changes; Ctrl-C ends');
  await aborted(context.signal);
  clearTimeout(timer);
  await watcher.close();
  await running;
  return 0;
}

function aborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) resolve();
    else signal?.addEventListener('abort', () => resolve(), { once: true });
  });
}

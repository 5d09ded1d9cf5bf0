import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Output } from './outputs.js';
import type { SitePlaces } from './site.js';
import type { WrittenPart } from './write-part.js';

/** Pages below which a thread would take longer to start than it saves. */
const MANY = 1000;

/** What the second thread is told. */
export interface Task {
  readonly places: SitePlaces;
  readonly out: string;
}

/** Parts the files: every other page is for the second thread, if there is one. */
export function divide(outputs: readonly Output[]): [mine: Output[], others: Output[]] {
  const pages = outputs.filter(({ path }) => path.endsWith('.html'));
  if (pages.length < MANY || availableParallelism() < 2) return [[...outputs], []];
  const others = new Set(pages.filter((_, at) => at % 2 === 1));
  return [outputs.filter((one) => !others.has(one)), [...others]];
}

/** Writes the second thread's part of the site. */
export function writeOthers(places: SitePlaces, out: string): Promise<WrittenPart> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('page-worker.js', import.meta.url), {
      workerData: { places, out } satisfies Task,
    });
    worker.once('message', resolve).once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the second thread ended with ${code}`)));
  });
}

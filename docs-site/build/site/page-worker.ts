// What the second thread runs: see second-thread.ts.
import { parentPort, workerData } from 'node:worker_threads';
import { OutFolder } from './out-folder.js';
import { outputsOf } from './outputs.js';
import { divide, type Task } from './second-thread.js';
import { Site } from './site.js';
import { writePart } from './write-part.js';

const { places, out } = workerData as Task;
const [, others] = divide(outputsOf(new Site(places)));
const part = await writePart(others, new OutFolder(out));
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port has no origin
parentPort?.postMessage(part);

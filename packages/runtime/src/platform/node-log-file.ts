import { createWriteStream } from 'node:fs';
import type { LineSink } from './types.js';

/** Adds lines to a file, which only its owner may read. */
export function nodeLogFile(path: string): LineSink {
  const stream = createWriteStream(path, { flags: 'a', mode: 0o600 });
  let broken = false;
  stream.on('error', () => {
    broken = true;
  });
  return {
    write: (line) => {
      if (!broken) stream.write(`${line}\n`);
    },
    close: () =>
      new Promise((resolve) => {
        if (broken || stream.closed) return resolve();
        stream.once('close', resolve);
        stream.end();
      }),
  };
}

import { createInterface } from 'node:readline';
import { Writable, type Readable } from 'node:stream';
import type { Prompt } from './types.js';

/**
 * Has a line typed at a terminal, with the usual keys for editing. What is `hidden` is not shown, and nothing typed is
 * remembered.
 *
 * @returns the line; null when the person gave up by Ctrl-C or Ctrl-D.
 * @throws the signal's reason.
 */
export function typeLine(
  input: Readable,
  output: Writable,
  { text, hidden = false, signal }: Prompt,
): Promise<string | null> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason as Error);
      return;
    }
    if (hidden) output.write(text);
    const editor = createInterface({
      input,
      output: hidden ? nowhere() : output,
      terminal: true,
      historySize: 0,
    });
    const settle = (finish: () => void): void => {
      signal.removeEventListener('abort', onAbort);
      editor.off('close', onGivenUp);
      editor.close();
      finish();
    };
    const onAbort = (): void => {
      settle(() => {
        output.write('\n');
        reject(signal.reason as Error);
      });
    };
    const onGivenUp = (): void => {
      settle(() => {
        output.write('\n');
        resolve(null);
      });
    };
    signal.addEventListener('abort', onAbort);
    editor.on('SIGINT', onGivenUp).on('close', onGivenUp);
    editor.question(hidden ? '' : text, (line) => {
      settle(() => {
        if (hidden) output.write('\n');
        resolve(line);
      });
    });
  });
}

function nowhere(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}

import type { Readable, Writable } from 'node:stream';
import { AbortError } from '../core/errors.js';
import { takeLine } from './piped-line.js';
import { typeLine } from './typed-line.js';
import type { Prompt, Prompter, TerminalOptions } from './types.js';

/** Asks at the terminal if there is one, else reads lines. */
export function makePrompter({
  input = process.stdin,
  output = process.stderr,
}: TerminalOptions): Prompter {
  const isTerminal = isTty(input);
  return {
    isTerminal: isTty(output),
    say: (text) => void output.write(`${text}\n`),
    async ask(prompt) {
      const line = isTerminal
        ? await typeLine(input, output, prompt)
        : await readLine(input, output, prompt);
      if (line !== null) return line;
      throw new AbortError('The sign-in was given up at the terminal');
    },
  };
}

async function readLine(
  input: Readable,
  output: Writable,
  { text, signal }: Prompt,
): Promise<string | null> {
  output.write(text);
  try {
    return await takeLine(input, signal);
  } finally {
    // Nobody typed an end of line that would be seen here.
    output.write('\n');
  }
}

function isTty(stream: Readable | Writable): boolean {
  return (stream as { readonly isTTY?: boolean }).isTTY === true;
}

import { UsageError } from '../io/errors.js';
import type { Context } from './context.js';

/** Reads all of stdin. */
export async function readStdin(context: Context): Promise<Uint8Array> {
  const { stdin } = context.io;
  if (stdin === undefined) throw new UsageError('there is no stdin to read from');
  if (stdin.isTTY) context.note('reading stdin; end with Ctrl-D');
  const chunks: Uint8Array[] = [];
  for await (const chunk of stdin) {
    chunks.push(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk);
  }
  return Buffer.concat(chunks);
}

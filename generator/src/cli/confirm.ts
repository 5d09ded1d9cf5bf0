import type { Context } from './context.js';

/** Asks a yes-or-no question on a terminal; elsewhere the answer is no. */
export async function confirm(context: Context, question: string): Promise<boolean> {
  const { stdin, stderr } = context.io;
  if (context.json || !stdin?.isTTY || !stderr.isTTY) return false;
  stderr.write(`${question} [y/N] `);
  for await (const chunk of stdin) {
    const text = typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk);
    return /^\s*y(es)?\s*$/i.test(text);
  }
  return false;
}

import type { Context } from './context.js';

/** Colours the lines of a text diff by their sign. */
export function paintDiff(text: string, { green, red, yellow, bold }: Context['colors']): string {
  const paint: Readonly<Record<string, (line: string) => string>> = {
    '+': green,
    '-': red,
    '~': yellow,
  };
  return text
    .split('\n')
    .map((line, i) => (i === 0 ? bold(line) : (paint[line.charAt(0)]?.(line) ?? line)))
    .join('\n');
}

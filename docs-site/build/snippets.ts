import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const MARK = /^\s*(?:\/\/|#)\s*docs:\s*(\S+)\s*$/;

/**
 * The lines of a file between `// docs: part` and `// docs: end`, without common indentation; the whole file for null.
 * A string that says what is missing comes as an error.
 */
function cutSnippet(text: string, part: string | null): string {
  const lines = text.replace(/\r\n/g, '\n').trimEnd().split('\n');
  const marks = lines.map((line) => MARK.exec(line)?.[1] ?? null);
  if (part === null) return unindent(lines.filter((_, at) => marks[at] === null));
  const start = marks.indexOf(part);
  if (start < 0) throw new Error(`has no line "// docs: ${part}"`);
  const end = marks.indexOf('end', start + 1);
  if (end < 0) throw new Error(`has no "// docs: end" after "// docs: ${part}"`);
  const inside = lines.slice(start + 1, end).filter((_, at) => marks[start + 1 + at] === null);
  if (inside.every((line) => line.trim() === ''))
    throw new Error(`has nothing between "// docs: ${part}" and "// docs: end"`);
  return unindent(inside);
}

/** Reads what `file=examples/x.mjs#part` names. `root` is the folder that such paths begin in. */
export function readSnippet(root: string, reference: string): string {
  const [file = '', part = null] = reference.split('#');
  if (file.startsWith('/') || file.split(/[\\/]/).includes('..'))
    throw new Error(`${file} is not below the repository`);
  let text: string;
  try {
    text = readFileSync(join(root, file), 'utf8');
  } catch {
    throw new Error(`there is no file ${file}`);
  }
  try {
    return cutSnippet(text, part);
  } catch (error) {
    throw new Error(`${file} ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

function unindent(lines: readonly string[]): string {
  const depths = lines
    .filter((line) => line.trim() !== '')
    .map((line) => line.length - line.trimStart().length);
  const depth = Math.min(...depths, 80);
  return lines
    .map((line) => line.slice(depth))
    .join('\n')
    .replace(/^\n+|\s+$/g, '');
}

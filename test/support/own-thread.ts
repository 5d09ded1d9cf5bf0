import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

/**
 * What a test does to its whole thread, or counts in it: modules and globals that it replaces, listeners of the
 * process, memory, what is open. Beside or after other files it would disturb them, or be disturbed.
 */
const WHOLE_THREAD = [
  /\bvi\s*\.\s*(?:mock|doMock|hoisted|spyOn|stub\w+|useFakeTimers|setSystemTime|resetModules)\b/,
  /\bglobalThis\b|\.prototype\b|\bsetFlagsFromString\b|\bperformance\.mark\b/,
  /\bprocess\s*\.\s*(?:on|once|off|chdir|umask|exitCode|emitWarning|listenerCount|memoryUsage|getActiveResourcesInfo)\b/,
  /\bprocess\.env\b[^;\n]*[^=!<>]=[^=>]|\bdelete process\.env\b/,
];

const IMPORTS = /(?:\bfrom|\bimport\(?)\s*'(\.[^']+)\.js'/g;

/**
 * The test files of a folder that need a thread of their own, for what is in them or in the helpers they import.
 * All others run one after the other in the same few threads, which load the library once instead of hundreds of times.
 * @param root the folder of all tests
 * @param folder a folder in it
 * @returns paths relative to `root`
 */
export function needOwnThread(root: string, folder: string): string[] {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join(root, folder, name));
  return files.filter((file) => reachesThread(root, file)).map((file) => relative(root, file));
}

function reachesThread(root: string, test: string): boolean {
  const seen = new Set([test]);
  for (const file of seen) {
    const text = textOf(file);
    if (WHOLE_THREAD.some((pattern) => pattern.test(text))) return true;
    for (const [, path = ''] of text.matchAll(IMPORTS)) {
      const other = resolve(file, '..', `${path}.ts`);
      if (other.startsWith(root)) seen.add(other);
    }
  }
  return false;
}

const texts = new Map<string, string>();

function textOf(file: string): string {
  let text = texts.get(file);
  if (text === undefined) {
    try {
      text = readFileSync(file, 'utf8');
    } catch {
      text = '';
    }
    texts.set(file, text);
  }
  return text;
}

import { readFile } from 'node:fs/promises';
import { InputError, systemCode } from './errors.js';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  ENOTDIR: 'a part of the path is not a folder',
};

/** Reads a file that the user named. */
export async function readBytes(path: string, shown = path): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (thrown) {
    const code = systemCode(thrown);
    const reason = REASONS[code ?? ''] ?? String((thrown as Error).message);
    const kind = code === 'ENOENT' ? 'file-not-found' : 'file-unreadable';
    throw new InputError(kind, `cannot read ${shown}: ${reason}`, { cause: thrown });
  }
}

/** Reads a text file that the user named. */
export async function readText(path: string, shown = path): Promise<string> {
  const bytes = await readBytes(path, shown);
  // What `>` of Windows PowerShell writes.
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes);
}

/** Reads a JSON file that the user named. */
export async function readJson(path: string, shown = path): Promise<unknown> {
  const text = await readText(path, shown);
  try {
    return JSON.parse(text.replace(/^\ufeff/, '')) as unknown;
  } catch (thrown) {
    throw new InputError('bad-json', `${shown} is not JSON: ${(thrown as Error).message}`);
  }
}

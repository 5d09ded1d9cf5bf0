import { fromBase64 } from '@tlgen/codec';
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { InputError } from '../io/errors.js';
import { readBytes } from '../io/read-file.js';
import type { Context } from './context.js';
import { readStdin } from './stdin.js';

/** The bytes that a person means: hex (spaces and 0x allowed), base64, a file of bytes or of such text, or `-`. */
export async function readBlob(context: Context, words: readonly string[]): Promise<Uint8Array> {
  const [first = ''] = words;
  if (words.length === 1) {
    if (first === '-') return unwrap(await readStdin(context));
    const file = resolve(context.cwd, first);
    if (existsSync(file) && statSync(file).isFile()) return unwrap(await readBytes(file, first));
  }
  const text = words.join(' ');
  const bytes = parseText(text);
  if (bytes !== null) return bytes;
  throw notBytes(text);
}

function notBytes(text: string): InputError {
  const line = text.trim().replace(/\s+/g, ' ');
  const shown = line.length > 40 ? `${line.slice(0, 40)}…` : line;
  return new InputError('bad-blob', `"${shown}" is no file, no hex and no base64 of TL data`, {
    hint: 'give bytes as hex (15c4b51c), base64 (FcS1HA==), a file name, or - for stdin',
  });
}

/** A file may hold the bytes, or hex or base64 of them. */
function unwrap(content: Uint8Array): Uint8Array {
  const isText = content.every((byte) => (byte >= 32 && byte < 127) || (byte >= 9 && byte <= 13));
  if (!isText || content.length === 0) return content;
  const text = new TextDecoder().decode(content);
  const bytes = parseText(text);
  if (bytes !== null) return bytes;
  // TL data may happen to be readable.
  if (content.length % 4 === 0) return content;
  throw notBytes(text);
}

function parseText(text: string): Uint8Array | null {
  const dense = text.replace(/\s|\\x|0x|[,:]/gi, '');
  if (/^[0-9a-f]*$/i.test(dense)) {
    if (dense.length % 2 === 1) {
      const message = `hex with an odd number of digits (${dense.length}): one is missing`;
      throw new InputError('bad-blob', message);
    }
    return Uint8Array.from({ length: dense.length / 2 }, (_, i) =>
      Number.parseInt(dense.slice(i * 2, i * 2 + 2), 16),
    );
  }
  const bytes = fromBase64(text.replace(/\s/g, ''));
  // TL data comes in words of four bytes; a short word such as `zz` only looks like base64. A long one may be cut off.
  return bytes !== null && (bytes.length % 4 === 0 || bytes.length >= 24) ? bytes : null;
}

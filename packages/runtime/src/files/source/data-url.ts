import { fromBase64 } from '@tlgen/codec';
import { FileError } from '../errors.js';
import { bytesContent } from './bytes-content.js';
import { mimeTypeIn } from './content-headers.js';
import type { Content } from './seekable-source.js';

/** What is in a `data:` URL (RFC 2397). @throws FileError `BAD_SOURCE`. */
export function dataUrlContent(href: string): Content {
  const comma = href.indexOf(',');
  if (comma < 0) throw bad('has no comma before its data');
  const head = href.slice('data:'.length, comma);
  const hash = href.indexOf('#', comma);
  const bytes = percentDecoded(href.slice(comma + 1, hash < 0 ? href.length : hash));
  const mimeType = mimeTypeIn(head) ?? 'text/plain';
  if (!/;\s*base64\s*$/i.test(head)) return bytesContent(bytes, { mimeType });
  const text = new TextDecoder().decode(bytes).replace(/[\t\n\f\r ]/g, '');
  const content = fromBase64(text);
  if (content === null) throw bad('is said to be base64, and is not');
  return bytesContent(content, { mimeType });
}

function percentDecoded(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  const out = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    let value = bytes[at] ?? 0;
    if (value === 0x25) {
      const digits = String.fromCharCode(bytes[at + 1] ?? 0, bytes[at + 2] ?? 0);
      if (/^[0-9a-f]{2}$/i.test(digits)) {
        value = Number.parseInt(digits, 16);
        at += 2;
      }
    }
    out[length++] = value;
  }
  return out.slice(0, length);
}

function bad(why: string): FileError {
  return new FileError('BAD_SOURCE', `The data URL ${why}; give the bytes themselves`);
}

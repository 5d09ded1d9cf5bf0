import { decoded, nameIn } from './source-name.js';

/** Type and subtype of a `Content-Type`, without parameters; undefined when there is none. */
export function mimeTypeIn(header: string | null): string | undefined {
  const found = /^\s*([\w!#$&^.+-]+\/[\w!#$&^.+-]+)\s*(?:;|$)/.exec(header ?? '');
  return found?.[1]?.toLowerCase();
}

/** Bytes by `Content-Length`; undefined when the body is sent encoded, because it counts the encoded ones. */
export function sizeIn(headers: { get(name: string): string | null }): number | undefined {
  const encoding = (headers.get('content-encoding') ?? '').trim().toLowerCase();
  if (encoding !== '' && encoding !== 'identity') return undefined;
  const length = (headers.get('content-length') ?? '').trim();
  if (!/^\d{1,15}$/.test(length)) return undefined;
  return Number(length);
}

/** The name in a `Content-Disposition` (RFC 6266); `filename*` (RFC 8187) goes before `filename`. */
export function nameInDisposition(header: string | null): string | undefined {
  if (header === null || header.length > 8192) return undefined;
  const parameters = parametersOf(header);
  const extended = /^(utf-8|iso-8859-1)'[^']*'(.*)$/i.exec(parameters.get('filename*') ?? '');
  const name = extended === null ? undefined : decodedAs(extended[1] ?? '', extended[2] ?? '');
  return nameIn(name ?? parameters.get('filename') ?? '');
}

/** Of several with one name the first counts. */
function parametersOf(header: string): Map<string, string> {
  const found = new Map<string, string>();
  const pattern = /;\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;"]*))/gy;
  pattern.lastIndex = header.indexOf(';');
  if (pattern.lastIndex < 0) return found;
  for (let match = pattern.exec(header); match !== null; match = pattern.exec(header)) {
    const name = (match[1] ?? '').toLowerCase();
    const value = match[2]?.replace(/\\(.)/g, '$1') ?? match[3]?.trim() ?? '';
    if (!found.has(name)) found.set(name, value);
    while (/\s/.test(header.charAt(pattern.lastIndex))) pattern.lastIndex++;
  }
  return found;
}

function decodedAs(charset: string, text: string): string | undefined {
  if (charset.toLowerCase() === 'utf-8') return decoded(text);
  return text.replace(/%([0-9a-f]{2})/gi, (_all, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}

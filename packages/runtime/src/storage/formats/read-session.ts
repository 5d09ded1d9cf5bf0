import { fromBase64, toBase64 } from '@tlgen/codec';
import { NotThatFormat } from './byte-reader.js';
import { readGramjs } from './gramjs.js';
import { readMtcute } from './mtcute.js';
import { readMtkruto } from './mtkruto.js';
import { readPyrogram } from './pyrogram.js';
import { readTelethon } from './telethon.js';
import { PREFIX, readTlgen } from './tlgen.js';
import { SessionFormatError, type SessionData, type SessionFormat } from './types.js';

/** How a format is told from text, and read. */
interface Format {
  readonly name: SessionFormat;
  /** What stands before the base64. */
  readonly prefix: string;
  /** Without its padding, a longer one that was cut could be taken for it. */
  readonly padded?: true;
  read(bytes: Uint8Array): SessionData;
}

const FORMATS: readonly Format[] = [
  { name: 'tlgen', prefix: PREFIX, read: readTlgen },
  { name: 'telethon', prefix: '1', padded: true, read: readTelethon },
  { name: 'gramjs', prefix: '1', read: readGramjs },
  { name: 'pyrogram', prefix: '', read: readPyrogram },
  { name: 'mtcute', prefix: '', read: readMtcute },
  { name: 'mtkruto', prefix: '', read: readMtkruto },
];

/** No session is longer, characters: ours with keys of all data centers there could be are half of it. */
const MAX_LENGTH = 65_536;

/** A session, and the format it was in. */
export interface ReadSession extends SessionData {
  readonly format: SessionFormat;
}

/**
 * Reads a session of this library or another from its text. Which it is is found out by reading it to the end as each
 * format demands: lengths, addresses, flags and ids have to be what that format can hold.
 *
 * @param format - reads it as that one only.
 * @throws SessionFormatError `UNKNOWN_FORMAT`, `DAMAGED`; `AMBIGUOUS` when several fit, which names them.
 */
export function readSession(text: string, format?: SessionFormat): ReadSession {
  const clean = text.trim();
  const candidates = FORMATS.filter(({ name }) => format === undefined || name === format);
  const fitting = clean.length > MAX_LENGTH ? [] : candidates.flatMap((one) => attempt(one, clean));
  const [first, second] = fitting;
  if (first && second) {
    const names = fitting.map((one) => one.format).join(' and ');
    throw new SessionFormatError('AMBIGUOUS', `This could be a session of ${names}: say which`);
  }
  if (first) return first;
  if (format !== undefined || clean.startsWith(PREFIX)) {
    throw new SessionFormatError(
      'DAMAGED',
      `This is no whole session of ${format ?? 'tlgen'}: it was cut or altered`,
    );
  }
  const names = FORMATS.map(({ name }) => name).join(', ');
  throw new SessionFormatError(
    'UNKNOWN_FORMAT',
    `This is no session of ${names}, or not a whole one (${clean.length} characters)`,
  );
}

function attempt({ name, prefix, padded, read }: Format, text: string): ReadSession[] {
  if (!text.startsWith(prefix) || (padded && text.length % 4 !== 1)) return [];
  const bytes = bytesOf(text.slice(prefix.length));
  if (bytes === null) return [];
  try {
    return [{ format: name, ...read(bytes) }];
  } catch (error) {
    if (error instanceof NotThatFormat) return [];
    throw error;
  }
}

/** Base64 of either alphabet, as an encoder writes it: no bits are left over in the last character. */
function bytesOf(text: string): Uint8Array | null {
  const bytes = fromBase64(text);
  if (bytes === null) return null;
  const plain = text.replaceAll('-', '+').replaceAll('_', '/');
  const padded = toBase64(bytes);
  return plain === padded || plain === padded.replace(/=+$/, '') ? bytes : null;
}

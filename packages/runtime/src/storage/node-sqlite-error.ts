import { StorageError } from './types.js';

/** What a failure of SQLite, or of the file system, means for the storage at that path. */
export function sqliteError(cause: unknown, path: string, doing: string): StorageError {
  if (cause instanceof StorageError) return cause;
  const code = codeOf(cause);
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) {
    return new StorageError(
      'locked',
      `The storage ${path} is open already, here or in another process: close that client first, or give each client ` +
        'a file of its own',
      { cause },
    );
  }
  if (/^SQLITE_(NOTADB|CORRUPT)/.test(code)) {
    return new StorageError(
      'damaged',
      `The storage ${path} is damaged, or no storage of this library: restore a copy of it, or use another path and ` +
        'sign in anew',
      { cause },
    );
  }
  const reason = cause instanceof Error ? cause.message : String(cause);
  const text = `${doing} the storage ${path} failed: ${code === '' ? reason : `${code}, ${reason}`}`;
  return new StorageError('io', text, { cause });
}

function codeOf(error: unknown): string {
  const code: unknown = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

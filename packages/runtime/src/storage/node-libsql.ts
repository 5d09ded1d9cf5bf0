import { StorageError } from './types.js';

/** The part of libsql that is used here. Parameters go in one array: it takes a lone object for names. */
export interface LibsqlDatabase {
  exec(sql: string): void;
  prepare(sql: string): LibsqlStatement;
  close(): void;
}

export interface LibsqlStatement {
  run(parameters: readonly unknown[]): unknown;
  /** Rows as arrays. */
  raw(): { all(parameters: readonly unknown[]): readonly (readonly unknown[])[] };
}

/** Opens, or makes, the file at an absolute path. */
export type LibsqlOpener = new (path: string) => LibsqlDatabase;

/** Loads libsql when it is first needed. @throws StorageError `unsupported` when that fails. */
export async function loadLibsql(
  load: () => Promise<unknown> = () => import('libsql'),
): Promise<LibsqlOpener> {
  try {
    const { default: opener } = (await load()) as { default: LibsqlOpener };
    return opener;
  } catch (cause) {
    throw new StorageError(
      'unsupported',
      'SqliteStorage needs the package libsql, which is not installed or has no build for this machine: npm install ' +
        'libsql, or use another storage',
      { cause },
    );
  }
}

import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { loadLibsql, type LibsqlDatabase, type LibsqlStatement } from './node-libsql.js';
import { sqliteError } from './node-sqlite-error.js';
import { prepareDatabase, releaseDatabase } from './node-sqlite-file.js';
import { checkSqlitePath } from './sqlite-path.js';
import { StorageError, type StorageChange, type StorageDriver } from './types.js';

/** An open file with its statements. */
interface Opened {
  readonly database: LibsqlDatabase;
  readonly get: LibsqlStatement;
  readonly list: LibsqlStatement;
  readonly put: LibsqlStatement;
  readonly remove: LibsqlStatement;
}

/** What {@link SqliteStorage} is on Node. */
export class NodeSqlite implements StorageDriver {
  private readonly path: string;
  private opened: Opened | null = null;
  private opening = false;

  constructor(path: string) {
    checkSqlitePath(path);
    // Absolute, so that libsql does not take it for the address of a server.
    this.path = resolve(path);
  }

  async open(): Promise<void> {
    if (this.opened || this.opening)
      throw sqliteError({ code: 'SQLITE_BUSY' }, this.path, 'Opening');
    this.opening = true;
    try {
      const Libsql = await loadLibsql();
      this.opened = this.attempt('Opening', () => {
        makeFile(this.path);
        return openWith(new Libsql(this.path));
      });
    } finally {
      this.opening = false;
    }
  }

  async get(space: string, key: string): Promise<Uint8Array | null> {
    const { get } = this.checkOpen();
    const rows = this.attempt('Reading', () => get.raw().all([utf8(space), utf8(key)]));
    const row = rows[0];
    return row ? this.blob(row[0]) : null;
  }

  async list(space: string): Promise<readonly (readonly [key: string, value: Uint8Array])[]> {
    const { list } = this.checkOpen();
    const rows = this.attempt('Reading', () => list.raw().all([utf8(space)]));
    return rows.map(([key, value]) => [text(this.blob(key)), this.blob(value)] as const);
  }

  async commit(changes: readonly StorageChange[]): Promise<void> {
    const { database, put, remove } = this.checkOpen();
    if (changes.length === 0) return;
    this.attempt('Writing', () => {
      database.exec('BEGIN IMMEDIATE');
      try {
        for (const { space, key, value } of changes) {
          if (value === null) remove.run([utf8(space), utf8(key)]);
          else put.run([utf8(space), utf8(key), value]);
        }
        database.exec('COMMIT');
      } catch (error) {
        rollBack(database);
        throw error;
      }
    });
  }

  async close(): Promise<void> {
    const { opened } = this;
    if (!opened) return;
    this.opened = null;
    this.attempt('Closing', () => releaseDatabase(opened.database));
  }

  private checkOpen(): Opened {
    if (!this.opened) throw new StorageError('closed', 'The storage is not open');
    return this.opened;
  }

  private attempt<T>(doing: string, step: () => T): T {
    try {
      return step();
    } catch (error) {
      throw sqliteError(error, this.path, doing);
    }
  }

  private blob(value: unknown): Uint8Array {
    if (value instanceof Uint8Array) return new Uint8Array(value);
    throw sqliteError({ code: 'SQLITE_CORRUPT' }, this.path, 'Reading');
  }
}

function openWith(database: LibsqlDatabase): Opened {
  try {
    prepareDatabase(database);
    return {
      database,
      get: database.prepare('SELECT value FROM entry WHERE space = ? AND key = ?'),
      list: database.prepare('SELECT key, value FROM entry WHERE space = ?'),
      put: database.prepare('INSERT OR REPLACE INTO entry (space, key, value) VALUES (?, ?, ?)'),
      remove: database.prepare('DELETE FROM entry WHERE space = ? AND key = ?'),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Makes the file, for its user alone, before SQLite makes it for everybody. A file that is there is not touched:
 * closing it would end the locks of another client in this process.
 */
function makeFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'EEXIST') throw error;
  }
}

function rollBack(database: LibsqlDatabase): void {
  try {
    database.exec('ROLLBACK');
  } catch {
    // SQLite has done so already: some failures end the transaction.
  }
}

/** Names are kept as bytes: libsql cuts text off at a NUL character. */
function utf8(name: string): Uint8Array {
  return new TextEncoder().encode(name);
}

function text(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

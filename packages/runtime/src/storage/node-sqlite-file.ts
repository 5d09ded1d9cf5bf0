import type { LibsqlDatabase } from './node-libsql.js';

/** Marks a file as a storage of this library: `tlgn`. */
const APPLICATION = 0x746c676e;
/** Version of the table; what stands in it has a version of its own. */
const TABLE = 1;

/**
 * Takes the lock of the file, which ends with the process, and makes the table where there is none.
 *
 * A write-ahead log that is synced at each commit: a commit is one sync, and a process that dies leaves a log that
 * the next one reads. Taken whole, the lock also makes the shared memory of the log needless.
 */
export function prepareDatabase(database: LibsqlDatabase): void {
  database.exec('PRAGMA locking_mode = EXCLUSIVE');
  const application = numberOf(database, 'PRAGMA application_id');
  const tables = numberOf(database, 'SELECT count(*) FROM sqlite_master');
  const fresh = application === 0 && tables === 0;
  const ours = application === APPLICATION && numberOf(database, 'PRAGMA user_version') === TABLE;
  // A database of another program is left as it is.
  if (!fresh && !ours) throw Object.assign(new Error('not a storage'), { code: 'SQLITE_NOTADB' });
  rowsOf(database, 'PRAGMA journal_mode = WAL');
  // What is removed, such as keys of a session that was signed out, does not stay in free pages.
  for (const setting of ['synchronous = FULL', 'fullfsync = ON', 'secure_delete = ON']) {
    database.exec(`PRAGMA ${setting}`);
  }
  database.exec('BEGIN EXCLUSIVE');
  if (fresh) {
    database.exec(`
      CREATE TABLE entry (
        space BLOB NOT NULL, key BLOB NOT NULL, value BLOB NOT NULL, PRIMARY KEY (space, key)
      ) WITHOUT ROWID;
      PRAGMA application_id = ${APPLICATION};
      PRAGMA user_version = ${TABLE};
    `);
  }
  database.exec('COMMIT');
}

/**
 * Writes the log into the file, gives the lock back, and closes. Closing alone would keep the lock until the garbage
 * collector comes upon the statements.
 */
export function releaseDatabase(database: LibsqlDatabase): void {
  try {
    rowsOf(database, 'PRAGMA journal_mode = DELETE');
    rowsOf(database, 'PRAGMA locking_mode = NORMAL');
    // The lock is given back when the next read ends.
    rowsOf(database, 'SELECT count(*) FROM sqlite_master');
  } finally {
    database.close();
  }
}

function rowsOf(database: LibsqlDatabase, sql: string): readonly (readonly unknown[])[] {
  return database.prepare(sql).raw().all([]);
}

function numberOf(database: LibsqlDatabase, sql: string): number {
  return Number(rowsOf(database, sql)[0]?.[0]);
}

import { setImmediate } from 'node:timers/promises';
import { commit, realOps, type Change, type CommitOps } from './commit.js';
import { hashOf } from './compare-output.js';
import { InputError, systemCode } from './errors.js';
import { sha256 } from './hash.js';
import { makeFolder } from './make-folder.js';
import { isInside, manifestText, OUT_MANIFEST, readManifest } from './out-manifest.js';
import { Staging } from './staging.js';

/** Files that are written between two looks at the signal. */
const TURN = 32;

/** How to write. */
export interface WriteOptions {
  /** Noted in the folder's manifest. */
  readonly fingerprint?: string | null;
  /** Overwrite files that someone else wrote or edited. */
  readonly force?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** For tests. */
  readonly ops?: CommitOps;
}

/** What a run changed. */
export interface WriteResult {
  readonly written: readonly string[];
  readonly unchanged: number;
  readonly removed: readonly string[];
  /** Stale files that were edited since, so they were left alone. */
  readonly kept: readonly string[];
}

/**
 * Writes files into a folder: all of them or none. Untouched files keep their times; files that an earlier run wrote and
 * this one does not are removed, unless they were edited.
 *
 * @throws InputError `output-conflict` when it would overwrite what someone else wrote; `output-failed`.
 */
export async function writeOutput(
  folder: string,
  files: ReadonlyMap<string, string>,
  options: WriteOptions = {},
): Promise<WriteResult> {
  for (const path of files.keys()) {
    if (!isInside(path)) throw new InputError('output-failed', `${path} is outside of ${folder}`);
  }
  const plan = planOf(folder, files, options.force ?? false);
  try {
    await apply(folder, files, plan, options);
  } catch (thrown) {
    if (thrown instanceof InputError) throw thrown;
    const code = systemCode(thrown);
    if (code === null) throw thrown;
    const text = `cannot write into ${folder}: ${(thrown as Error).message}`;
    throw new InputError('output-failed', text, {
      hint: 'the old files are in place',
      cause: thrown,
    });
  }
  const { written, removed, kept } = plan;
  return { written, removed, kept, unchanged: files.size - written.length };
}

interface Plan {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly kept: readonly string[];
  readonly hashes: Readonly<Record<string, string>>;
}

function planOf(folder: string, files: ReadonlyMap<string, string>, force: boolean): Plan {
  const before = readManifest(folder).files;
  const halfDone = Staging.clean(folder);
  const isOurs = (path: string, hash: string): boolean =>
    hash === before[path] || hash === halfDone[path];
  const hashes: Record<string, string> = {};
  const written: string[] = [];
  const foreign: string[] = [];
  for (const [path, content] of files) {
    const hash = (hashes[path] = sha256(content));
    const now = hashOf(folder, path);
    if (now === hash) continue;
    written.push(path);
    if (now !== null && !isOurs(path, now)) foreign.push(path);
  }
  if (foreign.length > 0 && !force) throw conflict(folder, foreign, before);
  const removed: string[] = [];
  const kept: string[] = [];
  for (const path of new Set([...Object.keys(before), ...Object.keys(halfDone)])) {
    const now = files.has(path) ? null : hashOf(folder, path);
    if (now !== null) (isOurs(path, now) ? removed : kept).push(path);
  }
  return { written, removed, kept, hashes };
}

function conflict(
  folder: string,
  foreign: readonly string[],
  before: Readonly<Record<string, string>>,
): InputError {
  const list = foreign.slice(0, 10).map((path) => {
    const why = path in before ? 'edited since tlgen wrote it' : 'not written by tlgen';
    return `\n  ${path} (${why})`;
  });
  if (foreign.length > 10) list.push(`\n  and ${foreign.length - 10} more`);
  return new InputError('output-conflict', `${folder} holds files of your own:${list.join('')}`, {
    hint: 'choose another folder, or overwrite them with --force',
    details: { folder, files: [...foreign] },
  });
}

async function apply(
  folder: string,
  files: ReadonlyMap<string, string>,
  plan: Plan,
  { fingerprint = null, signal, ops = realOps }: WriteOptions,
): Promise<void> {
  const manifest = { fingerprint, files: plan.hashes };
  const text = manifestText(manifest);
  const nothing = plan.written.length === 0 && plan.removed.length === 0;
  if (nothing && hashOf(folder, OUT_MANIFEST) === sha256(text)) return;
  makeFolder(folder);
  const staging = Staging.create(folder);
  try {
    const changes: Change[] = [];
    for (const [i, path] of plan.written.entries()) {
      // Signals arrive between turns.
      if (i % TURN === 0) await setImmediate();
      if (signal?.aborted)
        throw new InputError('aborted', 'interrupted; the old files are in place');
      changes.push({ path, staged: staging.write(path, files.get(path) as string) });
    }
    for (const path of plan.removed) changes.push({ path, staged: null });
    changes.push({ path: OUT_MANIFEST, staged: staging.write(OUT_MANIFEST, text) });
    if (signal?.aborted) throw new InputError('aborted', 'interrupted; the old files are in place');
    staging.note(manifest);
    commit(folder, changes, staging.backup, ops);
  } finally {
    staging.remove();
  }
}

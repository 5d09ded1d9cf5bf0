import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { TlgenError } from '@tlgen/codec';
import type { LocalDc } from '@tlgen/local-dc';
import { Client, type MemoryStorage, type Progress, type RemoteFileLike } from '@tlgen/runtime';
import type { base } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { nodePlatform } from '../../packages/runtime/src/platform/node.js';
import { content } from '../end-to-end/files/content.js';
import { FastClock } from '../end-to-end/files/fast-clock.js';
import { Random } from '../support/random.js';
import { letHappen } from './files-mishaps.js';
import { planOf, type DownloadPlan, type TransferPlan } from './files-plan.js';
import { download, leftIn, upload, type Hosts } from './files-transfers.js';

/** What all runs share. */
export interface Stage {
  readonly dc: LocalDc;
  /** Of somebody who is signed in, and whose clients come one after another. */
  readonly storage: MemoryStorage;
  readonly user: bigint;
  readonly other: { readonly id: bigint };
  readonly folder: string;
  /** An encrypted file of that content, as the user got it. */
  secret(bytes: Uint8Array): RemoteFileLike & { readonly file: base.EncryptedFile };
}

/** Real milliseconds after which something hangs. */
const HANGS = 45_000;

/** How transfers ended, in all runs. */
export const ended = new Map<string, number>();

/** Carries out the plan of a seed. @returns what was not as it has to be. */
export async function runFiles(stage: Stage, seed: number): Promise<string[]> {
  const plan = planOf(seed);
  const { dc, storage, user } = stage;
  const random = new Random(seed ^ 0x5bd1e995);
  const problems: string[] = [];
  const folder = join(stage.folder, String(seed));
  mkdirSync(folder);
  const clock = new FastClock();
  const errors: Error[] = [];
  const client = new Client(
    {
      schema,
      storage,
      logger: { to: 'none' },
      ...dc.clientOptions,
      connection: { timeout: 200_000 },
      auth: { pfs: plan.pfs },
      files: { connections: plan.connections },
    },
    { platform: { ...nodePlatform, clock } },
  );
  client.on('error', (error) => errors.push(error));
  const hosts: Hosts = { dc, client, user, folder };
  const prepared = await Promise.all(
    plan.transfers.map((one, at) => prepare(stage, client, one, seed + at)),
  );
  const ids = prepared.flatMap(({ id, transfer }) =>
    id === null ? [] : [{ id, encrypted: (transfer as DownloadPlan).place === 'encrypted' }],
  );
  const undo = letHappen(dc, plan, random, ids);
  let closed = false;
  const closing = async (): Promise<void> => {
    if (plan.closeAfter === null) return;
    await new Promise((resolve) => setTimeout(resolve, plan.closeAfter ?? 0));
    closed = true;
    await client.close();
  };
  const running = prepared.map(({ transfer, bytes, file }, at) => {
    const name = `${transfer.what} ${at}`;
    const work = carryOut(hosts, transfer, bytes, file, name);
    return inTime(name, work).then((problem) => {
      const how = problem ? nameOf(problem) : 'well';
      ended.set(how, (ended.get(how) ?? 0) + 1);
      // Closed in the middle, or too much went wrong: it may fail, if it says how.
      const excused = closed || plan.hostile;
      if (
        problem &&
        problem.aborted !== true &&
        !(excused && problem.error instanceof TlgenError && !problem.wrong)
      ) {
        problems.push(`${name}: ${problem.wrong ?? String(problem.error)}`);
      }
    });
  });
  await Promise.all([
    ...running,
    inTime(
      'close()',
      closing().then(() => null),
    ),
  ]);
  undo();
  const end = await inTime(
    'close()',
    client.close().then(() => null),
  );
  if (end) problems.push(`close(): ${String(end.error)}`);
  if (clock.pending > 0) problems.push(`${clock.pending} timers are still set`);
  const left = leftIn(folder);
  if (left.length > 0) problems.push(`files are left: ${left.join(', ')}`);
  problems.push(...errors.map((error) => `event error: ${String(error)}`));
  dc.files.forgetParts();
  return problems.length > 0 ? [...problems, JSON.stringify(plan)] : [];
}

interface Prepared {
  readonly transfer: TransferPlan;
  readonly bytes: Uint8Array;
  /** null: it is an upload. */
  readonly file: RemoteFileLike | null;
  readonly id: bigint | null;
}

/** Puts the file of a download where it has to be. */
async function prepare(
  { dc, other, user, secret }: Stage,
  client: Client,
  transfer: TransferPlan,
  salt: number,
): Promise<Prepared> {
  const bytes = content(transfer.size, salt);
  if (transfer.what !== 'download') return { transfer, bytes, file: null, id: null };
  const { place } = transfer;
  if (place === 'encrypted') {
    const file = secret(bytes);
    return { transfer, bytes, file, id: file.file.id };
  }
  const dcId = place.endsWith('other') ? 4 : 2;
  const { id } = dc.addFile(bytes, { name: 'file.bin', dcId, cdn: place.startsWith('cdn') });
  dc.sendFile(other, { id: user }, { id });
  for await (const message of client.peers.history('@sender', { limit: 20 })) {
    if (message._ !== 'message' || message.media?._ !== 'messageMediaDocument') continue;
    if (message.media.document?.id === id) return { transfer, bytes, file: message, id };
  }
  throw new Error('the message did not come');
}

interface Problem {
  readonly error?: unknown;
  /** Worse than an error: the content, or what was told. */
  readonly wrong?: string;
  /** It was, and said so. */
  readonly aborted?: boolean;
}

function nameOf({ error, aborted, wrong }: Problem): string {
  if (aborted === true) return 'aborted';
  const { name, code } = (error ?? {}) as { readonly name?: string; readonly code?: string };
  return wrong === undefined ? `${name} ${code}` : 'wrong';
}

/** @returns null: it went as it has to. */
async function carryOut(
  hosts: Hosts,
  transfer: TransferPlan,
  bytes: Uint8Array,
  file: RemoteFileLike | null,
  name: string,
): Promise<Problem | null> {
  const { abortAt, parallel } = transfer;
  const stop = new AbortController();
  const [start, end] = rangeOf(transfer, bytes.length);
  const told: Progress[] = [];
  const onProgress = (progress: Progress): void => {
    told.push(progress);
    if (abortAt !== null && progress.done >= abortAt * (end - start)) stop.abort();
  };
  const options = { onProgress, parallel, signal: stop.signal };
  let whole = true;
  try {
    let got: Uint8Array;
    if (transfer.what !== 'download') got = await upload(hosts, transfer, bytes, name, options);
    else {
      const ranged =
        mayHaveRange(transfer) && transfer.range ? { ...options, start, end } : options;
      got = await download(hosts, transfer, file as RemoteFileLike, name, ranged);
      whole = transfer.sink !== 'some chunks' || got.length === end - start;
    }
    const expected = bytes.subarray(start, start + (whole ? end - start : got.length));
    if (!Buffer.from(expected).equals(got))
      return { wrong: `other bytes: ${got.length} of ${expected.length}` };
    // Who stops in the middle may have been told of all.
    const some = transfer.what === 'download' && transfer.sink === 'some chunks';
    return oddProgress(told, some ? null : true);
  } catch (error) {
    const odd = oddProgress(told, stop.signal.aborted ? null : false);
    if (odd) return odd;
    const aborted = stop.signal.aborted && (error as Error | null)?.name === 'AbortError';
    return aborted ? { aborted } : { error };
  }
}

const mayHaveRange = (transfer: TransferPlan): boolean =>
  transfer.what === 'download' && transfer.sink !== 'file' && transfer.sink !== 'directory';

function rangeOf(transfer: TransferPlan, size: number): readonly [start: number, end: number] {
  if (transfer.what !== 'download' || !transfer.range || !mayHaveRange(transfer)) return [0, size];
  const [start, end] = transfer.range;
  return [Math.floor(start * size), Math.floor(end * size)];
}

/** @param finished - null: perhaps. */
function oddProgress(told: readonly Progress[], finished: boolean | null): Problem | null {
  const falls = told.some(({ done }, at) => done < (told[at - 1]?.done ?? 0));
  const full = told.filter(({ percent }) => percent === 100).length;
  const right = finished === null ? full <= 1 : full === (finished ? 1 : 0);
  if (!falls && right) return null;
  return { wrong: `progress: ${JSON.stringify(told)}` };
}

async function inTime(what: string, work: Promise<Problem | null>): Promise<Problem | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Problem>((resolve) => {
    timer = setTimeout(() => resolve({ wrong: `${what} hangs` }), HANGS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

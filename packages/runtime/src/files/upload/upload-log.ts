import { toHex } from '../../crypto/bytes.js';
import type { CryptoProvider } from '../../crypto/provider/types.js';
import { randomLong } from '../../session/random-long.js';
import type { Store } from '../../storage/store.js';
import type { StorageChange } from '../../storage/types.js';
import { newFileKey } from '../encrypted/index.js';
import { FileError } from '../errors.js';
import type { FilesContext } from '../types.js';
import { DoneParts } from './done-parts.js';
import type { Part } from './part-reader.js';
import {
  isFresh,
  isSame,
  readRecord,
  writeRecord,
  type UploadFacts,
  type UploadRecord,
} from './upload-record.js';

const RECORDS = 'upload';
const PARTS = 'upload-parts';

/** Where an upload to go on with is kept. */
export interface UploadPlace {
  readonly store: Store;
  readonly key: string;
}

/**
 * What outlives an upload that is cut off. What is on disk before what:
 *
 * 1. File id, and key and iv of an encrypted file, before the first part is sent; whatever an upload before has left
 *    under the same name goes with the same write. So no list of parts ever belongs to another id or key.
 * 2. A part is listed after the server has it. The list may be late: a part that is sent once more does no harm.
 * 3. The chain of IGE behind the first n parts is in one value with the list that says that these n are done.
 * 4. All of it is removed before the upload resolves. So nothing goes on under the id of a file that may have been sent.
 */
export class UploadLog {
  /** Another upload may have taken the place. */
  private ended = false;

  private constructor(
    readonly record: UploadRecord,
    private readonly parts: DoneParts,
    private readonly crypto: CryptoProvider,
    private readonly place: UploadPlace | null,
  ) {}

  /**
   * Goes on with what is kept for the same source, or begins anew.
   *
   * @param place - null: nothing is kept.
   */
  static async begin(
    context: Pick<FilesContext, 'crypto' | 'now'>,
    place: UploadPlace | null,
    facts: Omit<UploadFacts, 'first'>,
    firstPart: Uint8Array,
  ): Promise<UploadLog> {
    const { crypto } = context;
    const first = place ? toHex(crypto.sha256(firstPart)) : '';
    const found = place && (await find(place, { ...facts, first }, context.now()));
    if (found) return new UploadLog(found.record, found.parts, crypto, place);
    const { key, iv } = facts.encrypted ? newFileKey(crypto) : { key: null, iv: null };
    const fileId = randomLong(crypto);
    const record = { ...facts, first, fileId, created: context.now(), key, iv };
    if (place) {
      const change = { space: RECORDS, key: place.key, value: writeRecord(record) };
      await place.store.commit([change, { space: PARTS, key: place.key, value: null }]);
    }
    return new UploadLog(record, new DoneParts(), crypto, place);
  }

  /** Parts at the beginning that are done and don't have to be encrypted again. */
  get encrypted(): number {
    return this.parts.encrypted;
  }

  /** What IGE begins with behind the parts that are {@link encrypted}; null: the file is not encrypted. */
  get chain(): Uint8Array | null {
    return this.parts.encrypted > 0 ? this.parts.chainBehind : this.record.iv;
  }

  isDone(index: number): boolean {
    return this.parts.has(index);
  }

  /**
   * Compares a part with what was sent.
   *
   * @throws FileError `SOURCE_CHANGED`.
   */
  check(part: Part): void {
    const { index, bytes, last } = part;
    const { total, highest } = this.parts;
    const isOther =
      (this.parts.has(index) && !this.parts.matches(index, this.crypto.sha256(bytes))) ||
      (total > 0 && (index + 1 === total) !== last) ||
      (last && highest > index);
    if (!isOther) return;
    const what = `Part ${index} of the source is not what it was when the upload began`;
    throw new FileError('SOURCE_CHANGED', `${what}: the next upload begins anew`);
  }

  /** How IGE goes on behind a part. */
  noteChain(index: number, chain: Uint8Array): void {
    if (this.place) this.parts.noteChain(index, chain);
  }

  /** The server has the part. */
  async arrived(index: number, last: boolean, sha256: Uint8Array | null): Promise<void> {
    const { place, parts } = this;
    if (!place || !sha256 || this.ended) return;
    parts.add(index, sha256);
    if (last) parts.total = index + 1;
    await place.store.later([{ space: PARTS, key: place.key, value: parts.toBytes() }]);
  }

  /** What {@link arrived} takes; null: nothing is kept. */
  digest(bytes: Uint8Array): Uint8Array | null {
    return this.place && this.crypto.sha256(bytes);
  }

  /** The upload is over, or cut off: what comes late is not listed. */
  end(): void {
    this.ended = true;
  }

  /** Nothing goes on from here: all is done, or has to begin anew. */
  async remove(): Promise<void> {
    this.end();
    if (this.place) await this.place.store.commit(removal(this.place.key));
  }
}

async function find(
  { store, key }: UploadPlace,
  facts: UploadFacts,
  now: number,
): Promise<{ readonly record: UploadRecord; readonly parts: DoneParts } | null> {
  const bytes = await store.get(RECORDS, key);
  const record = bytes && readRecord(bytes);
  if (!record || !isFresh(record, now) || !isSame(record, facts)) return null;
  const list = await store.get(PARTS, key);
  const parts = list ? DoneParts.parse(list) : new DoneParts();
  return parts && { record, parts };
}

/** Removes what servers have forgotten. @param busy - whether an upload of that name is under way. */
export async function sweepUploads(
  store: Store,
  now: number,
  busy: (key: string) => boolean,
): Promise<void> {
  const changes: StorageChange[] = [];
  for (const [key, value] of await store.list(RECORDS)) {
    const record = readRecord(value);
    if (!busy(key) && !(record && isFresh(record, now))) changes.push(...removal(key));
  }
  if (changes.length > 0) await store.commit(changes);
}

/** Removes all there is to go on with: keys of encrypted files must not outlive the sign-in. */
export async function forgetUploads(store: Store): Promise<void> {
  const records = await store.list(RECORDS);
  await store.commit(records.flatMap(([key]) => removal(key)));
}

function removal(key: string): StorageChange[] {
  return [RECORDS, PARTS].map((space) => ({ space, key, value: null }));
}

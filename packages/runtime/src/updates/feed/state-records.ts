import { jsonBytes, readJson } from '../../storage/records.js';
import { StorageError } from '../../storage/types.js';
import type { DoneKey, KeyRange } from './done-keys.js';

/** What is stored of an account, channels apart. */
export interface StateRecord {
  /** The user whose updates these are. */
  readonly owner: bigint;
  readonly pts: number;
  readonly qts: number;
  readonly seq: number;
  /** Server time, seconds. */
  readonly date: number;
  /** Keys of updates that are done and lie ahead of these numbers; the oldest first. */
  readonly done: readonly DoneKey[];
}

/** Keys, and ranges of them, that are kept. */
export const MAX_KEYS = 2000;

const VERSION = 1;
/** With ranges of keys; before, there were single ones only. */
const STATE_VERSION = 2;
const LONGEST_KEY = 200;
const GREATEST = 0x7fff_ffff;

export function writeState({ owner, ...rest }: StateRecord): Uint8Array {
  return jsonBytes({ v: STATE_VERSION, owner: String(owner), ...rest });
}

/** @throws StorageError `damaged`. */
export function readState(bytes: Uint8Array): StateRecord {
  const { v, owner, pts, qts, seq, date, done } = readJson(bytes, 'state of updates');
  const version = v === VERSION || v === STATE_VERSION;
  const known = version && typeof owner === 'string' && /^\d{1,19}$/.test(owner);
  if (!known || ![pts, qts, seq, date].every(isCount) || !isKeys(done)) {
    throw damaged('state of updates');
  }
  return {
    owner: BigInt(owner),
    pts: Number(pts),
    qts: Number(qts),
    seq: Number(seq),
    date: Number(date),
    done: done.slice(-MAX_KEYS),
  };
}

export function writeChannel(pts: number): Uint8Array {
  return jsonBytes({ v: VERSION, pts });
}

/** @returns its pts, 0 before its first update. @throws StorageError `damaged`. */
export function readChannel(bytes: Uint8Array): number {
  const { v, pts } = readJson(bytes, 'state of a channel');
  if (v !== VERSION || !isCount(pts)) throw damaged('state of a channel');
  return pts;
}

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= GREATEST;

const isKeys = (value: unknown): value is DoneKey[] =>
  Array.isArray(value) && value.every((key) => isKey(key) || isRange(key));

const isKey = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= LONGEST_KEY;

const isRange = (value: unknown): value is KeyRange => {
  if (!Array.isArray(value) || value.length !== 3 || !isKey(value[0])) return false;
  const [from, to] = [Number(value[1]), Number(value[2])];
  return (
    Number.isSafeInteger(value[1]) && Number.isSafeInteger(value[2]) && from >= 0 && from <= to
  );
};

const damaged = (what: string): StorageError =>
  new StorageError('damaged', `The stored ${what} is not what this version wrote`);

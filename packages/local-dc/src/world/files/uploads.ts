import { badRequest } from '../fault.js';
import { FileBytes } from './file-bytes.js';

/** Most bytes of a part; every other size divides it. */
export const PART_MAX = 512 * 1024;

/** Most bytes of a file that comes by `upload.saveFilePart`. */
const SMALL_MAX = 10 * 1024 * 1024;

/** Which upload: file ids are the clients' own, and both ways of uploading have theirs. */
export interface UploadName {
  readonly userId: bigint;
  readonly fileId: bigint;
  readonly big: boolean;
  /** Most parts that this user's files may have. */
  readonly most: number;
}

interface Upload {
  readonly userId: bigint;
  readonly parts: Map<number, Uint8Array>;
  /** Bytes of all parts but the last; null: no such part has come. */
  partSize: number | null;
  /** null: nobody has told. */
  total: number | null;
}

const isRegular = (size: number): boolean => size % 1024 === 0 && PART_MAX % size === 0;

/** Parts of files that were sent: https://core.telegram.org/api/files#uploading-files. */
export class Uploads {
  readonly #uploads = new Map<string, Upload>();

  /** Bytes in memory that are no file yet, or were made one. */
  get bytes(): number {
    let sum = 0;
    for (const { parts } of this.#uploads.values())
      for (const { length } of parts.values()) sum += length;
    return sum;
  }

  /**
   * Keeps a part; one that comes again takes the place of the first.
   *
   * @param total - null: not said.
   * @param bytes - copied.
   * @throws RpcFault `FILE_PART_EMPTY`, `FILE_PART_INVALID`, `FILE_PART_TOO_BIG`, `FILE_PARTS_INVALID`,
   * `FILE_PART_SIZE_INVALID`, `FILE_PART_SIZE_CHANGED`.
   */
  save(name: UploadName, part: number, total: number | null, bytes: Uint8Array): void {
    if (part < 0 || part >= name.most) throw badRequest('FILE_PART_INVALID');
    if (bytes.length === 0) throw badRequest('FILE_PART_EMPTY');
    if (bytes.length > PART_MAX) throw badRequest('FILE_PART_TOO_BIG');
    const upload = this.#uploads.get(keyOf(name)) ?? empty(name.userId);
    const known = knownTotal(upload, total, name.most);
    if (known !== null && part >= known) throw badRequest('FILE_PART_INVALID');
    const partSize = name.big
      ? sizeOfBig(upload, part === (known ?? 0) - 1, bytes.length)
      : sizeOfSmall(upload, part, bytes.length);
    const last = known === null ? undefined : upload.parts.get(known - 1);
    if (partSize !== null && last && last.length > partSize && part !== (known ?? 0) - 1)
      throw badRequest('FILE_PART_SIZE_CHANGED');
    upload.total = known;
    upload.partSize = partSize;
    upload.parts.set(part, bytes.slice());
    this.#uploads.set(keyOf(name), upload);
  }

  /**
   * The file that the parts make. They may be used again, and share the file's memory.
   *
   * @throws RpcFault `FILE_PARTS_INVALID`, `FILE_PART_X_MISSING`, `FILE_PART_LENGTH_INVALID`.
   */
  file(name: UploadName, count: number): FileBytes {
    if (count < 1 || count > name.most) throw badRequest('FILE_PARTS_INVALID');
    const upload = this.#uploads.get(keyOf(name)) ?? empty(name.userId);
    const { parts, total } = upload;
    if (total !== null && total !== count) throw badRequest('FILE_PARTS_INVALID');
    const pieces: Uint8Array[] = [];
    for (let part = 0; part < count; part++) {
      const piece = parts.get(part);
      if (!piece) throw badRequest(`FILE_PART_${part}_MISSING`);
      pieces.push(piece);
    }
    if (parts.size > count || (name.big && total === null)) throw badRequest('FILE_PARTS_INVALID');
    const [first] = pieces;
    const size = first?.length ?? 0;
    if (count > 1 && !isRegular(size)) throw badRequest('FILE_PART_LENGTH_INVALID');
    if (pieces.some(({ length }, at) => (at < count - 1 ? length !== size : length > size)))
      throw badRequest('FILE_PART_LENGTH_INVALID');
    const bytes = new FileBytes(pieces);
    if (!name.big && bytes.size > SMALL_MAX) throw badRequest('FILE_PARTS_INVALID');
    return bytes;
  }

  /** Loses parts: those with the given numbers, or all. @returns how many. */
  forget(userId?: bigint, numbers?: readonly number[]): number {
    let count = 0;
    for (const [key, upload] of this.#uploads) {
      if (userId !== undefined && upload.userId !== userId) continue;
      for (const part of numbers ?? [...upload.parts.keys()])
        if (upload.parts.delete(part)) count++;
      if (upload.parts.size === 0) this.#uploads.delete(key);
    }
    return count;
  }
}

const keyOf = ({ userId, fileId, big }: UploadName): string =>
  `${userId}/${big ? 'big' : 'small'}/${fileId}`;

const empty = (userId: bigint): Upload => ({
  userId,
  parts: new Map(),
  partSize: null,
  total: null,
});

/** How many parts there will be; null: not known yet. @throws RpcFault `FILE_PARTS_INVALID` */
function knownTotal({ total: before, parts }: Upload, now: number | null, most: number) {
  if (now === null) return before;
  if (now < 1 || now > most || (before !== null && before !== now))
    throw badRequest('FILE_PARTS_INVALID');
  for (const part of parts.keys()) if (part >= now) throw badRequest('FILE_PARTS_INVALID');
  return now;
}

/** Of big files it is known which part is the last. @throws RpcFault `FILE_PART_SIZE_INVALID`, `FILE_PART_SIZE_CHANGED` */
function sizeOfBig({ partSize }: Upload, last: boolean, size: number): number | null {
  if (last) {
    if (partSize !== null && size > partSize) throw badRequest('FILE_PART_SIZE_CHANGED');
    return partSize;
  }
  return sameSize(partSize, size);
}

/**
 * Of small ones it is not: the one with the highest number may be the last, until a higher one comes.
 *
 * @throws RpcFault `FILE_PART_SIZE_INVALID`, `FILE_PART_SIZE_CHANGED`
 */
function sizeOfSmall({ partSize, parts }: Upload, part: number, size: number): number | null {
  const highest = parts.size === 0 ? -1 : Math.max(...parts.keys());
  if (part < highest) {
    const known = sameSize(partSize, size);
    if ((parts.get(highest)?.length ?? 0) > known) throw badRequest('FILE_PART_SIZE_CHANGED');
    return known;
  }
  const before = part > highest ? parts.get(highest)?.length : undefined;
  const known = before === undefined ? partSize : sameSize(partSize, before);
  if (known !== null && size > known) throw badRequest('FILE_PART_SIZE_CHANGED');
  return known;
}

function sameSize(known: number | null, size: number): number {
  if (!isRegular(size)) throw badRequest('FILE_PART_SIZE_INVALID');
  if (known !== null && known !== size) throw badRequest('FILE_PART_SIZE_CHANGED');
  return size;
}

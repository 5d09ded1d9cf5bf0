import { createHash } from 'node:crypto';

/** The bytes of a file, in the pieces they came in: they are never joined, so a large file is in memory once. */
export class FileBytes {
  readonly size: number;
  readonly #pieceSize: number;

  /** @param pieces - all but the last are equally long, and belong to the file from now on. */
  constructor(private readonly pieces: readonly Uint8Array[]) {
    this.#pieceSize = Math.max(pieces[0]?.length ?? 0, 1);
    this.size = pieces.reduce((sum, { length }) => sum + length, 0);
    if (pieces.slice(0, -1).some(({ length }) => length !== this.#pieceSize))
      throw new TypeError('pieces of a file differ in length');
  }

  /** A copy of at most `limit` bytes from `offset`; less at the end of the file. */
  read(offset: number, limit: number): Uint8Array {
    const end = Math.min(offset + limit, this.size);
    const bytes = new Uint8Array(Math.max(end - offset, 0));
    for (let done = 0; done < bytes.length;) {
      const at = offset + done;
      const piece = this.pieces[Math.floor(at / this.#pieceSize)] ?? new Uint8Array();
      const from = at % this.#pieceSize;
      const part = piece.subarray(from, from + bytes.length - done);
      bytes.set(part, done);
      done += part.length;
    }
    return bytes;
  }

  /** MD5 in lower-case hexadecimal digits. */
  md5(): string {
    const hash = createHash('md5');
    for (const piece of this.pieces) hash.update(piece);
    return hash.digest('hex');
  }
}

import { cdnOf, fileOf, type FileName } from './scene-files.js';
import { userOf, type UserLike } from './scene.js';
import type { World } from './world/world.js';

/** What a test may do to uploads and files. */
export class FileControls {
  constructor(private readonly world: World) {}

  /** Bytes of parts that were uploaded, whether files were made of them or not. */
  get uploaded(): number {
    return this.world.files.uploads.bytes;
  }

  /**
   * Loses parts that were uploaded: who makes a file of them gets `FILE_PART_X_MISSING`.
   *
   * @param user - whose. Default: everybody's.
   * @param parts - their numbers. Default: all.
   * @returns how many.
   */
  forgetParts(user?: UserLike, parts?: readonly number[]): number {
    const owner = user === undefined ? undefined : userOf(this.world, user).id;
    return this.world.files.uploads.forget(owner, parts);
  }

  /** The bytes of a file, as they were uploaded. @throws TypeError when there is no such file. */
  bytes(file: FileName): Uint8Array {
    const { bytes } = fileOf(this.world, file);
    return bytes.read(0, bytes.size);
  }
}

/** What a test may do to the CDN, and let it do to clients. */
export class CdnControls {
  constructor(private readonly world: World) {}

  /**
   * Has copies of a file at the CDN, or no longer: then `upload.getFile` answers with the bytes.
   *
   * @param cdn - true: the first of its data centers. @throws TypeError when there is none.
   */
  serve(file: FileName, cdn: boolean | number = true): void {
    fileOf(this.world, file).cdnDcId = cdnOf(this.world, cdn);
  }

  /** Flips a bit of the byte at `offset` of what the CDN has: hashes do not match any more. */
  corrupt(file: FileName, offset: number): void {
    const { id, bytes } = fileOf(this.world, file);
    if (!Number.isInteger(offset) || offset < 0 || offset >= bytes.size)
      throw new TypeError(`the file ${id} has no byte at ${offset}: it has ${bytes.size}`);
    this.world.files.cdn.corrupt(id, offset);
  }

  /** Takes every {@link corrupt} back. */
  repair(): void {
    this.world.files.cdn.repair();
  }

  /** Makes file tokens worthless, `FILE_TOKEN_INVALID`: of one file, or all. @returns how many there were. */
  forgetToken(file?: FileName): number {
    return this.world.files.cdn.forget(this.#idOf(file));
  }

  /** Loses copies: the CDN asks for them again, `upload.cdnFileReuploadNeeded`. @returns how many there were. */
  loseCopy(file?: FileName): number {
    return this.world.files.cdn.lose(this.world.crypto, this.#idOf(file));
  }

  #idOf(file: FileName | undefined): bigint | undefined {
    return file === undefined ? undefined : fileOf(this.world, file).id;
  }
}

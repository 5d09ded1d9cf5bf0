import type { FileSystem, OpenFile } from '../../platform/file-system.js';
import { hostError } from '../source/host-error.js';
import { cutToBytes } from './safe-name.js';

/** Bytes of a file's name on most hosts. */
const LONGEST = 255;
const ENDING = '.part';

/** Partial files that this process writes to, by the host's files that they are of. */
const underWay = new WeakMap<FileSystem, Set<string>>();

/**
 * The file that bytes go to until all are there: a sibling of the target, hidden, its name told by the target's and by
 * what the bytes are of. Of several saves of one process each has its own.
 */
export class PartialFile {
  private constructor(
    private readonly fs: FileSystem,
    readonly path: string,
    private readonly taken: Set<string>,
  ) {}

  /** The next free one; {@link release} has to be called. @param path - of the target. */
  static reserve(fs: FileSystem, directory: string, name: string, identity: string): PartialFile {
    const taken = underWay.get(fs) ?? new Set<string>();
    underWay.set(fs, taken);
    for (let number = 1; ; number++) {
      const path = fs.join(directory, partialName(name, identity, number));
      if (taken.has(path)) continue;
      taken.add(path);
      return new PartialFile(fs, path, taken);
    }
  }

  /** @param resume - with what an earlier save left in it; else it is empty. */
  async open(resume: boolean): Promise<OpenFile> {
    try {
      return (resume && (await this.left())) || (await this.anew());
    } catch (error) {
      throw hostError(error, 'Making', this.path);
    }
  }

  /** null: it is a file that has been given its name already, by a process that ended then. That one is whole. */
  private async left(): Promise<OpenFile | null> {
    const file = await this.fs.open(this.path, 'update');
    try {
      if ((await file.stat()).links === 1) return file;
    } catch (error) {
      await file.close().catch(() => {});
      throw error;
    }
    await file.close();
    return null;
  }

  /** What lies there may have other names, so that nothing is written to it. */
  private async anew(): Promise<OpenFile> {
    await this.fs.remove(this.path);
    return this.fs.open(this.path, 'create');
  }

  /** Never fails: what cannot be removed stays. */
  async discard(): Promise<void> {
    await this.fs.remove(this.path).catch(() => {});
  }

  release(): void {
    this.taken.delete(this.path);
  }
}

/** `.photo.jpg.0123456789abcdef.part`; the number is there when it is not 1. */
function partialName(name: string, identity: string, number: number): string {
  const ending = `.${fnv1a64(`${name}\0${identity}`)}${number === 1 ? '' : `.${number}`}${ENDING}`;
  return `.${cutToBytes(name, LONGEST - 1 - ending.length)}${ending}`;
}

/** FNV-1a of 64 bits over UTF-8, as hexadecimal: tells files apart, and protects nothing. */
function fnv1a64(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
}

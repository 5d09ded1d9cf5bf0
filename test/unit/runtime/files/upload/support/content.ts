import type {
  FileSystem,
  OpenFile,
} from '../../../../../../packages/runtime/src/platform/file-system.js';
import { Random } from '../../../../../support/random.js';

export const PART = 524288;
export const MIB = 1024 * 1024;

const noise = new Random(7).bytes(PART + 13);

/** Bytes that differ from part to part, cheap to make. */
export function content(length: number, salt = 0): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += noise.length) {
    bytes.set(noise.subarray(0, Math.min(noise.length, length - at)), at);
  }
  for (let at = salt % 7; at < length; at += 4099) bytes[at] = (at / 4099 + salt) & 255;
  return bytes;
}

/** What a source was asked for. */
export interface Watched {
  given: number;
  closed: number;
}

/** A stream of unknown size, in chunks of its own. */
export async function* stream(
  bytes: Uint8Array,
  watched: Watched = { given: 0, closed: 0 },
  chunk = 100_003,
): AsyncGenerator<Uint8Array, void> {
  try {
    for (let at = 0; at < bytes.length; at += chunk) {
      const piece = bytes.slice(at, at + chunk);
      watched.given += piece.length;
      yield piece;
    }
  } finally {
    watched.closed += 1;
  }
}

/** One file on a disk in memory; counts what is read, and what is open. */
export class OneFile {
  modified = 1000;
  read: { readonly position: number; readonly length: number }[] = [];
  opened = 0;

  constructor(
    readonly path: string,
    public bytes: Uint8Array,
  ) {}

  get fileSystem(): FileSystem {
    const unused = (): never => {
      throw new Error('not needed here');
    };
    const stat = async (): Promise<Awaited<ReturnType<OpenFile['stat']>>> => ({
      size: this.bytes.length,
      modified: this.modified,
      isDirectory: false,
      links: 1,
    });
    const file: OpenFile = {
      stat,
      read: async (position, length) => {
        this.read.push({ position, length });
        return this.bytes.slice(position, position + length);
      },
      write: unused,
      truncate: unused,
      sync: unused,
      close: async () => {
        this.opened -= 1;
      },
    };
    return {
      open: async () => {
        this.opened += 1;
        return file;
      },
      stat,
      rename: unused,
      link: unused,
      remove: unused,
      baseName: (path) => path.slice(path.lastIndexOf('/') + 1),
      directoryOf: unused,
      join: unused,
      pathOf: (url) => url,
    };
  }
}

import type { Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import type { FileStat, OpenFile } from './file-system.js';

/** An open file of Node. */
export class NodeFile implements OpenFile {
  constructor(private readonly handle: FileHandle) {}

  async stat(): Promise<FileStat> {
    return statOf(await this.handle.stat());
  }

  async read(position: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await this.handle.read(
        bytes,
        filled,
        length - filled,
        position + filled,
      );
      if (bytesRead === 0) return bytes.slice(0, filled);
      filled += bytesRead;
    }
    return bytes;
  }

  async write(position: number, bytes: Uint8Array): Promise<void> {
    let written = 0;
    while (written < bytes.length) {
      const { bytesWritten } = await this.handle.write(
        bytes,
        written,
        bytes.length - written,
        position + written,
      );
      written += bytesWritten;
    }
  }

  truncate(size: number): Promise<void> {
    return this.handle.truncate(size);
  }

  sync(): Promise<void> {
    return this.handle.sync();
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}

/** Times of change are as fine as the host tells them. */
export function statOf(stats: Stats): FileStat {
  return {
    size: stats.size,
    modified: stats.mtimeMs,
    isDirectory: stats.isDirectory(),
    links: stats.nlink,
  };
}

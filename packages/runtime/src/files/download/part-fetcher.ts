import type { base, help, upload } from '@tlgen/telegram';
import { RpcError, TimeoutError } from '../../core/errors.js';
import { construct } from '../../network/construct.js';
import { ClosedError, DataCenterError, SchemaError } from '../../network/errors.js';
import { HandshakeError } from '../../session/errors.js';
import { FileError } from '../errors.js';
import type { RemoteFile } from '../location/types.js';
import { CdnDownload, CdnGaveUp } from './cdn/cdn-download.js';
import { isStaleReference } from '../location/index.js';
import { CurrentFile } from './current-file.js';
import { FileServer } from './file-server.js';
import { checkLength, wrongSize, type StoredSize } from './file-size.js';
import type { Part } from './plan.js';
import type { Stop } from './stop.js';
import type { DownloadContext } from './types.js';

/** Tries of a part that comes short. */
const SHORT_TRIES = 3;
/** So many redirects may turn out invalid; then the master data center has to send the file itself. */
const MAX_REDIRECTS = 4;
/** Places in web files are 32-bit numbers. */
const MAX_WEB_OFFSET = 2 ** 31 - 1;

const STALE_TOKENS = new Set(['FILE_TOKEN_INVALID', 'REQUEST_TOKEN_INVALID']);

/**
 * Fetches parts of one file from wherever it is: its data center, the one that it was moved to, a CDN. What one part
 * finds out, the others use.
 */
export class PartFetcher {
  private readonly current: CurrentFile;
  private readonly server: FileServer;
  /** Where the download was redirected to; null: nowhere. */
  private cdn: CdnDownload | null = null;
  /** Counts every change of {@link cdn}: answers to requests made before one are out of date. */
  private changes = 0;
  private redirects = 0;
  private webFiles: Promise<void> | null = null;
  private low = 0;

  constructor(
    private readonly context: DownloadContext,
    file: RemoteFile,
    private readonly size: StoredSize,
    signal: Stop,
  ) {
    this.current = new CurrentFile(context, file, signal);
    this.server = new FileServer(context, file.dc, signal);
  }

  /** Whether requests for the file may be `precise`: web files have no such thing, nor have old layers. */
  get precise(): boolean {
    const { location } = this.current.file;
    if (!location || isWeb(location)) return false;
    const init = { precise: true, location, offset: 0n, limit: 0 };
    return construct<upload.GetFileRequest>(this.context.schema, 'upload.getFile', init).precise;
  }

  /** Bytes before are not wanted any more. */
  forget(before: number): void {
    this.low = before;
    this.cdn?.forget(before);
  }

  /**
   * Bytes `[from, to)` of a part; fewer only where a file of unknown size ends.
   *
   * @throws FileError, and what calls reject with.
   */
  async fetch(part: Part): Promise<Uint8Array> {
    for (let short = 0; ;) {
      const { cdn } = this;
      const bytes = await (cdn ? this.fromCdn(cdn, part) : this.fromMaster(part));
      if (!bytes) continue;
      const wanted = part.to - part.from;
      if (bytes.length === wanted || this.size.bytes === undefined) return bytes;
      short += 1;
      if (short === SHORT_TRIES) wrongSize(part.from, `${wanted} are there`, bytes.length);
    }
  }

  /** null: has to be asked for again. */
  private async fromMaster({ offset, limit, from, to }: Part): Promise<Uint8Array | null> {
    const { file } = this.current;
    const { changes } = this;
    try {
      const answer = await this.ask(file, offset, limit);
      this.current.worked();
      if (answer._ === 'upload.fileCdnRedirect') {
        if (changes === this.changes) this.follow(answer);
        return null;
      }
      checkLength(this.size, offset, limit, answer.bytes.length);
      return answer.bytes.subarray(from - offset, to - offset);
    } catch (error) {
      if (!isStaleReference(error)) throw error;
      await this.current.renew(file, error);
      const { dc } = this.current.file;
      if (dc !== undefined && dc !== file.dc) this.server.moved(dc);
      return null;
    }
  }

  /** null: has to be asked for again, elsewhere. */
  private async fromCdn(cdn: CdnDownload, part: Part): Promise<Uint8Array | null> {
    try {
      return await cdn.fetch(part);
    } catch (error) {
      const stale = error instanceof RpcError && STALE_TOKENS.has(error.code);
      const useless = error instanceof CdnGaveUp || isUseless(error);
      if (!stale && !useless) throw error;
      if (this.cdn === cdn) this.leave(useless, error);
      return null;
    }
  }

  private follow(redirect: upload.FileCdnRedirect): void {
    if (this.redirects >= MAX_REDIRECTS) {
      const message = 'The data center sends the download to a CDN, though it was asked not to';
      throw new FileError('UNSUPPORTED', message);
    }
    const { context, size, server, low } = this;
    this.cdn = new CdnDownload(context, redirect, size, server, low);
    this.redirects += 1;
    this.changes += 1;
  }

  /** @param useless - not even another redirect would help. */
  private leave(useless: boolean, { message }: Error): void {
    this.cdn = null;
    this.changes += 1;
    if (useless) this.redirects = MAX_REDIRECTS;
    this.context.log.log('notice', `A download goes on without its CDN: ${message}`);
  }

  private ask(
    { location }: RemoteFile,
    offset: number,
    limit: number,
  ): Promise<upload.TypeFile | upload.TypeWebFile> {
    const { schema } = this.context;
    if (!location)
      throw new FileError(
        'NO_FILE',
        'The file is nowhere to be asked for: give the message or the media that it came with',
      );
    if (isWeb(location)) return this.askWeb(location, offset, limit);
    const request = construct<upload.GetFileRequest>(schema, 'upload.getFile', {
      precise: true,
      cdnSupported: this.redirects < MAX_REDIRECTS,
      location,
      offset: BigInt(offset),
      limit,
    });
    return this.server.invoke(request);
  }

  private async askWeb(
    location: base.TypeInputWebFileLocation,
    offset: number,
    limit: number,
  ): Promise<upload.TypeWebFile> {
    if (offset + limit > MAX_WEB_OFFSET) {
      throw new FileError(
        'BAD_RANGE',
        'A web file can be read up to 2 GiB only: end the range before',
      );
    }
    this.webFiles ??= this.findWebFiles().catch((error: unknown) => {
      this.webFiles = null;
      throw error;
    });
    await this.webFiles;
    const init = { location, offset, limit };
    const name = 'upload.getWebFile';
    return this.server.invoke(construct<upload.GetWebFileRequest>(this.context.schema, name, init));
  }

  /** One data center fetches files of the web for all; which, the configuration says. */
  private async findWebFiles(): Promise<void> {
    if (this.current.file.dc !== undefined) return;
    const request = construct<help.GetConfigRequest>(this.context.schema, 'help.getConfig', {});
    const { webfileDcId } = await this.server.invoke(request);
    this.server.moved(webfileDcId);
  }
}

/** Whether the CDN is of no use: it cannot be reached, or what belongs to it is refused. The master has the file. */
function isUseless(error: unknown): error is Error {
  if (error instanceof ClosedError) return error.cause instanceof HandshakeError;
  if (error instanceof RpcError) return /\.[a-z]+Cdn/.test(error.method);
  return (
    error instanceof DataCenterError ||
    error instanceof SchemaError ||
    // Of the call, which has one of its own; when all has to end, that is told by the signal.
    error instanceof TimeoutError
  );
}

function isWeb(
  location: base.TypeInputFileLocation | base.TypeInputWebFileLocation,
): location is base.TypeInputWebFileLocation {
  return location._.startsWith('inputWebFile');
}

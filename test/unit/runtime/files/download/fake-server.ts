import type { TlMethod } from '@tlgen/codec';
import { base, help, storage, upload } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { Cancellation } from '../../../../../packages/runtime/src/core/cancellation.js';
import { AbortError, RpcError } from '../../../../../packages/runtime/src/core/errors.js';
import type { InvokeOptions } from '../../../../../packages/runtime/src/core/types.js';
import { nodeCrypto } from '../../../../../packages/runtime/src/crypto/provider/node.js';
import type { DownloadContext } from '../../../../../packages/runtime/src/files/download/index.js';
import type { RemoteFile } from '../../../../../packages/runtime/src/files/location/types.js';
import { FakeClock } from '../../network/fakes/clock.js';

export const KiB = 1024;
export const MiB = 1024 * KiB;
const HOME = 2;
export const CDN_DC = 203;

/** What a test makes of a request instead of its answer. */
export type Fault = 'short' | 'cut' | 'long' | 'stale' | 'wrong' | 'reupload' | 'token' | 'fail';

export interface FakeFile {
  readonly content: Uint8Array;
  /** Data center that has it. Default: home. */
  readonly dc?: number;
  /** Size of the blocks that a CDN has hashes of; absent: no CDN. */
  readonly cdnBlock?: number;
  /** Hashes per answer, the redirect's too. Default 3. */
  readonly hashes?: number;
  readonly web?: boolean;
}

/** A server with one file: checks every request by the rules of upload.getFile, and how many come at a time. */
export class FakeServer {
  readonly clock = new FakeClock();
  /** What broke a rule; has to stay empty. */
  readonly problems: string[] = [];
  /** Every request for bytes: name, offset, limit, data center. */
  readonly log: { name: string; offset: number; limit: number; dc: number }[] = [];
  calls = 0;
  inFlight = 0;
  mostInFlight = 0;
  refreshes = 0;
  redirects = 0;
  reuploads = 0;
  hashCalls = 0;
  configs = 0;
  reference = 1;
  /** Asked for each request for bytes; the number counts them. */
  fault: (name: string, count: number) => Fault | undefined = () => undefined;
  redirect: (real: upload.FileCdnRedirect) => upload.FileCdnRedirect = (real) => real;
  /** Called when a request arrives; what it resolves with is waited for. */
  delay: () => Promise<void> = () => Promise.resolve();
  refresh: (file: RemoteFile) => Promise<RemoteFile> = (file) =>
    Promise.resolve({ ...file, location: this.location() });
  private readonly key = nodeCrypto.sha256(new Uint8Array([1]));
  private readonly iv = nodeCrypto.sha256(new Uint8Array([2])).subarray(0, 16);
  private token = 1;
  private asked = 0;

  constructor(readonly given: FakeFile) {}

  location(): base.TypeInputFileLocation | base.TypeInputWebFileLocation {
    if (this.given.web) {
      return new base.InputWebFileLocation({ url: 'https://example.org/a', accessHash: 1n });
    }
    const fileReference = new Uint8Array([this.reference]);
    const init = { id: 1n, accessHash: 2n, fileReference, thumbSize: '' };
    return new base.InputDocumentFileLocation(init);
  }

  file(changes: Partial<RemoteFile> = {}): RemoteFile {
    return {
      kind: 'document',
      dc: undefined,
      location: this.location(),
      size: this.given.content.length,
      name: undefined,
      mimeType: undefined,
      date: undefined,
      thumbSize: '',
      identity: 'one',
      ...changes,
    };
  }

  context(changes: Partial<DownloadContext> = {}): DownloadContext {
    const unused = (): never => {
      throw new Error('a download does not need that');
    };
    return {
      schema,
      log: { log: () => undefined },
      crypto: nodeCrypto,
      proxied: false,
      get state() {
        return unused();
      },
      get peers() {
        return unused();
      },
      settings: { parallel: 4, connections: 2 },
      self: () => ({ id: 1n, bot: false }),
      now: () => 0,
      invoke: (request, options) => this.invoke(request, options),
      refresh: (file) => {
        this.refreshes += 1;
        return this.refresh(file);
      },
      cancellable: async (options, what, work) => {
        const cancellation = new Cancellation(this.clock, options, what);
        try {
          cancellation.throwIfAborted();
          return await work(cancellation.signal);
        } finally {
          cancellation.dispose();
        }
      },
      ...changes,
    };
  }

  async invoke<Result>(request: TlMethod<Result>, options: InvokeOptions = {}): Promise<Result> {
    const { signal } = options;
    this.calls += 1;
    const bytes = request._ !== 'upload.getCdnFileHashes' && request._ !== 'upload.reuploadCdnFile';
    if (options.connection !== 'media') this.problems.push(`${request._} not over media`);
    if (options.repeatable !== true) this.problems.push(`${request._} not repeatable`);
    if (signal?.aborted) throw new AbortError('aborted before');
    this.inFlight += bytes ? 1 : 0;
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
    try {
      await new Promise<void>((resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new AbortError('aborted')));
        this.delay().then(resolve, reject);
      });
      return this.answer(request, options) as Result;
    } finally {
      this.inFlight -= bytes ? 1 : 0;
    }
  }

  private answer(request: TlMethod, options: InvokeOptions): unknown {
    if (request instanceof upload.GetCdnFileHashesRequest) {
      this.hashCalls += 1;
      this.atHome(request, options);
      this.checkToken(request);
      return this.hashesFrom(Number(request.offset));
    }
    if (request instanceof upload.ReuploadCdnFileRequest) {
      this.reuploads += 1;
      this.atHome(request, options);
      this.checkToken(request);
      return this.hashesFrom(0);
    }
    if (
      request instanceof upload.GetFileRequest ||
      request instanceof upload.GetCdnFileRequest ||
      request instanceof upload.GetWebFileRequest
    ) {
      return this.bytes(request, options);
    }
    if (request instanceof help.GetConfigRequest) {
      this.configs += 1;
      return { webfileDcId: this.given.dc };
    }
    throw new RpcError(400, 'METHOD_INVALID', request._);
  }

  private bytes(
    request: upload.GetFileRequest | upload.GetCdnFileRequest | upload.GetWebFileRequest,
    options: InvokeOptions,
  ): unknown {
    const name = request._;
    const offset = Number(request.offset);
    const { limit } = request;
    this.log.push({ name, offset, limit, dc: options.dc ?? HOME });
    this.checkRules(offset, limit, request instanceof upload.GetFileRequest && request.precise);
    const fault = this.fault(name, this.asked++);
    if (fault === 'fail') throw new RpcError(500, 'INTERNAL', name);
    if (request instanceof upload.GetCdnFileRequest) return this.cdn(request, options, fault);
    this.atHome(request, options);
    const bytes = this.spoiled(this.given.content.slice(offset, offset + limit), fault);
    const type = new storage.FileUnknown();
    if (request instanceof upload.GetWebFileRequest) {
      const size = this.given.content.length;
      return new upload.WebFile({ size, mimeType: '', fileType: type, mtime: 0, bytes });
    }
    const { location } = request as upload.GetFileRequest;
    const reference = (location as base.InputDocumentFileLocation).fileReference[0];
    if (fault === 'stale') this.reference += 1;
    if (reference !== this.reference) throw new RpcError(400, 'FILE_REFERENCE_EXPIRED', name);
    if (this.given.cdnBlock !== undefined && request.cdnSupported) return this.redirected(offset);
    return new upload.File({ type, mtime: 0, bytes });
  }

  private cdn(
    request: upload.GetCdnFileRequest,
    { dc }: InvokeOptions,
    fault: Fault | undefined,
  ): upload.TypeCdnFile {
    if (dc !== CDN_DC) this.problems.push(`upload.getCdnFile at ${dc}`);
    if (fault === 'token') this.token += 1;
    this.checkToken(request);
    if (fault === 'reupload') {
      return new upload.CdnFileReuploadNeeded({ requestToken: new Uint8Array([9]) });
    }
    const offset = Number(request.offset);
    const counter = this.iv.slice();
    new DataView(counter.buffer).setUint32(12, offset / 16);
    const plain = this.given.content.slice(offset, offset + request.limit);
    const bytes = nodeCrypto.aesCtr(this.key, counter).process(plain);
    return new upload.CdnFile({ bytes: this.spoiled(bytes, fault) });
  }

  private redirected(offset: number): upload.FileCdnRedirect {
    this.redirects += 1;
    return this.redirect(
      new upload.FileCdnRedirect({
        dcId: CDN_DC,
        fileToken: new Uint8Array([this.token]),
        encryptionKey: this.key,
        encryptionIv: this.iv,
        fileHashes: this.hashesFrom(offset),
      }),
    );
  }

  hashesFrom(offset: number): base.FileHash[] {
    const { content, cdnBlock = 128 * KiB, hashes = 3 } = this.given;
    const found: base.FileHash[] = [];
    let at = Math.floor(offset / cdnBlock) * cdnBlock;
    for (; at < content.length && found.length < hashes; at += cdnBlock) {
      const block = content.subarray(at, at + cdnBlock);
      const hash = nodeCrypto.sha256(block);
      found.push(new base.FileHash({ offset: BigInt(at), limit: block.length, hash }));
    }
    return found;
  }

  private checkToken({ _, fileToken }: { _: string; fileToken: Uint8Array }): void {
    if (fileToken[0] !== this.token) throw new RpcError(400, 'FILE_TOKEN_INVALID', _);
  }

  /** As the client's middleware does: a call for another data center goes on there. */
  private atHome({ _ }: TlMethod, { dc = HOME, onMoved }: InvokeOptions): void {
    const { dc: right = HOME } = this.given;
    if (dc === right) return;
    this.log.push({ name: `moved ${_}`, offset: 0, limit: 0, dc });
    onMoved?.(right);
  }

  private spoiled(bytes: Uint8Array, fault: Fault | undefined): Uint8Array {
    if (fault === 'short') return bytes.slice(0, Math.max(0, bytes.length - 1));
    if (fault === 'cut') return new Uint8Array(0);
    if (fault === 'long') return new Uint8Array(bytes.length + 1);
    if (fault === 'wrong' && bytes.length > 0) bytes[bytes.length >> 1]! ^= 1;
    return bytes;
  }

  private checkRules(offset: number, limit: number, precise: boolean): void {
    const unit = precise ? KiB : 4 * KiB;
    const fragment = (at: number): number => Math.floor(at / MiB);
    const fine =
      offset >= 0 &&
      limit > 0 &&
      limit <= MiB &&
      offset % unit === 0 &&
      limit % unit === 0 &&
      (precise || MiB % limit === 0) &&
      fragment(offset) === fragment(offset + limit - 1);
    if (!fine) this.problems.push(`offset ${offset}, limit ${limit}, precise ${precise}`);
  }
}

/** All that comes of a download, in one array. */
export async function collect(parts: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const part of parts) all.push(part);
  return Buffer.concat(all);
}

/** Bytes that differ from place to place; the same every time. */
export function content(size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let state = 1 + size;
  for (let index = 0; index < size; index += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) | 0;
    bytes[index] = state >>> 16;
  }
  return bytes;
}

/** `bytes` equal the expected ones: quicker than the matcher for megabytes. */
export const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

import type { TlMethod, TlObject } from '@tlgen/codec';
import { base, storage, upload } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { AbortError, RpcError } from '../../packages/runtime/src/core/errors.js';
import type { InvokeOptions } from '../../packages/runtime/src/core/types.js';
import { nodeCrypto } from '../../packages/runtime/src/crypto/provider/node.js';
import { DataCenterError } from '../../packages/runtime/src/network/errors.js';
import type { Random } from '../support/random.js';
import { randomInt, randomLong } from '../support/random-values.js';
import { RandomObjects } from './objects.js';

export const objects = new RandomObjects(schema.registry);

const ERRORS = [
  [400, 'FILE_REFERENCE_EXPIRED'],
  [400, 'FILE_REFERENCE_0_EXPIRED'],
  [406, 'FILEREF_UPGRADE_NEEDED'],
  [400, 'FILE_TOKEN_INVALID'],
  [400, 'REQUEST_TOKEN_INVALID'],
  [400, 'FILE_PART_0_MISSING'],
  [400, 'FILE_PARTS_INVALID'],
  [303, 'FILE_MIGRATE_4'],
  [420, 'FLOOD_WAIT_2147483647'],
  [500, 'NOBODY_KNOWS_THIS'],
  [-503, ''],
] as const;

/** What methods answer with that a type of their own stands for. */
const TYPES: Readonly<Record<string, string>> = {
  'help.getConfig': 'Config',
  'messages.getMessages': 'messages.Messages',
  'channels.getMessages': 'messages.Messages',
  'messages.getFullChat': 'messages.ChatFull',
  'channels.getFullChannel': 'messages.ChatFull',
  'messages.getStickerSet': 'messages.StickerSet',
  'messages.getSavedGifs': 'messages.SavedGifs',
  'messages.getWebPage': 'messages.WebPage',
  'messages.uploadMedia': 'MessageMedia',
  'photos.getUserPhotos': 'photos.Photos',
  'stories.getStoriesByID': 'stories.Stories',
  'users.getFullUser': 'users.UserFull',
};

export interface HostileOptions {
  /** The file, as far as the server is honest about it. */
  readonly content: Uint8Array;
  /** Percent of answers that are as they should be. */
  readonly honest: number;
  /** Redirects rightly and tells the right hashes: only the CDN is hostile. */
  readonly honestMaster?: boolean;
  /** Calls after which the client is said to go on for ever. */
  readonly most: number;
}

/** Answers as the schema allows, and no better; counts what it is asked for. */
export class HostileServer {
  calls = 0;
  inFlight = 0;
  mostInFlight = 0;
  /** What would make it end the call. */
  onCall: (count: number) => void = () => undefined;
  private readonly key = nodeCrypto.sha256(new Uint8Array([1]));
  private readonly iv = nodeCrypto.sha256(new Uint8Array([2])).subarray(0, 16);

  constructor(
    private readonly random: Random,
    private readonly options: HostileOptions,
  ) {}

  /** Stands for `context.invoke`. */
  readonly invoke = async <Result>(
    request: TlMethod<Result>,
    options: InvokeOptions = {},
  ): Promise<Result> => {
    this.calls += 1;
    // No error of the library: nobody is to get over it.
    if (this.calls > this.options.most) throw new Error(`${request._} and no end`);
    this.onCall(this.calls);
    throwIfAborted(options);
    this.inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
    try {
      for (let turns = this.random.below(8); turns > 0; turns -= 1) await undefined;
      throwIfAborted(options);
      return this.answer(request, options) as Result;
    } finally {
      this.inFlight -= 1;
    }
  };

  private answer(request: TlMethod, { dc, onMoved }: InvokeOptions): unknown {
    const { random } = this;
    const { honestMaster } = this.options;
    const atCdn = request instanceof upload.GetCdnFileRequest;
    const honest = (honestMaster && !atCdn) || random.chance(this.options.honest);
    if (!honest) {
      if (random.chance(5)) onMoved?.(randomInt(random));
      if (random.chance(20)) throw this.error(dc);
    }
    if (request instanceof upload.GetFileRequest) return this.file(request, honest);
    if (atCdn) return this.cdnFile(request, honest);
    if (request instanceof upload.GetWebFileRequest) {
      const bytes = this.bytes(request.offset, request.limit, honest);
      const fileType = new storage.FileUnknown();
      return new upload.WebFile({
        size: randomInt(random),
        mimeType: '',
        fileType,
        mtime: 0,
        bytes,
      });
    }
    if (
      request instanceof upload.GetCdnFileHashesRequest ||
      request instanceof upload.ReuploadCdnFileRequest
    ) {
      const offset = 'offset' in request ? Number(request.offset) : 0;
      return this.hashes(offset, honest);
    }
    const type = TYPES[request._];
    return type === undefined ? honest || random.chance(50) : objects.of(random, type, 5);
  }

  private error(dc: number | undefined): Error {
    if (this.random.chance(10)) return new DataCenterError(dc ?? 0, 'it is nowhere');
    const [number, raw] = this.random.pick(ERRORS);
    return new RpcError(number, raw, 'upload.something');
  }

  private file(request: upload.GetFileRequest, honest: boolean): TlObject {
    const { random } = this;
    const { cdnSupported, offset, limit } = request;
    if (this.options.honestMaster && cdnSupported) return this.redirect(Number(offset), true);
    if (!honest && random.chance(20)) return objects.of(random, 'upload.File');
    if (!honest && random.chance(40)) return this.redirect(Number(offset), random.chance(50));
    const bytes = this.bytes(Number(offset), limit, honest);
    return new upload.File({ type: new storage.FileUnknown(), mtime: 0, bytes });
  }

  private redirect(offset: number, honest: boolean): TlObject {
    const { random } = this;
    const odd = !honest && random.chance(30);
    return new upload.FileCdnRedirect({
      dcId: odd ? randomInt(random) : 203,
      fileToken: new Uint8Array(odd ? random.below(100_000) : 8),
      encryptionKey: odd ? random.bytes(random.below(64)) : this.key,
      encryptionIv: odd && random.chance(50) ? random.bytes(random.below(32)) : this.iv,
      fileHashes: this.hashes(offset, honest),
    });
  }

  private cdnFile({ offset, limit }: upload.GetCdnFileRequest, honest: boolean): TlObject {
    const { random } = this;
    if (!honest && random.chance(30)) return objects.of(random, 'upload.CdnFile');
    const counter = this.iv.slice();
    new DataView(counter.buffer).setUint32(12, Number(offset) / 16);
    const plain = this.bytes(Number(offset), limit, honest);
    return new upload.CdnFile({ bytes: nodeCrypto.aesCtr(this.key, counter).process(plain) });
  }

  /** Some of the file, or as many bytes as nobody asked for. */
  private bytes(offset: number, limit: number, honest: boolean): Uint8Array {
    const { random } = this;
    const right = this.options.content.slice(offset, offset + limit);
    if (honest) return right;
    const lengths = [0, 1, right.length - 1, right.length, right.length + 1, limit, limit + 1];
    const length = Math.max(0, random.pick(lengths));
    const bytes = new Uint8Array(length);
    bytes.set(right.subarray(0, length));
    if (length > 0 && random.chance(50)) bytes[random.below(length)] = random.below(256);
    return bytes;
  }

  private hashes(offset: number, honest: boolean): base.FileHash[] {
    const { random } = this;
    const { content } = this.options;
    const block = honest ? 131_072 : random.pick([4096, 65_536, 131_072, 1024 * 1024]);
    const found: base.FileHash[] = [];
    for (let at = offset - (offset % block); at < content.length && found.length < 4; at += block) {
      const bytes = content.subarray(at, at + block);
      found.push(
        new base.FileHash({
          offset: BigInt(at),
          limit: bytes.length,
          hash: nodeCrypto.sha256(bytes),
        }),
      );
    }
    return honest ? found : found.map((one) => this.spoiled(one));
  }

  private spoiled(one: base.FileHash): base.FileHash {
    const { random } = this;
    if (random.chance(10)) one.offset = random.chance(50) ? randomLong(random) : one.offset + 4096n;
    if (random.chance(10)) one.limit = random.pick([0, 1, 4096, one.limit + 1, randomInt(random)]);
    if (random.chance(5)) one.hash = random.bytes(random.pick([0, 31, 32, 33]));
    return one;
  }
}

function throwIfAborted({ signal }: InvokeOptions): void {
  if (signal?.aborted) throw new AbortError('the call was given up');
}

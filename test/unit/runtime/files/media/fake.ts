import { decode, encode, type CallOptions, type TlMethod, type TlObject } from '@tlgen/codec';
import { base, messages, type upload } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { apiText } from '../../../../../packages/runtime/src/client/api/text.js';
import type { SendMediaContext } from '../../../../../packages/runtime/src/client/send-options.js';
import { Cancellation } from '../../../../../packages/runtime/src/core/cancellation.js';
import { RpcError } from '../../../../../packages/runtime/src/core/errors.js';
import { nodeCrypto } from '../../../../../packages/runtime/src/crypto/provider/node.js';
import type { FileReferences } from '../../../../../packages/runtime/src/files/location/index.js';
import type { RemoteFile } from '../../../../../packages/runtime/src/files/location/types.js';
import type { PeerInputs } from '../../../../../packages/runtime/src/peers/types.js';
import type { FileSystem } from '../../../../../packages/runtime/src/platform/file-system.js';
import type { Clock, FetchFile } from '../../../../../packages/runtime/src/platform/types.js';
import type { Store } from '../../../../../packages/runtime/src/storage/store.js';
import { Random } from '../../../../support/random.js';

/** A clock whose timers ring when the test says so. */
export class FakeClock implements Clock {
  private readonly timers = new Set<() => void>();

  now() {
    return { wall: 1_700_000_000_000, steady: 0 };
  }

  after(_: number, callback: () => void) {
    this.timers.add(callback);
    return { cancel: () => void this.timers.delete(callback) };
  }

  ring(): void {
    for (const one of this.timers) one();
  }

  get waiting(): number {
    return this.timers.size;
  }
}

export const rpcError = (method: string, raw: string): RpcError => new RpcError(400, raw, method);

const reference = (version: number): Uint8Array => Uint8Array.of(version);

export const photo = (id: bigint, version = 1): base.Photo =>
  new base.Photo({
    id,
    accessHash: id * 10n,
    fileReference: reference(version),
    date: 5,
    sizes: [new base.PhotoSize({ type: 'x', w: 800, h: 600, size: 1000 })],
    dcId: 2,
  });

export const document = (
  id: bigint,
  attributes: base.TypeDocumentAttribute[] = [],
  version = 1,
): base.Document =>
  new base.Document({
    id,
    accessHash: id * 10n,
    fileReference: reference(version),
    date: 5,
    mimeType: 'application/x-thing',
    size: 1000n,
    dcId: 2,
    attributes,
  });

/** A server that keeps parts, makes media of them and takes messages, as far as tests of sending need it. */
export class FakeServer {
  /** All requests but those for parts, in order. */
  readonly requests: TlMethod[] = [];
  /** Bytes of uploads, by file id. */
  readonly uploads = new Map<bigint, Uint8Array>();
  /** How often something was uploaded, by file id in order. */
  readonly order: bigint[] = [];
  /** What to answer with instead, by method; taken from the front. `undefined`: as always. */
  readonly refusals: Record<string, (Error | undefined)[]> = {};
  /** Called before each part is taken. */
  onPart: () => void | Promise<void> = () => undefined;
  /** What a fresh reference was asked for. */
  readonly refreshed: RemoteFile[] = [];
  readonly clock = new FakeClock();
  private nextId = 1000;
  private underWay = 0;
  mostUnderWay = 0;

  readonly context: SendMediaContext;

  constructor(
    parts: { readonly fileSystem?: FileSystem; readonly fetchFile?: FetchFile } = {},
    peers: Partial<PeerInputs> = {},
  ) {
    const random = new Random(11);
    const found = {
      inputPeer: () => Promise.resolve(new base.InputPeerUser({ userId: 7n, accessHash: 8n })),
      ...peers,
    } as PeerInputs;
    const silent = { debug() {}, info() {}, warn() {}, error() {} };
    this.context = {
      schema,
      log: silent as unknown as SendMediaContext['log'],
      crypto: nodeCrypto,
      ...parts,
      proxied: false,
      state: {} as Store,
      settings: { parallel: 4, connections: 1 },
      peers: found,
      text: apiText(schema, found),
      random: (length) => random.bytes(length),
      self: () => ({ id: 1n, bot: false }),
      now: () => this.clock.now().wall,
      invoke: <Result>(request: TlMethod<Result>) => this.answer(request) as Promise<Result>,
      cancellable: async <T>(
        options: CallOptions,
        what: string,
        work: (signal: AbortSignal) => Promise<T>,
      ): Promise<T> => {
        const cancellation = new Cancellation(this.clock, options, what);
        try {
          cancellation.throwIfAborted();
          return await work(cancellation.signal);
        } finally {
          cancellation.dispose();
        }
      },
      references: {
        refresh: (file: RemoteFile) => {
          this.refreshed.push(file);
          const { location } = file as { location: base.InputDocumentFileLocation };
          const { constructor } = location as { constructor: unknown };
          const make = constructor as new (init: object) => base.InputDocumentFileLocation;
          return Promise.resolve({
            ...file,
            location: new make({ ...location, fileReference: reference(99) }),
          });
        },
        freshInput: ({ media }: Pick<RemoteFile, 'media'>) => {
          const init = { id: media?.id ?? 0n, accessHash: 1n, fileReference: reference(99) };
          return Promise.resolve(
            media?.type === 'photo' ? new base.InputPhoto(init) : new base.InputDocument(init),
          );
        },
      } as unknown as FileReferences,
    };
  }

  /** Names of the requests that were not for parts. */
  get names(): string[] {
    return this.requests.map(({ _ }) => _);
  }

  of<T extends TlMethod>(name: string): T[] {
    return this.requests.filter(({ _ }) => _ === name) as T[];
  }

  content(file: base.TypeInputFile | undefined): Uint8Array | undefined {
    return file && 'name' in file ? this.uploads.get(file.id) : undefined;
  }

  private async answer(request: TlMethod): Promise<unknown> {
    if (request._ === 'upload.saveFilePart') {
      return this.part(request as unknown as upload.SaveFilePartRequest);
    }
    this.requests.push(request);
    const refusal = this.refusals[request._]?.shift();
    await Promise.resolve();
    if (refusal) throw refusal;
    switch (request._) {
      case 'messages.uploadMedia':
        return this.made((request as messages.UploadMediaRequest).media);
      case 'messages.sendMedia':
        return this.sent([request as messages.SendMediaRequest]);
      case 'messages.sendMultiMedia':
        return this.sent((request as messages.SendMultiMediaRequest).multiMedia);
      default:
        throw new Error(`not expected: ${request._}`);
    }
  }

  private async part({ fileId, filePart, bytes }: upload.SaveFilePartRequest): Promise<boolean> {
    if (filePart === 0) this.order.push(fileId);
    this.mostUnderWay = Math.max(this.mostUnderWay, ++this.underWay);
    try {
      await this.onPart();
      await new Promise((resolve) => setImmediate(resolve));
    } finally {
      this.underWay--;
    }
    const before = this.uploads.get(fileId) ?? new Uint8Array(0);
    const all = new Uint8Array(Math.max(before.length, filePart * 524_288 + bytes.length));
    all.set(before);
    all.set(bytes, filePart * 524_288);
    this.uploads.set(fileId, all);
    return true;
  }

  private made(media: base.TypeInputMedia): base.TypeMessageMedia {
    const id = BigInt(++this.nextId);
    return media._ === 'inputMediaUploadedPhoto' || media._ === 'inputMediaPhotoExternal'
      ? new base.MessageMediaPhoto({ photo: photo(id) })
      : new base.MessageMediaDocument({ document: document(id) });
  }

  private sent(
    all: readonly { readonly randomId: bigint; readonly media: base.TypeInputMedia }[],
  ): base.TypeUpdates {
    const updates: base.TypeUpdate[] = [];
    for (const { randomId, media } of all) {
      const id = ++this.nextId;
      updates.push(new base.UpdateMessageID({ id, randomId }));
      updates.push(
        new base.UpdateNewMessage({
          message: new base.Message({
            id,
            peerId: new base.PeerUser({ userId: 7n }),
            date: 77,
            message: '',
            media: this.made(media),
          }),
          pts: 1,
          ptsCount: 1,
        }),
      );
    }
    return new base.Updates({ updates, users: [], chats: [], date: 1234, seq: 0 });
  }
}

/** What an object shows once it was written and read: `_`, the fields that are there, and the flags that are set. */
export function shown(object: TlObject): unknown {
  const read = decode(encode(object), schema.registry);
  return JSON.parse(
    JSON.stringify(read, (_, value: unknown) => (value === false ? undefined : value)),
  );
}

import { createHash } from 'node:crypto';
import type { CallOptions, TlMethod, TlObject } from '@tlgen/codec';
import { base, upload } from '@tlgen/telegram';
import { AbortError, RpcError } from '../../../../../../packages/runtime/src/core/errors.js';
import type { InvokeOptions } from '../../../../../../packages/runtime/src/core/types.js';
import type { Random } from '../../../../../support/random.js';

/** What the server holds clients to; tests of many runs make it smaller, with the client's limits. */
export interface ServerLimits {
  readonly part: number;
  readonly small: number;
}

const TRUE_LIMITS: ServerLimits = { part: 524288, small: 10 * 1024 * 1024 };

type SaveRequest = upload.SaveFilePartRequest | upload.SaveBigFilePartRequest;

interface StoredFile {
  readonly method: string;
  readonly parts: Map<number, Uint8Array>;
  /** As the calls said them. */
  readonly totals: Map<number, number>;
}

/** A call the server has, before it answers. */
export interface ServerCall {
  readonly method: string;
  readonly fileId: bigint;
  readonly index: number;
  readonly total: number | null;
}

/** Keeps parts in memory, and refuses what breaks a rule of the API. */
export class FakeServer {
  readonly files = new Map<bigint, StoredFile>();
  /** In the order in which they were answered with true. */
  readonly saved: ServerCall[] = [];
  readonly calls: ServerCall[] = [];
  inFlight = 0;
  mostInFlight = 0;
  aborted = 0;
  /** What happens before a part is kept; what it throws is the answer. */
  before: (call: ServerCall) => Promise<void> | void = () => {};
  /** The answer; the part is kept all the same. */
  answer: (call: ServerCall) => boolean = () => true;

  constructor(
    private readonly random: Random,
    private readonly limits: ServerLimits = TRUE_LIMITS,
  ) {}

  /** Stands for `context.invoke`. */
  readonly invoke = async <Result>(
    request: TlMethod<Result>,
    options: InvokeOptions = {},
  ): Promise<Result> => {
    if (options.connection !== 'media' || options.repeatable !== true || options.dc !== undefined) {
      throw new Error('parts go over connections for files, at home, and may be repeated');
    }
    if (!isSave(request)) throw new Error(`unexpected ${request._}`);
    const total = 'fileTotalParts' in request ? request.fileTotalParts : null;
    const { fileId, filePart: index, _: method } = request;
    const call = { method, fileId, index, total };
    this.calls.push(call);
    this.inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
    try {
      await orAborted(this.turns(), options, () => (this.aborted += 1));
      await orAborted(Promise.resolve(this.before(call)), options, () => (this.aborted += 1));
      const bytes = new Uint8Array(request.bytes);
      this.keep(call, bytes);
      const answer = this.answer(call);
      if (answer) this.saved.push(call);
      return answer as Result;
    } finally {
      this.inFlight -= 1;
    }
  };

  /** All of a file as `sendMedia` would take it. */
  contentOf(input: TlObject): Buffer {
    if (
      !(input instanceof base.InputFile) &&
      !(input instanceof base.InputFileBig) &&
      !(input instanceof base.InputEncryptedFileUploaded) &&
      !(input instanceof base.InputEncryptedFileBigUploaded)
    ) {
      throw new Error(`unexpected ${input._}`);
    }
    const file = this.files.get(input.id);
    if (!file) refuse('FILE_ID_INVALID');
    const big = input instanceof base.InputFileBig || input._ === 'inputEncryptedFileBigUploaded';
    if (file.method !== (big ? 'upload.saveBigFilePart' : 'upload.saveFilePart')) {
      refuse('FILE_PARTS_INVALID');
    }
    const parts: Uint8Array[] = [];
    for (let index = 0; index < input.parts; index += 1) {
      const part = file.parts.get(index);
      if (!part) refuse(`FILE_PART_${index}_MISSING`);
      if (index < input.parts - 1 && part.length !== this.limits.part)
        refuse('FILE_PART_SIZE_INVALID');
      parts.push(part);
    }
    if (file.parts.size !== input.parts) refuse('FILE_PARTS_INVALID');
    const content = Buffer.concat(parts);
    if (big !== content.length > this.limits.small)
      throw new Error(`wrong method for ${content.length} bytes`);
    if (big && file.totals.get(input.parts - 1) !== input.parts) refuse('FILE_PARTS_INVALID');
    for (const [index, total] of file.totals) {
      const isKnown = total === input.parts;
      const isUnknown = total === -1 && index < input.parts - 1;
      if (!isKnown && !isUnknown) refuse('FILE_PARTS_INVALID');
    }
    if (input instanceof base.InputFile) {
      const md5 = createHash('md5').update(content).digest('hex');
      if (input.md5Checksum !== md5) refuse('MD5_CHECKSUM_INVALID');
    }
    if (input instanceof base.InputEncryptedFileUploaded && input.md5Checksum !== '') {
      throw new Error('the checksum of an encrypted file tells of its content');
    }
    return content;
  }

  private keep({ fileId, index, method, total }: ServerCall, bytes: Uint8Array): void {
    if (bytes.length === 0) refuse('FILE_PART_EMPTY');
    if (bytes.length > this.limits.part) refuse('FILE_PART_TOO_BIG');
    if (index < 0 || index >= 8000) refuse('FILE_PART_INVALID');
    if (total === null && index >= this.limits.small / this.limits.part)
      refuse('FILE_PART_INVALID');
    if (total !== null) {
      if (total !== -1 && (total < 1 || total > 8000 || index >= total)) {
        refuse('FILE_PARTS_INVALID');
      }
      if (bytes.length < this.limits.part && index !== total - 1) refuse('FILE_PART_SIZE_INVALID');
    }
    const file = this.files.get(fileId) ?? { method, parts: new Map(), totals: new Map() };
    this.files.set(fileId, file);
    if (file.method !== method) refuse('FILE_PART_INVALID');
    const before = file.parts.get(index);
    if (before && before.length !== bytes.length) refuse('FILE_PART_SIZE_CHANGED');
    file.parts.set(index, bytes);
    if (total !== null) file.totals.set(index, total);
  }

  /** Answers come in any order. */
  private async turns(): Promise<void> {
    for (let left = this.random.below(40); left > 0; left -= 1) await undefined;
  }
}

function isSave(request: TlMethod): request is SaveRequest & TlMethod {
  return (
    request instanceof upload.SaveFilePartRequest ||
    request instanceof upload.SaveBigFilePartRequest
  );
}

function refuse(raw: string): never {
  throw new RpcError(400, raw, 'upload.save');
}

function orAborted<T>(work: Promise<T>, { signal }: CallOptions, onAbort: () => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      onAbort();
      reject(new AbortError('the call was given up'));
    };
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort);
    work.then(resolve, reject).finally(() => signal?.removeEventListener('abort', abort));
  });
}

import type { base, upload } from '@tlgen/telegram';
import { equalBytes } from '../../../crypto/compare.js';
import { orAbort } from '../../../core/sleep.js';
import { construct } from '../../../network/construct.js';
import { FileError } from '../../errors.js';
import { checkLength, wrongSize, type StoredSize } from '../file-size.js';
import type { FileServer } from '../file-server.js';
import type { Part } from '../plan.js';
import type { DownloadContext } from '../types.js';
import { HashTable, type HashedBlock } from './hash-table.js';
import { nextPiece, type Piece } from './pieces.js';
import { checkRedirect, counterBlock } from './redirect.js';

/** A CDN that has lost the file again after so many uploads is left alone. */
const MAX_REUPLOADS = 3;
/** Tries of bytes that came short, and of bytes whose hash was wrong. */
const SHORT_TRIES = 3;
const HASH_TRIES = 2;
/** A CDN that does not answer for so long is left alone. Milliseconds. */
const PATIENCE = 20_000;

/** Where blocks begin that have a byte: as the servers make them, else as large as they can be. */
const ASKED = [128 * 1024, 1024 * 1024];

/** So many answers have the hashes of 1 MiB, however few are in one. */
const MAX_ANSWERS = 256;

/** A CDN cannot be made to have the file: the download has to go on elsewhere. */
export class CdnGaveUp extends Error {
  override readonly name = 'CdnGaveUp';
}

/**
 * A file at a CDN data center: asks for whole hashed blocks, and gives out no byte whose block was not verified.
 *
 * CDN data centers are not trusted: https://core.telegram.org/cdn. Hashes come from the master data center, and are of
 * the content after decryption.
 */
export class CdnDownload {
  private readonly hashes = new HashTable();
  private learning: Promise<number> | null = null;
  private reuploading: Promise<void> | null = null;
  private uploads = 0;
  /** It has answered. */
  private reached = false;

  /** @throws FileError for a redirect that cannot be followed. */
  constructor(
    private readonly context: Pick<DownloadContext, 'schema' | 'crypto'>,
    private readonly redirect: upload.FileCdnRedirect,
    private readonly size: StoredSize,
    private readonly server: FileServer,
    /** From there on bytes are wanted. */
    start: number,
  ) {
    checkRedirect(redirect);
    this.hashes.forget(start);
    this.hashes.add(redirect.fileHashes);
  }

  /** Bytes before are not wanted any more. */
  forget(before: number): void {
    this.hashes.forget(before);
  }

  /**
   * Bytes `[from, to)`; fewer only where a file of unknown size ends.
   *
   * @throws FileError `WRONG_HASH`, `WRONG_SIZE`; CdnGaveUp; what calls reject with.
   */
  async fetch({ from, to }: Part): Promise<Uint8Array> {
    const blocks = await this.blocksOf(from, to);
    const first = blocks[0];
    const last = blocks.at(-1);
    if (!first || !last) return new Uint8Array(0);
    for (let tries = 1; ; tries += 1) {
      const bytes = await this.span(first.offset, last.end);
      const wrong = blocks.find((block) => !this.matches(block, bytes, first.offset));
      if (!wrong) return bytes.subarray(from - first.offset, to - first.offset);
      if (tries >= HASH_TRIES) {
        const message = `Bytes ${wrong.offset} to ${wrong.end} from the CDN are not those of the file: try again later`;
        throw new FileError('WRONG_HASH', message);
      }
    }
  }

  private matches({ offset, end, hash }: HashedBlock, bytes: Uint8Array, from: number): boolean {
    const content = bytes.subarray(offset - from, end - from);
    return equalBytes(this.context.crypto.sha256(content), hash);
  }

  /** The blocks that have these bytes; they end early only where a file of unknown size does. */
  private async blocksOf(from: number, to: number): Promise<HashedBlock[]> {
    const blocks: HashedBlock[] = [];
    for (let position = from; position < to;) {
      const block = await this.blockAt(position);
      if (!block) break;
      blocks.push(block);
      position = block.end;
    }
    return blocks;
  }

  /** null: a file of unknown size ends before. */
  private async blockAt(position: number): Promise<HashedBlock | null> {
    for (let asked = 0; ;) {
      const block = this.hashes.at(position);
      if (block) return this.withinFile(block);
      if (this.learning) {
        await orAbort(this.learning, this.server.signal);
        continue;
      }
      const unit = ASKED[asked++];
      if (unit === undefined) {
        throw new FileError('WRONG_HASH', `The server has no hash for byte ${position}`);
      }
      const begins = this.hashes.endsAt(position);
      const place = begins ? position : position - (position % unit);
      this.learning = this.learnFrom(place, position).finally(() => {
        this.learning = null;
      });
      const reach = await this.learning;
      const sure = begins || asked === ASKED.length;
      if (sure && reach <= position && this.size.bytes === undefined) return null;
    }
  }

  /** Asks for hashes from `place` on, until one answer reaches beyond `position`, or none goes further. */
  private async learnFrom(place: number, position: number): Promise<number> {
    for (let from = place, answers = 0; ; answers += 1) {
      const reach = await this.learn(from);
      if (reach <= from || reach > position) return reach;
      // Not the end of the file, whatever it is.
      if (answers >= MAX_ANSWERS) return Infinity;
      from = reach;
    }
  }

  /** The last block may be announced as long as the others are. */
  private withinFile(block: HashedBlock): HashedBlock {
    const { bytes = Infinity, padded } = this.size;
    return padded || block.end <= bytes ? block : { ...block, end: bytes };
  }

  /** Where the last of the blocks ends that the master data center told of. */
  private async learn(position: number): Promise<number> {
    const name = 'upload.getCdnFileHashes';
    const { fileToken } = this.redirect;
    const offset = BigInt(position);
    const init = { fileToken, offset };
    const request = construct<upload.GetCdnFileHashesRequest>(this.context.schema, name, init);
    const found: readonly base.TypeFileHash[] = await this.server.invoke(request);
    return this.hashes.add(found);
  }

  /** Decrypted bytes `[start, end)`, not verified; fewer only where a file of unknown size ends. */
  private async span(start: number, end: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(end - start);
    for (let position = start; position < end;) {
      const piece = nextPiece(position, end);
      const wanted = Math.min(piece.limit, end - position);
      const content = await this.whole(piece, wanted);
      bytes.set(content, position - start);
      position += content.length;
      if (content.length < wanted) return bytes.subarray(0, position - start);
    }
    return bytes;
  }

  private async whole(piece: Piece, wanted: number): Promise<Uint8Array> {
    const { crypto } = this.context;
    const { encryptionKey, encryptionIv } = this.redirect;
    for (let tries = 1; ; tries += 1) {
      const sent = await this.ask(piece);
      checkLength(this.size, piece.offset, piece.limit, sent.length);
      if (sent.length < wanted && this.size.bytes !== undefined) {
        if (tries < SHORT_TRIES) continue;
        wrongSize(piece.offset, `${wanted} are there`, sent.length);
      }
      const counter = counterBlock(encryptionIv, piece.offset);
      return crypto.aesCtr(encryptionKey, counter).process(sent.subarray(0, wanted));
    }
  }

  private async ask({ offset, limit }: Piece): Promise<Uint8Array> {
    const { dcId, fileToken } = this.redirect;
    const name = 'upload.getCdnFile';
    const init = { fileToken, offset: BigInt(offset), limit };
    const request = construct<upload.GetCdnFileRequest>(this.context.schema, name, init);
    for (let losses = 0; ; losses += 1) {
      const { uploads } = this;
      const timeout = this.reached ? undefined : PATIENCE;
      const answer: upload.TypeCdnFile = await this.server.invokeAt(dcId, request, timeout);
      this.reached = true;
      if (answer._ === 'upload.cdnFile') return answer.bytes;
      if (losses >= MAX_REUPLOADS) {
        throw new CdnGaveUp(`the CDN lost the file after ${losses} uploads to it`);
      }
      // It was uploaded meanwhile, for another part.
      if (uploads !== this.uploads) continue;
      this.reuploading ??= this.reupload(answer.requestToken).finally(() => {
        this.reuploading = null;
      });
      await orAbort(this.reuploading, this.server.signal);
    }
  }

  private async reupload(requestToken: Uint8Array): Promise<void> {
    const { fileToken } = this.redirect;
    const name = 'upload.reuploadCdnFile';
    const init = { fileToken, requestToken };
    const request = construct<upload.ReuploadCdnFileRequest>(this.context.schema, name, init);
    this.hashes.add(await this.server.invoke(request));
    this.uploads += 1;
  }
}

import { concat } from '../../crypto/bytes.js';
import { IgeStream } from '../encrypted/index.js';
import type { FilesContext } from '../types.js';
import type { Part } from './part-reader.js';
import type { UploadLog } from './upload-log.js';

const BLOCK = 16;

/** Encrypts the parts of a file for a secret chat as one stream, from where an upload before has come. */
export class PartCipher {
  /** Parts before it are at the server, and not needed to go on. */
  readonly start: number;
  private readonly stream: IgeStream;

  constructor(
    private readonly context: Pick<FilesContext, 'crypto' | 'workers'>,
    private readonly log: UploadLog,
    key: Uint8Array,
    chain: Uint8Array,
  ) {
    this.start = log.encrypted;
    this.stream = new IgeStream(context.crypto, context.workers, 'encrypt', key, chain);
  }

  /** The next part, encrypted; the last one is filled up to whole blocks with random bytes. Takes them in order. */
  async encrypt({ index, bytes }: Part): Promise<Uint8Array> {
    const missing = -bytes.length & (BLOCK - 1);
    const padded = missing === 0 ? bytes : concat(bytes, this.context.crypto.randomBytes(missing));
    const result = await this.stream.next(padded);
    this.log.noteChain(index, this.stream.chain);
    return result;
  }
}

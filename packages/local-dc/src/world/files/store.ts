import type * as tl from '@tlgen/telegram';
import { CdnTokens } from './cdn-tokens.js';
import type { FileBytes } from './file-bytes.js';
import { variantsOf } from './photo-sizes.js';
import type {
  DocumentFile,
  EncryptedStoredFile,
  ImageSize,
  PhotoFile,
  StoredFile,
} from './types.js';
import { Uploads } from './uploads.js';

/** Where a new file is kept, and since when. */
export interface NewFile {
  readonly bytes: FileBytes;
  readonly dcId: number;
  /** Server time in seconds. */
  readonly date: number;
}

/** The files of all data centers, and what was uploaded and is none yet. */
export class FileStore {
  readonly uploads = new Uploads();
  readonly cdn = new CdnTokens();
  /** How often all references were made worthless. */
  expired = 0;
  readonly #files = new Map<bigint, StoredFile>();
  #lastId = 5_300_000_000_000_000_000n;

  get size(): number {
    return this.#files.size;
  }

  get(id: bigint): StoredFile | undefined {
    return this.#files.get(id);
  }

  photo(id: bigint): PhotoFile | undefined {
    const file = this.#files.get(id);
    return file?.kind === 'photo' ? file : undefined;
  }

  document(id: bigint): DocumentFile | undefined {
    const file = this.#files.get(id);
    return file?.kind === 'document' ? file : undefined;
  }

  encrypted(id: bigint): EncryptedStoredFile | undefined {
    const file = this.#files.get(id);
    return file?.kind === 'encrypted' ? file : undefined;
  }

  addPhoto(file: NewFile, size: ImageSize): PhotoFile {
    const variants = variantsOf(size, file.bytes);
    return this.#add({ kind: 'photo', ...this.#common(file), variants });
  }

  addDocument(
    file: NewFile,
    about: {
      readonly mimeType: string;
      readonly attributes: readonly tl.TypeDocumentAttribute[];
      readonly thumb?: DocumentFile['thumb'] | undefined;
    },
  ): DocumentFile {
    const { mimeType, attributes, thumb = null } = about;
    return this.#add({ kind: 'document', ...this.#common(file), mimeType, attributes, thumb });
  }

  addEncrypted(file: NewFile, keyFingerprint: number): EncryptedStoredFile {
    return this.#add({ kind: 'encrypted', ...this.#common(file), keyFingerprint });
  }

  #common({ bytes, dcId, date }: NewFile) {
    return { id: ++this.#lastId, bytes, dcId, date, expired: 0, cdnDcId: null };
  }

  #add<F extends StoredFile>(file: F): F {
    this.#files.set(file.id, file);
    return file;
  }
}

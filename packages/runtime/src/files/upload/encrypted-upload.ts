import type { UploadedLike } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { PRINTED } from '../../core/printed.js';

/** A file for a secret chat whose encrypted parts are at the server. Key and iv go into the secret message. */
export class EncryptedUpload implements UploadedLike {
  constructor(
    /** What `messages.sendEncryptedFile` takes for it. */
    readonly inputFile: base.InputEncryptedFileUploaded | base.InputEncryptedFileBigUploaded,
    /** 32 bytes. */
    readonly key: Uint8Array,
    /** 32 bytes. */
    readonly iv: Uint8Array,
    /** As `inputFile` says it. */
    readonly keyFingerprint: number,
    /** Bytes before encryption. */
    readonly size: number,
    readonly name: string,
    readonly mimeType: string,
  ) {}

  /** What a log shows: no key. */
  toJSON(): object {
    const { name, mimeType, size } = this;
    return { name, mimeType, size };
  }

  [PRINTED](): string {
    return `EncryptedUpload ${JSON.stringify(this)}`;
  }
}

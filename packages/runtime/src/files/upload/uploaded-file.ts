import type { UploadedLike } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';

/** A file whose parts are at the server, ready to be sent, once or more, for some hours. */
export class UploadedFile implements UploadedLike {
  constructor(
    /** What requests take for it. */
    readonly inputFile: base.InputFile | base.InputFileBig,
    readonly name: string,
    readonly mimeType: string,
    /** Bytes. */
    readonly size: number,
    /** The first bytes of the content, up to 4 KiB. */
    readonly head: Uint8Array,
  ) {}
}

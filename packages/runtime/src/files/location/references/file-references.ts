import { TlgenError, type CallOptions } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { RpcError } from '../../../core/errors.js';
import { PeerError } from '../../../peers/errors.js';
import { SharedLoad } from '../../../peers/lookup/shared-load.js';
import { SchemaError } from '../../../network/errors.js';
import { FileError } from '../../errors.js';
import type { FilesContext } from '../../types.js';
import type { FileOrigin, RemoteFile } from '../types.js';
import { asksFor } from './ask-again.js';
import { findMedia, type FreshMedia } from './find-media.js';
import { OriginMemory } from './memory.js';
import { originKey } from './origin-key.js';
import { freshInput, refreshedFile, type Media } from './refreshed.js';

/** What came of asking, and where. */
interface Fresh {
  readonly media: FreshMedia;
  readonly origin: FileOrigin;
}

/**
 * Fresh references to photos and documents ("File references" in https://core.telegram.org/api/file_reference): where
 * they were seen is remembered, and asked for again when the server wants it.
 */
export class FileReferences {
  private readonly memory = new OriginMemory();
  /** Under way: who asks for the same meanwhile waits for the same. */
  private readonly loads = new Map<string, SharedLoad<Fresh>>();

  constructor(private readonly context: FilesContext) {}

  /** Photos and documents of which it is known where they were seen, at most 10,000. */
  get known(): number {
    return this.memory.size;
  }

  /** Remembers which photos and documents came with an answer or pushed update. Cheap; never throws. */
  learn(value: unknown): void {
    this.memory.learn(value);
  }

  /**
   * The same file with a reference that the server takes.
   *
   * @throws FileError `REFERENCE_EXPIRED` when it is not known where the file came from, or it is there no more; what
   * `invoke` throws when the connection or a flood wait is the reason.
   */
  async refresh(file: RemoteFile, options: CallOptions): Promise<RemoteFile> {
    if (file.location === null) return file;
    const { media } = file;
    if (!media) {
      throw expired(
        `A file of kind ${file.kind} has no reference that could be renewed: locate it anew, from the object that has it`,
      );
    }
    const fresh = await this.fresh(media, file.origin, options);
    return refreshedFile(this.context.schema, file, media, fresh.media, fresh.origin);
  }

  /**
   * A photo or document with a fresh reference, for requests that take one. Throws as {@link refresh} does.
   *
   * @param file - `origin`: where it was seen, if that is known better than from what was learnt.
   */
  async freshInput(
    file: Pick<RemoteFile, 'media' | 'origin'>,
    options: CallOptions,
  ): Promise<base.InputPhoto | base.InputDocument> {
    const { media, origin } = file;
    if (!media) throw expired('Only photos and documents have references that can be renewed');
    const fresh = await this.fresh(media, origin, options);
    return freshInput(this.context.schema, media, fresh.media);
  }

  private fresh(media: Media, given: FileOrigin | undefined, options: CallOptions): Promise<Fresh> {
    const origins = this.originsOf(media, given);
    const [first] = origins;
    if (!first) {
      return Promise.reject(
        expired(
          `The reference of ${media.type} ${media.id} has expired, and it is not known where it came from: ` +
            'download from the message that has it, or give origin',
        ),
      );
    }
    const key = `${media.type}:${media.id}:${originKey(first)}`;
    const what = `renewing the reference of ${media.type} ${media.id}`;
    return this.context.cancellable(options, what, (signal) =>
      this.shared(key, media, origins).wait(signal, what),
    );
  }

  /** Where to ask, one after the other. */
  private originsOf({ type, id }: Media, given: FileOrigin | undefined): readonly FileOrigin[] {
    const learnt = this.memory.originsOf(type, id);
    if (!given) return learnt;
    const key = originKey(given);
    return [given, ...learnt.filter((one) => originKey(one) !== key)];
  }

  private shared(key: string, media: Media, origins: readonly FileOrigin[]): SharedLoad<Fresh> {
    const under = this.loads.get(key);
    if (under && !under.isGivenUp) return under;
    const fresh = new SharedLoad<Fresh>(async (signal) => {
      try {
        return await this.ask(media, origins, signal);
      } finally {
        if (this.loads.get(key) === fresh) this.loads.delete(key);
      }
    });
    this.loads.set(key, fresh);
    return fresh;
  }

  private async ask(
    { type, id }: Media,
    origins: readonly FileOrigin[],
    signal: AbortSignal,
  ): Promise<Fresh> {
    let cause: unknown;
    for (const origin of origins) {
      for (const ask of asksFor(this.context, origin, id, { signal })) {
        try {
          const media = findMedia(await ask(), type, id);
          if (media) return { media, origin };
        } catch (error) {
          if (signal.aborted || !saysNo(error, origin)) throw error;
          cause = error;
        }
      }
    }
    const where = origins.map((one) => one.type).join(', ');
    const why = cause instanceof TlgenError ? `: ${cause.message}` : '';
    throw expired(
      `The reference of ${type} ${id} has expired, and where it came from (${where}) has it no more${why}. ` +
        'Download from another message that has it, or give origin',
      cause,
    );
  }
}

/** Classes of errors by which the server says that nothing is there, or nothing for this account. */
const REFUSALS: ReadonlySet<number> = new Set([400, 403, 404, 406]);

/** Whether nothing is to be had there; a lost connection or a flood wait says nothing about that. */
function saysNo(error: unknown, origin: FileOrigin): boolean {
  if (origin.type === 'custom') return true;
  if (error instanceof RpcError) return REFUSALS.has(error.number);
  return error instanceof PeerError || error instanceof SchemaError;
}

function expired(message: string, cause?: unknown): FileError {
  return new FileError('REFERENCE_EXPIRED', message, cause === undefined ? undefined : { cause });
}

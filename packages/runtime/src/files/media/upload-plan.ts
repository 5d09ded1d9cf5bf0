import type { FileSource } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { uploadFile } from '../upload/index.js';
import { attributesOf } from './attributes.js';
import { coverOf, type Cover } from './cover.js';
import { factsOfHead, factsOfSource, isReadAgain, type Facts } from './facts.js';
import type { SourceFile, UploadedBefore } from './file-of.js';
import { kindOfFacts } from './kind-of-facts.js';
import type { MediaPlan, PlanOptions } from './plan-types.js';
import { isStaleReference } from '../location/index.js';
import { lacksPart } from './refused.js';
import { thumbOf, type Thumb } from './thumb.js';
import type { MediaContext, MediaFields, MediaKind } from './types.js';
import { uploadedMedia } from './uploaded-media.js';

/** Kinds that have a thumbnail of the sender's; the server makes those of the others. */
const WITH_THUMB: ReadonlySet<MediaKind> = new Set<MediaKind>([
  'document',
  'video',
  'animation',
  'audio',
  'video-note',
]);

/** A file at the server, in no message yet. */
interface AtHand {
  readonly file: base.TypeInputFile;
  readonly facts: Facts;
  readonly kind: MediaKind;
  readonly thumb: base.TypeInputFile | undefined;
}

/**
 * A file to upload, or one that has been. What it is is known before the upload where its source can be looked into.
 *
 * @throws FileError, CallOptionError.
 */
export async function uploadPlan(
  context: MediaContext,
  fields: MediaFields,
  file: SourceFile | UploadedBefore,
  options: PlanOptions,
): Promise<MediaPlan> {
  const facts =
    file.type === 'uploaded'
      ? await factsOfHead(file, fields)
      : await factsOfSource(context, file.source, fields, options.signal);
  const kind = fields.type !== 'auto' ? fields.type : facts && kindOfFacts(facts);
  // What cannot be written is told now, and not when all is uploaded.
  if (kind !== 'photo') {
    attributesOf(context.schema, kind ?? 'document', fields, facts ?? UNKNOWN);
  }
  const wantsThumb = kind === undefined || WITH_THUMB.has(kind);
  const thumb =
    wantsThumb && fields.thumb !== undefined
      ? await thumbOf(context, fields.thumb, options)
      : undefined;
  const cover =
    kind === undefined || kind === 'video' ? coverOf(context, fields.cover, options) : undefined;
  return new UploadPlan(context, fields, file, options, kind, facts, thumb, cover);
}

const UNKNOWN: Facts = { name: undefined, mimeType: 'application/octet-stream', size: undefined };

class UploadPlan implements MediaPlan {
  private atHand: AtHand | undefined;
  private uploadedAgain = false;

  constructor(
    private readonly context: MediaContext,
    private readonly fields: MediaFields,
    private readonly file: SourceFile | UploadedBefore,
    private readonly options: PlanOptions,
    private readonly known: MediaKind | undefined,
    private readonly facts: Facts | undefined,
    private readonly thumb: Thumb | undefined,
    private readonly cover: Cover | undefined,
  ) {}

  get kind(): MediaKind | undefined {
    return this.known ?? this.atHand?.kind;
  }

  get size(): number | undefined {
    return this.file.type === 'uploaded' ? 0 : (this.facts?.size ?? this.fields.size);
  }

  async input(): Promise<base.TypeInputMedia> {
    this.atHand ??= await this.upload(this.options);
    return this.media(this.atHand);
  }

  async again(error: unknown): Promise<base.TypeInputMedia> {
    const { file } = this;
    if (isStaleReference(error) && (await this.cover?.refresh())) return this.input();
    const readable = file.type === 'source' && isReadAgain(file.source);
    if (!lacksPart(error) || !readable || this.uploadedAgain) throw error;
    this.uploadedAgain = true;
    // What is kept under the upload's name says that the server has all parts; and it was told to have all of them.
    this.atHand = await this.upload({ ...this.options, resume: undefined, onProgress: undefined });
    return this.media(this.atHand);
  }

  private async upload(options: PlanOptions): Promise<AtHand> {
    const { fields, file } = this;
    const { inputFile, facts } =
      file.type === 'uploaded'
        ? { inputFile: file.inputFile, facts: this.facts ?? UNKNOWN }
        : await this.send(file.source, options);
    const kind = fields.type !== 'auto' ? fields.type : (this.known ?? kindOfFacts(facts));
    const thumb = WITH_THUMB.has(kind) ? await this.thumb?.() : undefined;
    return { file: inputFile, facts, kind, thumb };
  }

  private async send(
    source: FileSource,
    { signal, onProgress, parallel, resume, fetch }: PlanOptions,
  ): Promise<{ readonly inputFile: base.TypeInputFile; readonly facts: Facts }> {
    const { fields, facts } = this;
    const uploaded = await uploadFile(this.context, source, {
      signal,
      onProgress,
      parallel,
      fetch,
      resume,
      name: facts?.name ?? fields.name,
      mimeType: facts?.mimeType ?? fields.mimeType,
      size: fields.size,
    });
    return {
      inputFile: uploaded.inputFile,
      facts: facts
        ? { ...facts, name: facts.name || uploaded.name }
        : await factsOfHead(uploaded, fields),
    };
  }

  private async media({ file, facts, kind, thumb }: AtHand): Promise<base.TypeInputMedia> {
    const cover = kind === 'video' ? await this.cover?.input() : undefined;
    return uploadedMedia(this.context.schema, kind, file, this.fields, facts, { thumb, cover });
  }
}

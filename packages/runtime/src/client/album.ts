import type { base, messages } from '@tlgen/telegram';
import type { RpcError } from '../core/errors.js';
import { planMedia, type MediaPlan, type SendableMedia } from '../files/media/index.js';
import { isStaleReference } from '../files/location/index.js';
import type { Progress } from '../files/types.js';
import { construct, constructObject } from '../network/construct.js';
import { checkKinds } from './album-kinds.js';
import { isPlaced, placedMedia } from './album-media.js';
import { albumProgress } from './album-progress.js';
import { inParallel } from './in-parallel.js';
import { withCures } from './send-cures.js';
import type { SendAlbumOptions, SendMediaContext, SentFile } from './send-options.js';
import { mediaOf, sentOf } from './send-result.js';
import { randomIdOf, replyToOf, secondsOf } from './send-shared.js';

/** Files that are uploaded at one time. */
const UPLOADS = 2;

/** A caption, as requests take it. */
export interface AlbumText {
  readonly message: string;
  readonly entities: base.TypeMessageEntity[] | undefined;
}

/** Several files on their way to one peer: planned, then placed at the server, then sent. */
export class Album {
  private plans: readonly MediaPlan[] = [];
  private placed: base.TypeInputMedia[] = [];

  constructor(
    private readonly context: SendMediaContext,
    private readonly peer: base.TypeInputPeer,
    private readonly signal: AbortSignal,
  ) {}

  /** @throws AlbumError, FileError, CallOptionError. */
  async plan(items: readonly SendableMedia[], options: SendAlbumOptions): Promise<void> {
    const { context, signal } = this;
    const plans: MediaPlan[] = [];
    let listeners: ReturnType<typeof albumProgress> = [];
    const tell = (at: number) => (progress: Progress) => listeners[at]?.(progress);
    for (const [at, media] of items.entries()) {
      const resume = options.resume && `${options.resume}/${at}`;
      plans.push(
        await planMedia(context, media, { ...options, signal, resume, onProgress: tell(at) }),
      );
    }
    listeners = albumProgress(
      plans.map(({ size }) => size),
      options.onProgress,
    );
    this.plans = plans;
    this.checkKinds();
  }

  /** @param end - ends the uploads that go on when one has failed. */
  async upload(end: () => void): Promise<void> {
    this.placed = await inParallel(
      this.plans,
      UPLOADS,
      (plan) => this.place(plan, () => plan.input()),
      end,
    );
    // Streams have told by now what they are.
    this.checkKinds();
  }

  async send(texts: readonly AlbumText[], options: SendAlbumOptions): Promise<SentFile[]> {
    const { context } = this;
    const ids = texts.map(() => randomIdOf((length) => context.random(length)));
    for (;;) {
      try {
        const updates = await this.request(texts, ids, options);
        return ids.map((randomId) => {
          const sent = sentOf(updates, randomId);
          return { ...sent, media: mediaOf(updates, sent.id) };
        });
      } catch (error) {
        // Ends: each plan asks for fresh references once.
        await this.refresh(error);
      }
    }
  }

  private request(
    texts: readonly AlbumText[],
    ids: readonly bigint[],
    { silent, noforwards, replyTo, scheduleDate }: SendAlbumOptions,
  ): Promise<base.TypeUpdates> {
    const { context, peer, placed, signal } = this;
    const { schema } = context;
    const multiMedia = placed.map((media, at) =>
      constructObject<base.InputSingleMedia>(schema, 'inputSingleMedia', {
        media,
        randomId: ids[at] ?? 0n,
        message: texts[at]?.message ?? '',
        entities: texts[at]?.entities,
      }),
    );
    const request = construct<messages.SendMultiMediaRequest>(schema, 'messages.sendMultiMedia', {
      peer,
      multiMedia,
      silent,
      noforwards,
      replyTo: replyToOf(schema, replyTo),
      scheduleDate: secondsOf(scheduleDate),
    });
    return context.invoke(request, { signal });
  }

  /** Albums take what is a photo or document at the server already: an upload is made one first. */
  private place(
    plan: MediaPlan,
    input: () => Promise<base.TypeInputMedia>,
  ): Promise<base.TypeInputMedia> {
    const { context, peer, signal } = this;
    const { schema } = context;
    const place = async (media: base.TypeInputMedia): Promise<base.TypeInputMedia> => {
      if (isPlaced(media)) return media;
      const request = construct<messages.UploadMediaRequest>(schema, 'messages.uploadMedia', {
        peer,
        media,
      });
      return placedMedia(schema, media, await context.invoke(request, { signal }));
    };
    return withCures(plan, place, input);
  }

  /** Asks for fresh references: to the file that the server names, or to all of them. @throws `error` when none is had. */
  private async refresh(error: unknown): Promise<void> {
    if (!isStaleReference(error)) throw error;
    const { value } = error as RpcError;
    const named = value !== null && value < this.plans.length ? value : undefined;
    let helped = false;
    for (const [at, plan] of this.plans.entries()) {
      if (named !== undefined && at !== named) continue;
      try {
        this.placed[at] = await this.place(plan, () => plan.again(error));
        helped = true;
      } catch (failure) {
        if (failure !== error) throw failure;
      }
    }
    if (!helped) throw error;
  }

  private checkKinds(): void {
    checkKinds(this.plans.map(({ kind }) => kind));
  }
}

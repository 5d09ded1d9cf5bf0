import type { FileLike } from '@tlgen/codec';
import type { base, messages } from '@tlgen/telegram';
import { construct, constructObject } from '../../network/construct.js';
import { FileError } from '../errors.js';
import { uploadFile } from '../upload/index.js';
import { AtServer } from './at-server.js';
import { fileOf } from './file-of.js';
import type { PlanOptions } from './plan-types.js';
import type { MediaContext } from './types.js';

/** The picture shown before a video is played. */
export interface Cover {
  /** A photo at the server; what is none yet becomes one, once. */
  input(): Promise<base.InputPhoto>;
  /** @returns false: that has been done, or is no help. */
  refresh(): Promise<boolean>;
}

/** @throws FileError when it is no photo. */
export function coverOf(
  context: MediaContext,
  cover: FileLike | undefined,
  options: PlanOptions,
): Cover | undefined {
  if (cover === undefined) return undefined;
  const file = fileOf(context.schema, cover);
  if (file.type === 'remote') {
    const photo = new AtServer(context, file.remote);
    asPhoto(photo.input());
    return {
      input: () => Promise.resolve(asPhoto(photo.input())),
      refresh: () => photo.refresh(options.signal),
    };
  }
  let made: Promise<base.InputPhoto> | undefined;
  const make = async (): Promise<base.InputPhoto> => {
    const { signal, fetch } = options;
    const inputFile =
      file.type === 'uploaded'
        ? file.inputFile
        : (await uploadFile(context, file.source, { signal, fetch })).inputFile;
    return photoOf(context, inputFile, signal);
  };
  return {
    input: () => (made ??= make()),
    refresh: () => Promise.resolve(false),
  };
}

function asPhoto(input: base.InputPhoto | base.InputDocument): base.InputPhoto {
  if (input._ === 'inputPhoto') return input;
  throw new FileError('BAD_SOURCE', 'The cover of a video has to be a photo: this is a document');
}

/** Requests take covers that are photos already. */
async function photoOf(
  context: MediaContext,
  file: base.TypeInputFile,
  signal: AbortSignal,
): Promise<base.InputPhoto> {
  const { schema } = context;
  const media = await context.invoke(
    construct<messages.UploadMediaRequest>(schema, 'messages.uploadMedia', {
      peer: constructObject<base.InputPeerSelf>(schema, 'inputPeerSelf', {}),
      media: constructObject<base.InputMediaUploadedPhoto>(schema, 'inputMediaUploadedPhoto', {
        file,
      }),
    }),
    { signal },
  );
  if (media._ !== 'messageMediaPhoto' || media.photo?._ !== 'photo') {
    throw new FileError(
      'BAD_SOURCE',
      'The server made no photo of the cover: it has to be a JPEG or PNG',
    );
  }
  const { id, accessHash, fileReference } = media.photo;
  return constructObject<base.InputPhoto>(schema, 'inputPhoto', { id, accessHash, fileReference });
}

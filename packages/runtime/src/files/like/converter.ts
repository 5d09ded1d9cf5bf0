import type { CallOptions, FileSource, TlObject } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { constructObject } from '../../network/construct.js';
import { FileError } from '../errors.js';
import { inputMediaOfFileId } from '../file-id/index.js';
import { Fields } from '../location/fields.js';
import { locate } from '../location/index.js';
import { describe } from '../location/no-file.js';
import { inputMediaOf, uploadedOf, type SendableMedia } from '../media/index.js';
import { adopting, isFileSource } from '../source/index.js';
import { uploadFile } from '../upload/index.js';
import type { FileConverterContext } from './context.js';
import { encryptedInput } from './encrypted.js';
import { knownFileId } from '../file-id/index.js';
import { mediaIn } from './media-in.js';
import { referenceTo, tlObject } from './reference.js';
import { resend } from './resend.js';
import { uploadAgain } from './uploaded.js';

/**
 * Makes the converter of `FileLike` for `client.api`: whatever may stand for a file becomes an object of the type that
 * the request needs.
 *
 * | type | what becomes of a file |
 * | --- | --- |
 * | `InputFile` | bytes are uploaded; a file of the server is downloaded and uploaded at the same time |
 * | `InputMedia` | bytes are uploaded, as what their kind says; received media are sent again by reference |
 * | `InputPhoto`, `InputDocument` | a reference to what is at the server |
 * | `InputChatPhoto` | bytes are uploaded (videos become a moving photo), photos are referred to |
 * | `InputEncryptedFile` | what was uploaded for a secret chat, or was in one |
 *
 * A text that can be read as a Bot API file id is one, any other is a path or URL.
 *
 * @returns a function that throws FileError; PeerError for stories; SchemaError; what uploads throw.
 */
export function makeFileConverter(
  context: FileConverterContext,
): (value: unknown, type: string, options: CallOptions) => Promise<TlObject> {
  return (value, type, options) =>
    adopting([value], () => converted(context, value, type, options));
}

async function converted(
  context: FileConverterContext,
  value: unknown,
  type: string,
  options: CallOptions,
): Promise<TlObject> {
  const { schema } = context;
  switch (type) {
    case 'InputFile':
      return inputFile(context, value, options);
    case 'InputMedia':
      return inputMedia(context, value, options);
    case 'InputPhoto':
      return referenceTo(schema, value, 'photo');
    case 'InputDocument':
      return referenceTo(schema, value, 'document');
    case 'InputChatPhoto':
      return chatPhoto(context, value, options);
    case 'InputEncryptedFile':
      return encryptedInput(schema, value);
    default:
      throw new FileError('UNSUPPORTED', `No ${type.slice(0, 64)} can be made of a file`);
  }
}

async function inputFile(
  context: FileConverterContext,
  value: unknown,
  options: CallOptions,
): Promise<TlObject> {
  const before = uploadedOf(context.schema, value)?.inputFile;
  if (before) return before;
  if (isNew(value)) return (await uploadFile(context, value, options)).inputFile;
  return (await uploadAgain(context, atServer(context, value), options)).inputFile;
}

async function inputMedia(
  context: FileConverterContext,
  value: unknown,
  options: CallOptions,
): Promise<TlObject> {
  const id = typeof value === 'string' ? knownFileId(value) : undefined;
  if (id) return inputMediaOfFileId(context.schema, id);
  const fields = Fields.of(value);
  if (isNew(value) || uploadedOf(context.schema, value) || (fields && isOutgoing(fields))) {
    return inputMediaOf(context, value as SendableMedia, options);
  }
  if (!fields || !tlObject(fields)) throw nothing(value);
  return resend(context, mediaIn(fields), options);
}

async function chatPhoto(
  context: FileConverterContext,
  value: unknown,
  options: CallOptions,
): Promise<TlObject> {
  const { schema } = context;
  const before = uploadedOf(context.schema, value)?.inputFile;
  if (before) {
    const mimeType = Fields.of(value)?.raw('mimeType');
    const told = typeof mimeType === 'string' ? mimeType : '';
    return uploadedPhoto(context, before as base.TypeInputFile, told);
  }
  if (isNew(value)) {
    const { inputFile: file, mimeType } = await uploadFile(context, value, options);
    return uploadedPhoto(context, file, mimeType);
  }
  const fields = Fields.of(value);
  if (fields && !tlObject(fields)) throw nothing(value);
  const named = fields?.name === 'inputPhoto';
  const file = named ? undefined : locate(schema, value);
  if (named || (file?.media?.type === 'photo' && file.kind !== 'thumbnail')) {
    const id = referenceTo(schema, value, 'photo') as base.InputPhoto;
    return constructObject<base.InputChatPhoto>(schema, 'inputChatPhoto', { id });
  }
  const { inputFile: again, mimeType } = await uploadAgain(
    context,
    file ?? atServer(context, value),
    options,
  );
  return uploadedPhoto(context, again, mimeType);
}

function uploadedPhoto(
  { schema }: FileConverterContext,
  file: base.TypeInputFile,
  mimeType: string,
): TlObject {
  const moving = mimeType.startsWith('video/');
  return constructObject<base.InputChatUploadedPhoto>(schema, 'inputChatUploadedPhoto', {
    file: moving ? undefined : file,
    video: moving ? file : undefined,
    videoStartTs: undefined,
    videoEmojiMarkup: undefined,
  });
}

/** Whether it is bytes to upload. A TL object is none, though it may have a field that looks so. */
function isNew(value: unknown): value is FileSource {
  if (typeof value === 'string' && knownFileId(value)) return false;
  const fields = Fields.of(value);
  return (!fields || fields.name === 'object') && isFileSource(value);
}

/** `{ type: 'video', file, … }` */
function isOutgoing(fields: Fields): boolean {
  const file = fields.raw('file');
  return fields.name === 'object' && typeof fields.raw('type') === 'string' && file !== undefined;
}

function atServer(context: FileConverterContext, value: unknown): ReturnType<typeof locate> {
  return locate(context.schema, value);
}

function nothing(value: unknown): FileError {
  return new FileError(
    'NO_FILE',
    `There is no file in ${describe(value)}. Accepted are a path, URL, bytes, Blob or stream, what was uploaded, ` +
      'a Bot API file id, and messages, media, photos and documents',
  );
}

import type { FileSource } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { constructObject } from '../../network/construct.js';
import { fileKeyFingerprint } from '../encrypted/index.js';
import { FileError } from '../errors.js';
import type { FilesContext } from '../types.js';
import { EncryptedUpload } from './encrypted-upload.js';
import { transfer } from './transfer.js';
import type { UploadOptions } from './types.js';

/**
 * Uploads a file for a secret chat: encrypted with a fresh key as one AES-256-IGE stream over all parts, the last one
 * filled up to 16 bytes with random ones. The checksum is empty: it would say what is in the file. ("End-to-end
 * encryption: sending encrypted files" of the protocol documents.)
 *
 * @throws as `uploadFile`.
 */
export async function uploadEncrypted(
  context: FilesContext,
  source: FileSource,
  options: UploadOptions = {},
): Promise<EncryptedUpload> {
  const { record, parts, size, name, mimeType } = await transfer(context, source, options, true);
  const { fileId: id, small, key, iv } = record;
  if (!key || !iv)
    throw new FileError(
      'WRONG_KEY',
      'The upload of the encrypted file lost its key: begin it anew',
    );
  const keyFingerprint = fileKeyFingerprint(key, iv);
  const { schema } = context;
  // 10 MiB are whole blocks, so what is small is small with its padding, too.
  const inputFile = small
    ? constructObject<base.InputEncryptedFileUploaded>(schema, 'inputEncryptedFileUploaded', {
        id,
        parts,
        md5Checksum: '',
        keyFingerprint,
      })
    : constructObject<base.InputEncryptedFileBigUploaded>(schema, 'inputEncryptedFileBigUploaded', {
        id,
        parts,
        keyFingerprint,
      });
  return new EncryptedUpload(inputFile, key, iv, keyFingerprint, size, name, mimeType);
}

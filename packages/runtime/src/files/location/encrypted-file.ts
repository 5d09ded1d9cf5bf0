import type { ApiSchema } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { constructObject } from '../../network/construct.js';
import { FileError } from '../errors.js';
import { Fields, fileSize } from './fields.js';
import { noFile } from './no-file.js';
import type { RemoteFile } from './types.js';

/** A file of a secret chat: what the server has, and what the message that came with it says. */
export interface EncryptedFileLike {
  readonly file: base.TypeEncryptedFile;
  /** 32 bytes each. */
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
  /** Bytes after decryption. */
  readonly size: number | bigint;
  readonly name?: string | undefined;
  readonly mimeType?: string | undefined;
}

/** Bytes of a key and of an initialization vector. */
const KEY_LENGTH = 32;

/** @throws FileError `NO_FILE`, `WRONG_KEY`; SchemaError. */
export function locateEncrypted(schema: ApiSchema, like: Fields): RemoteFile {
  const file = like.object('file');
  if (file?.name !== 'encryptedFile') {
    throw noFile('An encrypted file needs file: the encryptedFile that came with the message');
  }
  const id = file.long('id');
  const stored = file.size('size');
  const size = fileSize(like.raw('size'), 'The encrypted file');
  if (stored !== undefined && size > stored) {
    throw noFile(
      `The encrypted file cannot have ${size} bytes: the server keeps ${stored} of it, padding counted`,
    );
  }
  const location = constructObject<base.InputEncryptedFileLocation>(
    schema,
    'inputEncryptedFileLocation',
    { id, accessHash: file.long('accessHash') },
  );
  return {
    kind: 'encrypted',
    dc: file.dc('dcId'),
    location,
    size,
    name: like.text('name') || undefined,
    mimeType: like.text('mimeType') || undefined,
    date: undefined,
    encryption: {
      key: keyBytes(like, 'key'),
      iv: keyBytes(like, 'iv'),
      fingerprint: file.int('keyFingerprint'),
    },
    thumbSize: '',
    identity: `encrypted:${id}`,
  };
}

function keyBytes(like: Fields, field: 'key' | 'iv'): Uint8Array {
  const bytes = like.bytes(field);
  if (bytes.length === KEY_LENGTH) return bytes;
  throw new FileError(
    'WRONG_KEY',
    `The ${field} of an encrypted file has ${KEY_LENGTH} bytes, not ${bytes.length}`,
  );
}

import type { ApiSchema, TlObject } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { constructObject } from '../../network/construct.js';
import { FileError } from '../errors.js';
import { asInstance } from '../location/as-instance.js';
import { Fields } from '../location/fields.js';
import { describe } from '../location/no-file.js';

/**
 * What `messages.sendEncryptedFile` takes for a file: an upload of this session, or what another secret message had.
 *
 * @throws FileError `NO_FILE`, also for bytes: their key would be lost; SchemaError.
 */
export function encryptedInput(schema: ApiSchema, value: unknown): TlObject {
  const fields = Fields.of(value);
  const uploaded = fields?.object('inputFile');
  if (fields && uploaded?.name.startsWith('inputEncryptedFile')) {
    return asInstance(schema, fields.raw('inputFile') as object);
  }
  const file = fields?.name === 'encryptedFile' ? fields : fields?.object('file');
  if (file?.name === 'encryptedFile' || fields?.name === 'inputEncryptedFileLocation') {
    const from = file ?? (fields as Fields);
    return constructObject<base.InputEncryptedFile>(schema, 'inputEncryptedFile', {
      id: from.long('id'),
      accessHash: from.long('accessHash'),
    });
  }
  throw new FileError(
    'NO_FILE',
    `A file for a secret chat is needed here, not ${describe(value)}: what client.files.uploadEncrypted gives, ` +
      'with its key and iv in the message, or the encryptedFile of another message',
  );
}

import type { ApiSchema } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { constructObject } from '../../network/construct.js';
import { readAttributes } from './attributes.js';
import type { Fields } from './fields.js';
import { noFile } from './no-file.js';
import type { RemoteFile } from './types.js';

/**
 * A `webDocument`: a file of another site that Telegram fetches.
 *
 * @throws FileError `NO_FILE`, also for `webDocumentNoProxy`, which Telegram does not fetch; SchemaError.
 */
export function locateWebDocument(schema: ApiSchema, document: Fields): RemoteFile {
  const url = document.needText('url');
  if (document.name === 'webDocumentNoProxy') {
    throw noFile(
      'webDocumentNoProxy is a file that Telegram does not have: fetch its url yourself, from where your address may be seen',
    );
  }
  const accessHash = document.long('accessHash');
  return {
    kind: 'web',
    dc: undefined,
    location: constructObject<base.InputWebFileLocation>(schema, 'inputWebFileLocation', {
      url,
      accessHash,
    }),
    size: document.size('size'),
    name: readAttributes(document).name,
    mimeType: document.text('mimeType'),
    date: undefined,
    thumbSize: '',
    identity: `web:${url}`,
  };
}

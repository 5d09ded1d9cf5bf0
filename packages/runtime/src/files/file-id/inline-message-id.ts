import type { ApiSchema } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { constructObject } from '../../network/construct.js';
import { badFileId } from './bad-file-id.js';
import { BodyReader } from './body-reader.js';
import { BodyWriter } from './body-writer.js';
import { fromText, toText } from './text-form.js';

const WHAT = 'inline_message_id';
const OLD_BYTES = 20;
const BYTES = 24;

/**
 * Takes a Bot API `inline_message_id` apart: both forms, before and since ids of users have 64 bits.
 *
 * @throws FileError `BAD_FILE_ID`; SchemaError when the schema lacks the constructor.
 */
export function parseInlineMessageId(
  schema: ApiSchema,
  id: string,
): base.InputBotInlineMessageID | base.InputBotInlineMessageID64 {
  const data = fromText(id, WHAT);
  const reader = new BodyReader(data, WHAT);
  if (data.length !== OLD_BYTES && data.length !== BYTES) {
    throw badFileId(`An ${WHAT} holds ${OLD_BYTES} or ${BYTES} bytes, not ${data.length}`);
  }
  const dcId = reader.int('data center');
  if (data.length === OLD_BYTES) {
    return constructObject<base.InputBotInlineMessageID>(schema, 'inputBotInlineMessageID', {
      dcId,
      id: reader.long('id'),
      accessHash: reader.long('access hash'),
    });
  }
  return constructObject<base.InputBotInlineMessageID64>(schema, 'inputBotInlineMessageID64', {
    dcId,
    ownerId: reader.long('owner id'),
    id: reader.int('id'),
    accessHash: reader.long('access hash'),
  });
}

/**
 * Writes a Bot API `inline_message_id`.
 *
 * @throws FileError `BAD_FILE_ID` when a field has no such value.
 */
export function printInlineMessageId(
  id: base.InputBotInlineMessageID | base.InputBotInlineMessageID64,
): string {
  const writer = new BodyWriter();
  writer.int(id.dcId, 'data center');
  if (id._ === 'inputBotInlineMessageID') {
    writer.long(id.id, 'id');
  } else {
    writer.long(id.ownerId, 'owner id');
    writer.int(id.id, 'id');
  }
  writer.long(id.accessHash, 'access hash');
  return toText(writer.finish());
}

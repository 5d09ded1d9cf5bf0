import type { ApiSchema, CallOptions } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import type { PeerInputs } from '../../peers/types.js';
import { linkButtons, parseText, toMessageEntities, toReplyMarkup } from '../../text/index.js';
import type { ApiText } from './context.js';

/** Texts and keyboards of calls, by way of the text room; whom they mention is looked up among `peers`. */
export function apiText(schema: ApiSchema, peers: Pick<PeerInputs, 'inputUser'>): ApiText {
  const users =
    (options?: CallOptions) =>
    (user: bigint | string): Promise<base.TypeInputUser> =>
      peers.inputUser(user, options);
  return {
    parse: parseText,
    entities: (entities, options) => toMessageEntities(schema, entities, users(options)),
    linkButtons: (rows) => linkButtons(schema, rows),
    replyMarkup: (like, options) => toReplyMarkup(schema, like, users(options)),
  };
}

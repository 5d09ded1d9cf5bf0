import type { ApiSchema } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { constructObject } from '../network/construct.js';
import type { PlainEntityType, TextEntity } from './types.js';

/** Looks up a user by id or name, for what needs an `InputUser`. */
export type InputUserOf = (user: bigint | string) => Promise<base.TypeInputUser>;

type PlainEntity = base.MessageEntityBold | base.MessageEntityItalic;

const PLAIN: Readonly<Record<PlainEntityType, string>> = {
  bold: 'messageEntityBold',
  italic: 'messageEntityItalic',
  underline: 'messageEntityUnderline',
  strike: 'messageEntityStrike',
  spoiler: 'messageEntitySpoiler',
  code: 'messageEntityCode',
  mention: 'messageEntityMention',
  hashtag: 'messageEntityHashtag',
  cashtag: 'messageEntityCashtag',
  botCommand: 'messageEntityBotCommand',
  url: 'messageEntityUrl',
  email: 'messageEntityEmail',
  phone: 'messageEntityPhone',
  bankCard: 'messageEntityBankCard',
};

const PLAIN_BY_NAME: ReadonlyMap<string, PlainEntityType> = new Map(
  Object.entries(PLAIN).map(([type, name]) => [name, type as PlainEntityType]),
);

/**
 * Entities as TL sends them (`MessageEntity`).
 *
 * @param inputUser - looks up users of mentions; it is asked once for each, and its errors are passed on.
 * @throws SchemaError when the schema has no such kind of entity.
 */
export async function toMessageEntities(
  schema: ApiSchema,
  entities: readonly TextEntity[],
  inputUser: InputUserOf,
): Promise<base.TypeMessageEntity[]> {
  const users = new Map<bigint | string, Promise<base.TypeInputUser>>();
  const user = (one: bigint | string): Promise<base.TypeInputUser> => {
    const asked = users.get(one) ?? inputUser(one);
    users.set(one, asked);
    return asked;
  };
  return Promise.all(entities.map((one) => toMessageEntity(schema, one, user)));
}

async function toMessageEntity(
  schema: ApiSchema,
  entity: TextEntity,
  inputUser: InputUserOf,
): Promise<base.TypeMessageEntity> {
  const { offset, length } = entity;
  switch (entity.type) {
    case 'pre': {
      const { language } = entity;
      const init = { offset, length, language };
      return constructObject<base.MessageEntityPre>(schema, 'messageEntityPre', init);
    }
    case 'blockquote': {
      const { collapsed } = entity;
      const init = { offset, length, collapsed };
      return constructObject<base.MessageEntityBlockquote>(schema, 'messageEntityBlockquote', init);
    }
    case 'textUrl': {
      const init = { offset, length, url: entity.url };
      return constructObject<base.MessageEntityTextUrl>(schema, 'messageEntityTextUrl', init);
    }
    case 'textMention': {
      const init = { offset, length, userId: await inputUser(entity.user) };
      const name = 'inputMessageEntityMentionName';
      return constructObject<base.InputMessageEntityMentionName>(schema, name, init);
    }
    case 'customEmoji': {
      const init = { offset, length, documentId: entity.customEmojiId };
      const name = 'messageEntityCustomEmoji';
      return constructObject<base.MessageEntityCustomEmoji>(schema, name, init);
    }
    default: {
      // All plain ones have the same two fields.
      const name = PLAIN[entity.type] as PlainEntity['_'];
      return constructObject<PlainEntity>(schema, name, { offset, length });
    }
  }
}

/** Entities of a message that came; kinds that have no {@link TextEntity} are left out. */
export function fromMessageEntities(entities: readonly base.TypeMessageEntity[]): TextEntity[] {
  return entities.flatMap((one) => fromMessageEntity(one) ?? []);
}

function fromMessageEntity(entity: base.TypeMessageEntity): TextEntity | null {
  const { offset, length } = entity;
  switch (entity._) {
    case 'messageEntityPre':
      return { type: 'pre', offset, length, language: entity.language };
    case 'messageEntityBlockquote':
      return { type: 'blockquote', offset, length, collapsed: entity.collapsed };
    case 'messageEntityTextUrl':
      return { type: 'textUrl', offset, length, url: entity.url };
    case 'messageEntityMentionName':
      return { type: 'textMention', offset, length, user: entity.userId };
    case 'inputMessageEntityMentionName': {
      const user = userOf(entity.userId);
      return user === null ? null : { type: 'textMention', offset, length, user };
    }
    case 'messageEntityCustomEmoji':
      return { type: 'customEmoji', offset, length, customEmojiId: entity.documentId };
    default: {
      const type = PLAIN_BY_NAME.get(entity._);
      return type === undefined ? null : { type, offset, length };
    }
  }
}

function userOf(user: base.TypeInputUser): bigint | string | null {
  if (user._ === 'inputUserSelf') return 'me';
  return user._ === 'inputUserEmpty' ? null : user.userId;
}

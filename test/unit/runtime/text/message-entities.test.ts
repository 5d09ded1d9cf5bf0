import { base } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { describe, expect, it } from 'vitest';
import { SchemaError } from '../../../../packages/runtime/src/network/errors.js';
import {
  fromMessageEntities,
  toMessageEntities,
  type TextEntity,
} from '../../../../packages/runtime/src/text/index.js';

const place = { offset: 1, length: 2 };
const PLAIN = [
  'bold',
  'italic',
  'underline',
  'strike',
  'spoiler',
  'code',
  'mention',
  'hashtag',
  'cashtag',
  'botCommand',
  'url',
  'email',
  'phone',
  'bankCard',
] as const;
const noUser = (): Promise<never> => Promise.reject(new Error('not asked for'));

describe('entities of TL', () => {
  it('come back as they went, of every kind', async () => {
    const entities: TextEntity[] = [
      ...PLAIN.map((type) => ({ type, ...place })),
      { type: 'pre', language: 'ts', ...place },
      { type: 'blockquote', collapsed: true, ...place },
      { type: 'blockquote', collapsed: false, ...place },
      { type: 'textUrl', url: 'https://a.b', ...place },
      { type: 'customEmoji', customEmojiId: 5368324170671202286n, ...place },
    ];
    const tl = await toMessageEntities(schema, entities, noUser);
    expect(tl[0]).toBeInstanceOf(base.MessageEntityBold);
    expect(tl[9]).toBeInstanceOf(base.MessageEntityBotCommand);
    expect(new Set(tl.map((one) => one._)).size).toBe(entities.length - 1);
    expect(fromMessageEntities(tl)).toEqual(entities);
  });

  it('look up each user once, and pass on what the look-up says', async () => {
    const asked: (bigint | string)[] = [];
    const users = [5n, '@durov', 5n, '@durov'] as const;
    const mentions = users.map((user): TextEntity => ({ type: 'textMention', user, ...place }));
    const tl = await toMessageEntities(schema, mentions, async (user) => {
      asked.push(user);
      return new base.InputUser({ userId: user === 5n ? 5n : 7n, accessHash: 1n });
    });
    expect(asked).toEqual([5n, '@durov']);
    expect(tl.every((one) => one instanceof base.InputMessageEntityMentionName)).toBe(true);
    expect(fromMessageEntities(tl)).toMatchObject([
      { user: 5n },
      { user: 7n },
      { user: 5n },
      { user: 7n },
    ]);
    await expect(toMessageEntities(schema, mentions, noUser)).rejects.toThrow('not asked for');
  });

  it('of kinds without a name here are left out', () => {
    const tl = [
      new base.MessageEntityUnknown(place),
      new base.MessageEntityMentionName({ ...place, userId: 9n }),
      new base.InputMessageEntityMentionName({ ...place, userId: new base.InputUserSelf() }),
      new base.InputMessageEntityMentionName({ ...place, userId: new base.InputUserEmpty() }),
    ];
    expect(fromMessageEntities(tl)).toEqual([
      { type: 'textMention', user: 9n, ...place },
      { type: 'textMention', user: 'me', ...place },
    ]);
  });

  it('that the schema lacks are a typed error', async () => {
    const older = { ...schema, constructor: () => undefined };
    const made = toMessageEntities(older, [{ type: 'bold', ...place }], noUser);
    await expect(made).rejects.toBeInstanceOf(SchemaError);
  });
});

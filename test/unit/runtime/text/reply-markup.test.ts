import { encode, type BotApiButton, type ReplyMarkupLike } from '@tlgen/codec';
import { base } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { describe, expect, it } from 'vitest';
import {
  KeyboardError,
  linkButtons,
  toReplyMarkup,
} from '../../../../packages/runtime/src/text/index.js';

const inputUser = async (user: bigint | string): Promise<base.TypeInputUser> =>
  new base.InputUser({ userId: typeof user === 'bigint' ? user : 99n, accessHash: 1n });
const make = (like: ReplyMarkupLike): Promise<base.TypeReplyMarkup> =>
  toReplyMarkup(schema, like, inputUser);

describe('keyboards in the shape of the Bot API', () => {
  it('inline_keyboard: every kind of button, in its row', async () => {
    const buttons: [BotApiButton, string, object][] = [
      [{ text: 'a', url: 'https://a.b' }, 'inlineButtonTypeUrl', { url: 'https://a.b' }],
      [
        { text: 'b', callback_data: 'é' },
        'inlineButtonTypeCallback',
        { data: Uint8Array.of(0xc3, 0xa9) },
      ],
      [
        { text: 'c', callback_data: Uint8Array.of(0, 255) },
        'inlineButtonTypeCallback',
        { data: Uint8Array.of(0, 255) },
      ],
      [
        { text: 'd', switch_inline_query: '' },
        'inlineButtonTypeSwitchInline',
        { samePeer: false, query: '' },
      ],
      [
        { text: 'e', switch_inline_query_current_chat: 'q' },
        'inlineButtonTypeSwitchInline',
        { samePeer: true, query: 'q' },
      ],
      [{ text: 'f', callback_game: {} }, 'inlineButtonTypeGame', {}],
      [{ text: 'g', pay: true }, 'inlineButtonTypeBuy', {}],
      [
        { text: 'h', web_app: { url: 'https://w' } },
        'inlineButtonTypeWebView',
        { url: 'https://w' },
      ],
      [{ text: 'i', copy_text: { text: 'x' } }, 'inlineButtonTypeCopy', { copyText: 'x' }],
      [
        { text: 'j', url: 'tg://user?id=7' },
        'inputInlineButtonTypeUserProfile',
        { userId: await inputUser(7n) },
      ],
      [
        {
          text: 'k',
          login_url: {
            url: 'https://l',
            forward_text: 'f',
            bot_username: 'bot',
            request_write_access: true,
          },
        },
        'inputInlineButtonTypeUrlAuth',
        { url: 'https://l', fwdText: 'f', requestWriteAccess: true, bot: await inputUser('bot') },
      ],
    ];
    const rows = [buttons.slice(0, 3), buttons.slice(3)];
    const markup = await make({ inline_keyboard: rows.map((row) => row.map(([one]) => one)) });
    expect(markup).toBeInstanceOf(base.ReplyInlineMarkup);
    const made = (markup as base.ReplyInlineMarkup).rows;
    expect(made.map((row) => row.buttons.length)).toEqual([3, 8]);
    for (const [at, one] of made.flatMap((row) => row.buttons).entries()) {
      const [like, name, fields] = buttons[at]!;
      expect(one.text).toBe(like.text);
      expect(one.type).toMatchObject({ _: name, ...fields });
    }
    expect(encode(markup).length).toBeGreaterThan(100);
  });

  it('keyboard: texts and requests', async () => {
    const markup = await make({
      keyboard: [
        [
          'plain',
          { text: 'phone', request_contact: true },
          { text: 'place', request_location: true },
        ],
        [
          { text: 'quiz', request_poll: { type: 'quiz' } },
          { text: 'poll', request_poll: {} },
          { text: 'app', web_app: { url: 'https://w' } },
        ],
      ],
      resize_keyboard: true,
      one_time_keyboard: true,
      is_persistent: true,
      selective: true,
      input_field_placeholder: 'type',
    });
    expect(markup).toMatchObject({
      _: 'replyKeyboardMarkup',
      resize: true,
      singleUse: true,
      persistent: true,
      selective: true,
      placeholder: 'type',
    });
    const types = (markup as base.ReplyKeyboardMarkup).rows.flatMap((row) =>
      row.buttons.map((one) => one.type),
    );
    expect(types.map((one) => one._)).toEqual([
      'buttonTypeDefault',
      'buttonTypeRequestPhone',
      'buttonTypeRequestGeoLocation',
      'buttonTypeRequestPoll',
      'buttonTypeRequestPoll',
      'buttonTypeSimpleWebView',
    ]);
    expect(types[3]).toMatchObject({ quiz: true });
    expect(types[4]).toMatchObject({ quiz: undefined });
    expect(encode(markup).length).toBeGreaterThan(50);
  });

  it('remove_keyboard, force_reply, and objects of TL', async () => {
    expect(await make({ remove_keyboard: true, selective: true })).toEqual(
      new base.ReplyKeyboardHide({ selective: true }),
    );
    expect(await make({ force_reply: true, input_field_placeholder: 'p' })).toEqual(
      new base.ReplyKeyboardForceReply({ placeholder: 'p' }),
    );
    const own = new base.ReplyKeyboardHide({});
    expect(await make(own)).toBe(own);
  });

  it.each([
    [
      { inline_keyboard: [[{ text: 'a', url: 'u' }], [{ text: 'a', url: 'u' }, { text: 'b' }]] },
      1,
      1,
      /does nothing/,
    ],
    [{ inline_keyboard: [[{ text: 'a', url: 'u', pay: true }]] }, 0, 0, /url and pay/],
    [{ inline_keyboard: [[{ text: ' ', url: 'u' }]] }, 0, 0, /text/],
    [{ inline_keyboard: [[{ text: 'a', url: '' }]] }, 0, 0, /url/],
    [{ inline_keyboard: [[{ text: 'a', callback_data: 'é'.repeat(33) }]] }, 0, 0, /66 bytes/],
    [{ inline_keyboard: [[{ text: 'a', callback_data: '' }]] }, 0, 0, /0 bytes/],
    [
      { inline_keyboard: [[{ text: 'a', pay: true, request_contact: true }]] },
      0,
      0,
      /request_contact/,
    ],
    [{ inline_keyboard: [[]] }, 0, null, /at least one/],
    [{ keyboard: [['a'], ['b', { text: 'c', url: 'u' }]] }, 1, 1, /inline_keyboard/],
    [
      { keyboard: [[{ text: 'c', request_contact: true, request_location: true }]] },
      0,
      0,
      /one of them/,
    ],
    [{ keyboard: [[null]] as unknown as string[][] }, 0, 0, /no button/],
    [{ keyboard: 'a' as unknown as string[][] }, null, null, /array of arrays/],
    [{} as ReplyMarkupLike, null, null, /no keyboard/],
    [new base.InputUserSelf(), null, null, /inputUserSelf/],
  ] as const)('refuses %j: row %s, column %s', async (like, row, column, message) => {
    const error: unknown = await make(like as ReplyMarkupLike).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(KeyboardError);
    expect(error).toMatchObject({ code: 'BAD_KEYBOARD', row, column });
    expect((error as Error).message).toMatch(message);
  });

  it('link buttons of a text', () => {
    const markup = linkButtons(schema, [[{ text: 'a', url: 'u' }], [{ text: 'b', url: 'v' }]]);
    expect(markup.rows.map((row) => row.buttons[0]?.type)).toEqual([
      new base.InlineButtonTypeUrl({ url: 'u' }),
      new base.InlineButtonTypeUrl({ url: 'v' }),
    ]);
  });
});

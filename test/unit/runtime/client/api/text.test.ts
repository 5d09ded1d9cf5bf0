import { base, messages } from '@tlgen/telegram';
import { schema as telegram } from '@tlgen/telegram/schema';
import { describe, expect, it } from 'vitest';
import { apiText } from '../../../../../packages/runtime/src/client/api/text.js';
import { callOf, refusal, rig } from './support.js';

const peer = new base.InputPeerSelf();

/** An api with the library's own texts; `asked` lists who was looked up. */
function withTexts() {
  const asked: unknown[] = [];
  const text = apiText(telegram, {
    inputUser: async (like) => {
      asked.push(like);
      return new base.InputUser({ userId: 5n, accessHash: 6n });
    },
  });
  return { ...rig({ schema: telegram, context: { text } }), asked };
}

describe('texts of client.api', () => {
  it.each([
    ['html', '<b>bold</b> <a href="tg://user?id=5">who</a>'],
    ['Markdown', '*bold* [who](tg://user?id=5)'],
    ['markdownv2', '*bold* [who](tg://user?id=5)'],
  ])('marked up as %s', async (parseMode, message) => {
    const { api, last, asked } = withTexts();
    await callOf(api, 'messages.sendMessage')({ peer, message, parseMode });
    expect(last()).toMatchObject({
      message: 'bold who',
      entities: [
        new base.MessageEntityBold({ offset: 0, length: 4 }),
        { _: 'inputMessageEntityMentionName', offset: 5, length: 3, userId: { userId: 5n } },
      ],
    });
    expect(asked).toEqual([5n]);
  });

  it('with a mistake in them are refused by the parser', async () => {
    const { api, sent } = withTexts();
    const call = callOf(api, 'messages.sendMessage')({ peer, message: '<b>x', parseMode: 'html' });
    expect(await refusal(call)).toMatchObject({ name: 'TextError', code: 'BAD_TEXT' });
    expect(sent).toEqual([]);
  });

  it('make keyboards of the Bot API', async () => {
    const { api, last } = withTexts();
    const reply_markup = { inline_keyboard: [[{ text: 'go', url: 'https://a.example/' }]] };
    await callOf(api, 'messages.sendMessage')({ chat_id: peer, text: 'x', reply_markup });
    const { replyMarkup } = last<messages.SendMessageRequest>();
    expect(replyMarkup).toBeInstanceOf(base.ReplyInlineMarkup);
    expect((replyMarkup as base.ReplyInlineMarkup).rows.length).toBe(1);
  });

  it('make keyboards of the links in them', async () => {
    const { api, last } = withTexts();
    const message = '<a href="buttonurl:https://a.example">go</a> x';
    await callOf(api, 'messages.sendMessage')({ peer, message, parseMode: 'html' });
    expect(last<messages.SendMessageRequest>().replyMarkup).toBeInstanceOf(base.ReplyInlineMarkup);
  });
});

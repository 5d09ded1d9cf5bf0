import { LocalDc, RpcFault, type TestPerson } from '@tlgen/local-dc';
import { fromMessageEntities, parseText, toHtml, type FormattedText } from '@tlgen/runtime';
import { base, messages } from '@tlgen/telegram';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectClean, person, received, type Person } from './people.js';

describe('texts on their way from one client to another', () => {
  let dc: LocalDc;
  let carl: TestPerson;
  let ada: Person;
  let bob: Person;

  beforeAll(async () => {
    dc = await LocalDc.start();
    const one = await dc.createUser({ firstName: 'Ada', username: 'ada_here' });
    const two = await dc.createUser({ firstName: 'Bob', username: 'bob_here' });
    carl = await dc.createUser({ firstName: 'Carl', username: 'carl_here' });
    ada = await person(dc, one);
    bob = await person(dc, two);
  });
  afterAll(async () => {
    await Promise.all([ada.client.close(), bob.client.close()]);
    expectClean(dc);
    await dc.close();
  });

  /** The last messages that Bob has of Ada, the oldest first. */
  async function last(count = 1): Promise<base.Message[]> {
    const all = await bob.client.peers.history('ada_here', { limit: count }).all();
    return all.toReversed() as base.Message[];
  }

  const formatted = ({ message, entities = [] }: base.Message): FormattedText => ({
    text: message,
    entities: fromMessageEntities(entities),
  });

  it.each([
    [
      'html',
      'a <b>bold <i>both</i></b> 😀 <code>x &lt; y</code> <pre language="c">int i;</pre>' +
        '<a href="https://example.org/">link</a>',
    ],
    ['markdown', '*bold* _italic_ `code` [link](https://example.org/) ```js\nlet a;\n```'],
    ['markdownv2', '*bold _both_* __under__ ~gone~ ||hidden|| `code` [link](https://example.org/)'],
  ] as const)('marked up by %s arrive with their entities', async (parseMode, message) => {
    await ada.client.api.messages.sendMessage({ peer: 'bob_here', message, parseMode });
    const [got] = await last();
    const wanted = parseText(message, parseMode);
    expect(wanted.entities.length).toBeGreaterThan(3);
    expect(formatted(got!)).toEqual({ text: wanted.text, entities: wanted.entities });
  });

  it('every tag of HTML that the seeds name', async () => {
    const message =
      '<b>1</b><br><strong>2</strong><p><i>3</i></p><em>4</em> <code>5</code> ' +
      '<pre language="php">6</pre> <a href="https://example.org/7">7</a>';
    await ada.client.api.messages.sendMessage({ peer: 'bob_here', message, parseMode: 'html' });
    const [got] = await last();
    expect(
      (got!.entities ?? []).map(({ _, offset, length }) => [
        _,
        got!.message.substr(offset, length),
      ]),
    ).toEqual([
      ['messageEntityBold', '1'],
      ['messageEntityBold', '2'],
      ['messageEntityItalic', '3'],
      ['messageEntityItalic', '4'],
      ['messageEntityCode', '5'],
      ['messageEntityPre', '6'],
      ['messageEntityTextUrl', '7'],
    ]);
    expect(got!.message).toMatch(/^1\n2\n+3\n+4 5 /);
  });

  it('mention: links name a user by name and by id', async () => {
    await ada.client.peers.info('carl_here');
    const message = `<a href="mention:@carl_here">one</a> <a href="mention:${carl.id}">two</a>`;
    await ada.client.api.messages.sendMessage({ peer: 'bob_here', message, parseMode: 'html' });
    const [got] = await last();
    expect(got).toMatchObject({
      message: 'one two',
      entities: [
        { _: 'messageEntityMentionName', offset: 0, length: 3, userId: carl.id },
        { _: 'messageEntityMentionName', offset: 4, length: 3, userId: carl.id },
      ],
    });
  });

  it('buttonurl: links become buttons, :new begins a row', async () => {
    const message =
      'Look <a href="buttonurl:https://example.org/a">A</a>' +
      '<a href="buttonurl:https://example.org/b">B</a>' +
      '<a href="buttonurl:https://example.org/c:new">C</a>';
    await ada.client.api.messages.sendMessage({ peer: 'bob_here', message, parseMode: 'html' });
    const [got] = await last();
    const markup = got!.replyMarkup as base.ReplyInlineMarkup;
    expect(
      markup.rows.map(({ buttons }) =>
        buttons.map(({ text, type }) => [text, (type as base.InlineButtonTypeUrl).url]),
      ),
    ).toEqual([
      [
        ['A', 'https://example.org/a'],
        ['B', 'https://example.org/b'],
      ],
      [['C', 'https://example.org/c']],
    ]);
    expect(got!.message).not.toMatch(/buttonurl/);
  });

  it.each([
    [
      {
        inline_keyboard: [
          [
            { text: 'u', url: 'https://example.org/' },
            { text: 'd', callback_data: 'x' },
          ],
          [
            { text: 's', switch_inline_query: 'q' },
            { text: 'c', switch_inline_query_current_chat: '' },
            { text: 'g', callback_game: {} },
          ],
        ],
      },
      {
        _: 'replyInlineMarkup',
        rows: [
          {
            buttons: [
              { text: 'u', type: { url: 'https://example.org/' } },
              { text: 'd', type: { data: new TextEncoder().encode('x') } },
            ],
          },
          {
            buttons: [
              { text: 's', type: { query: 'q' } },
              { text: 'c', type: { samePeer: true } },
              { text: 'g', type: { _: 'inlineButtonTypeGame' } },
            ],
          },
        ],
      },
    ],
    [
      {
        keyboard: [
          ['a', { text: 'p', request_contact: true }],
          [{ text: 'l', request_location: true }],
        ],
        resize_keyboard: true,
        one_time_keyboard: true,
      },
      {
        _: 'replyKeyboardMarkup',
        resize: true,
        singleUse: true,
        rows: [
          { buttons: [{ text: 'a' }, { text: 'p', type: { _: 'buttonTypeRequestPhone' } }] },
          { buttons: [{ text: 'l', type: { _: 'buttonTypeRequestGeoLocation' } }] },
        ],
      },
    ],
    [
      { force_reply: true, selective: true },
      { _: 'replyKeyboardForceReply', selective: true },
    ],
    [{ remove_keyboard: true }, { _: 'replyKeyboardHide' }],
  ] as const)('keyboards of the Bot API: %o', async (replyMarkup, wanted) => {
    const got = received(dc, messages.SendMessageRequest);
    await ada.client.api.messages.sendMessage({ peer: 'bob_here', message: 'keys', replyMarkup });
    expect(got.at(-1)!.replyMarkup).toMatchObject(wanted);
    const [arrived] = await last();
    expect(arrived!.replyMarkup).toMatchObject(wanted);
  });

  it('keyboards of TL are sent as they are', async () => {
    const replyMarkup = new base.ReplyKeyboardHide({ selective: true });
    await ada.client.api.messages.sendMessage({ peer: 'bob_here', message: 'keys', replyMarkup });
    expect((await last())[0]!.replyMarkup).toEqual(replyMarkup);
  });

  it('names of the Bot API, with a hint in the log', async () => {
    const [before] = await ada.client.sendText('bob_here', 'before');
    ada.lines.length = 0;
    await ada.client.api.messages.sendMessage({
      chat_id: bob.id,
      text: '<b>text</b>',
      parse_mode: 'html',
      disable_web_page_preview: true,
      disable_notification: true,
      reply_to_message_id: before!.id,
      reply_markup: { force_reply: true },
    });
    expect((await last())[0]).toMatchObject({
      message: 'text',
      silent: true,
      entities: [{ _: 'messageEntityBold' }],
      replyTo: { _: 'messageReplyHeader' },
      replyMarkup: { _: 'replyKeyboardForceReply' },
    });
    expect(ada.lines.join('\n')).toMatch(/text is the Bot API's name of message/);
    const [one, two] = await last(2);
    expect((two!.replyTo as base.MessageReplyHeader).replyToMsgId).toBe(one!.id);
  });

  it('above the limit are sent as several messages, with the entities at their places', async () => {
    const words = Array.from({ length: 2500 }, (_, i) =>
      i % 50 === 0 ? `<b>bold${i} 😀</b>` : `word${i}`,
    );
    const html = words.join(' ');
    const whole = parseText(html, 'html');
    const reply = (await ada.client.sendText('bob_here', 'first'))[0]!;
    const sent = await ada.client.sendText('bob_here', html, {
      parseMode: 'html',
      replyTo: reply.id,
      replyMarkup: { inline_keyboard: [[{ text: 'end', url: 'https://example.org/' }]] },
    });
    expect(sent.length).toBe(Math.ceil(whole.text.length / 4096));
    const got = await last(sent.length);
    expect(got.map(({ message }) => message.length).every((length) => length <= 4096)).toBe(true);
    expect(got.map(({ message }) => message).join(' ')).toBe(whole.text);
    const html2 = got.map((one) => toHtml(formatted(one))).join(' ');
    expect(parseText(html2, 'html')).toEqual(whole);
    expect(got.map(({ replyTo }) => replyTo !== undefined)).toEqual(got.map((_, i) => i === 0));
    expect(got.map(({ replyMarkup }) => replyMarkup !== undefined)).toEqual(
      got.map((_, i) => i === got.length - 1),
    );
  });

  it('without white space are cut between characters', async () => {
    const text = '😀'.repeat(3000);
    const sent = await ada.client.sendText('bob_here', text);
    const got = await last(sent.length);
    expect(got.length).toBe(2);
    expect(got.map(({ message }) => message).join('')).toBe(text);
  });

  it('that failed in the middle tell what was sent and what not', async () => {
    let count = 0;
    const remove = dc.handle(messages.SendMessageRequest, (_, context) => {
      if (++count === 2) throw new RpcFault(400, 'PEER_FLOOD');
      return context.next();
    });
    const text = 'x '.repeat(5000).trim();
    const failed = ada.client.sendText('bob_here', text);
    await expect(failed).rejects.toMatchObject({
      name: 'PartlySentError',
      code: 'PARTLY_SENT',
      sent: [{ id: expect.any(Number) as number }],
      rest: [{}, {}],
      cause: { code: 'PEER_FLOOD' },
    });
    remove();
  });

  it('with a mistake in the markup are not sent', async () => {
    ada.called.length = 0;
    const wrong = ada.client.api.messages.sendMessage({
      peer: 'bob_here',
      message: 'a <b>b',
      parseMode: 'html',
    });
    await expect(wrong).rejects.toMatchObject({ name: 'TextError', code: 'BAD_TEXT', offset: 2 });
    await expect(
      ada.client.sendText('bob_here', '*a', { parseMode: 'markdownv2' }),
    ).rejects.toMatchObject({ code: 'BAD_TEXT', offset: 0 });
    expect(ada.called).toEqual([]);
  });
});

// @ts-check
// Markup to text and entities, and back; keyboards; long texts. Offline, but for the end: a data center in this process.
import assert from 'node:assert/strict';
// docs: import
import {
  fromMessageEntities,
  parseHtml,
  parseMarkdown,
  parseMarkdownV2,
  printText,
  splitText,
  TextError,
  toHtml,
} from '@tlgen/runtime';
// docs: end
import { LocalDc } from '@tlgen/local-dc';
import { Client, MemoryStorage } from '@tlgen/runtime';
import { base } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';

// docs: parse
const html = parseHtml('<b>Bold, <i>both</i></b> and <code>a &lt; b</code>');
console.log(html.text);
for (const { type, offset, length } of html.entities) console.log(type, offset, length);
// docs: end

// docs: same
const markdown = parseMarkdown('**Bold, __both__** and `a < b`');
const strict = parseMarkdownV2('*Bold, _both_* and `a < b`');
assert.deepEqual(markdown, html);
assert.deepEqual(strict, html);
console.log(printText(html, 'markdownv2'));
// docs: end

// docs: utf16
const { text, entities } = parseMarkdown('👍🏽 **yes**');
const [yes] = entities;
console.log(yes?.offset, text.slice(yes?.offset)); // 👍🏽 counts as four
// docs: end

// docs: links
const special = parseHtml(
  [
    '<a href="mention:@bobby">Bob</a>, <a href="mention:777000">Telegram</a>',
    '<a href="tg://user?id=777000">the same</a>, <a href="https://example.org/">a page</a>',
    '<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>',
    '<a href="buttonurl:https://example.org/a">A</a><a href="buttonurl:https://example.org/b">B</a>',
    '<a href="buttonurl:https://example.org/c:new">C</a>',
  ].join('\n'),
);
for (const entity of special.entities) {
  if (entity.type === 'textMention') console.log(entity.type, entity.user);
  if (entity.type === 'textUrl') console.log(entity.type, entity.url);
  if (entity.type === 'customEmoji') console.log(entity.type, entity.customEmojiId);
}
console.log(special.buttons?.map((row) => row.map((button) => button.text)));
// docs: end

// docs: errors
/** @type {[(text: string) => unknown, string][]} */
const mistakes = [
  [parseHtml, 'a <b>bold</i> word'],
  [parseHtml, '<h1>Title</h1>'],
  [parseMarkdownV2, 'Version 1.0'],
  [parseMarkdownV2, '*bold'],
];
for (const [parse, wrong] of mistakes) {
  try {
    parse(wrong);
  } catch (error) {
    if (!(error instanceof TextError)) throw error;
    console.log(error.message);
  }
}
console.log(parseMarkdown('*bold, [not a link]').text); // never an error
// docs: end

// docs: split
const long = parseHtml(
  '<i>one two three four five six</i> <a href="https://example.org/">a link</a>',
);
for (const piece of splitText(long, 12)) console.log(JSON.stringify(piece.text), toHtml(piece));
// docs: end

const dc = await LocalDc.start();
const bot = await dc.createUser({ bot: true, username: 'menu_bot' });
const ann = await dc.createUser({ firstName: 'Ann', username: 'annie' });
const common = { schema, ...dc.clientOptions, logger: /** @type {const} */ ({ to: 'none' }) };
const person = new Client({ ...common, storage: new MemoryStorage() });
await person.signIn({ phone: ann.phone, code: dc.loginCode });
await person.sendText('@menu_bot', '/start');
const client = new Client({ ...common, storage: new MemoryStorage() });
await client.signIn({ botToken: bot.token });

// docs: keyboards
await client.sendText('@annie', 'What would you like?', {
  replyMarkup: {
    inline_keyboard: [
      [
        { text: 'Tea', callback_data: 'tea' },
        { text: 'Coffee', callback_data: 'coffee' },
      ],
      [{ text: 'The menu', url: 'https://example.org/menu' }],
    ],
  },
});

// The same in objects of TL.
const url = new base.InlineButtonTypeUrl({ url: 'https://example.org/menu' });
const menu = new base.KeyboardInlineButton({ text: 'The menu', type: url });
const rows = [new base.KeyboardInlineButtonRow({ buttons: [menu] })];
const replyMarkup = new base.ReplyInlineMarkup({ rows });
await client.sendText('@annie', 'Here it is', { replyMarkup });
// docs: end

// docs: received
for await (const message of person.peers.history('@menu_bot', { limit: 2 })) {
  if (message._ !== 'message') continue;
  const formatted = {
    text: message.message,
    entities: fromMessageEntities(message.entities ?? []),
  };
  console.log(printText(formatted, 'html'), message.replyMarkup?._);
}
// docs: end

await Promise.all([client.close(), person.close()]);
assert.equal(dc.refusals.count, 0);
await dc.close();

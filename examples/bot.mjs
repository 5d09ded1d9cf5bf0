// @ts-check
// A bot of a tea house, and Ann, who talks to it. Offline: the data center runs in this process.
import assert from 'node:assert/strict';
import { LocalDc } from '@tlgen/local-dc';
import { schema } from '@tlgen/telegram/schema';
// docs: bot
import { Client, filters, MemoryStorage, TimeoutError } from '@tlgen/runtime';

const MENU = [
  [
    { text: 'Green', callback_data: 'tea:green' },
    { text: 'Black', callback_data: 'tea:black' },
  ],
];

/**
 * Takes orders. It is handed a client, and knows nothing of storage, keys or tests.
 *
 * @param {Client} client
 */
function teaHouse(client) {
  client.on(filters.command(['start', 'menu']), (event) =>
    event.respond('Which tea?', { replyMarkup: { inline_keyboard: MENU } }),
  );

  client.on(filters.callbackQuery(/^tea:(\w+)$/), async (event) => {
    await event.answer(); // the button stops waiting
    await order(event, String(event.match[1]));
  });

  client.on(filters.private.and(filters.text()).and(filters.startsWith('/').not()), (event) =>
    event.reply(`“${event.text}” is not on the /menu`),
  );

  client.on('error', (error) => console.error(error));
}
// docs: end

// docs: conversation
/**
 * Asks how many, and takes the order.
 *
 * @param {import('@tlgen/runtime').UpdateEvent} event
 * @param {string} tea
 */
async function order(event, tea) {
  const limits = { timeout: 60_000 };
  try {
    let answer = await event.ask(`How many cups of ${tea} tea?`, filters.text(), limits);
    while (!/^[1-9]$/.test(answer.text)) {
      if (answer.text === '/cancel') return void (await answer.reply('As you like.'));
      answer = await event.ask('A number from 1 to 9, or /cancel', filters.text(), limits);
    }
    await answer.reply(`${answer.text} × ${tea}: coming!`);
  } catch (error) {
    if (!(error instanceof TimeoutError)) throw error;
    await event.respond('Take your time: /menu brings you back.');
  }
}
// docs: end

// docs: plugin
/**
 * A plugin: whoever writes more than `most` messages a minute is not heard.
 *
 * @param {number} most
 * @returns {import('@tlgen/runtime').Plugin}
 */
const patience = (most) => (client) => {
  /** @type {Map<bigint, number>} */
  const counts = new Map();
  const stop = client.on(filters.private.and(filters.message), (event) => {
    const count = (counts.get(event.chatId) ?? 0) + 1;
    counts.set(event.chatId, count);
    if (count > most) event.stop(); // handlers that were added later are not called
  });
  const timer = setInterval(() => counts.clear(), 60_000);
  return () => {
    clearInterval(timer);
    stop();
  };
};
// docs: end

const dc = await LocalDc.start();
const bot = await dc.createUser({ bot: true, username: 'tea_house_bot' });
const ann = await dc.createUser({ firstName: 'Ann' });
const common = { schema, ...dc.clientOptions, logger: /** @type {const} */ ({ to: 'none' }) };

// docs: run
const client = new Client({ ...common, storage: new MemoryStorage() }); // a path, in production
client.use(patience(20)).use(teaHouse);
await client.signIn({ botToken: bot.token });
// docs: end

const annsClient = new Client({ ...common, storage: new MemoryStorage() });
await annsClient.signIn({ phone: ann.phone, code: dc.loginCode });

// docs: talk
const chat = await annsClient.conversation('@tea_house_bot', { timeout: 10_000 });

/**
 * Ann says something; resolves with the bot's answer.
 *
 * @param {string} text
 */
async function say(text) {
  console.log(`Ann: ${text}`);
  return heard(await chat.ask(text, filters.message, { timeout: 10_000 }));
}

/**
 * @template {import('@tlgen/runtime').UpdateEvent} E
 * @param {E} event
 */
function heard(event) {
  console.log(`Bot: ${event.text}`);
  return event;
}

await say('hello');
const menu = await say('/start');

console.log('Ann presses: Green');
const question = chat.waitFor(filters.message, { timeout: 10_000 });
await annsClient.api.messages.getBotCallbackAnswer({
  peer: '@tea_house_bot',
  msgId: menu.message.id,
  data: new TextEncoder().encode('tea:green'),
});
heard(await question);
await say('many');
await say('3');
await say('thanks');
await chat.close();
// docs: end

await annsClient.close();
await client.close();
assert.equal(dc.refusals.count, 0);
await dc.close();

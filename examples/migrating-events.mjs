// @ts-check
// GramJS's handlers of events, and what becomes of them. Offline: the data center runs in this process.
import assert from 'node:assert/strict';
import { LocalDc } from '@tlgen/local-dc';
import { Client, filters, MemoryStorage } from '@tlgen/runtime';
import { schema } from '@tlgen/telegram/schema';

const dc = await LocalDc.start();
const bot = await dc.createUser({ bot: true, username: 'ping_bot' });
const ann = await dc.createUser({ firstName: 'Ann' });
const common = { schema, ...dc.clientOptions, logger: /** @type {const} */ ({ to: 'none' }) };
const client = new Client({ ...common, storage: new MemoryStorage() });
await client.signIn({ botToken: bot.token });

// docs: events
// client.addEventHandler(handler, new NewMessage({ pattern: /^ping (\d+)$/, incoming: true }));
const stop = client.on(filters.regex(/^ping (\d+)$/), async (event) => {
  // await event.message.reply({ message: `pong ${event.message.patternMatch[1]}` });
  await event.reply(`pong ${event.match[1]}`);
});
// docs: end

const annsClient = new Client({ ...common, storage: new MemoryStorage() });
await annsClient.signIn({ phone: ann.phone, code: dc.loginCode });
const chat = await annsClient.conversation('@ping_bot');
console.log((await chat.ask('ping 7', filters.message, { timeout: 30_000 })).text);
stop();

await Promise.all([client.close(), annsClient.close()]);
assert.equal(dc.refusals.count, 0);
await dc.close();

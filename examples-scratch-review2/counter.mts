import { LocalDc } from '@tlgen/local-dc';
import { schema } from '@tlgen/telegram/schema';
import { Client, filters, MemoryStorage } from '@tlgen/runtime';
const dc = await LocalDc.start();
const bot = await dc.createUser({ bot: true, username: 'count_bot' });
const ann = await dc.createUser({ firstName: 'Ann' });
const client = new Client({ schema, ...dc.clientOptions, storage: new MemoryStorage(), logger: { to: 'none' } });
const counts = new Map<bigint, number>();
const buttons = (n: number) => ({ inline_keyboard: [[{ text: `+1 (${n})`, callback_data: 'inc' }, { text: 'reset', callback_data: 'reset' }]] });
client.on(filters.command('start'), async (event) => {
  const sent = await event.respond('0', { replyMarkup: buttons(0) });
  console.log('sent', sent.length, Object.keys(sent[0] ?? {}));
});
client.on(filters.callbackQuery('inc'), async (event) => {
  const id = event.chatId;
  const n = (counts.get(id) ?? 0) + 1;
  counts.set(id, n);
  // edit the message: guide says nothing of client.editText
  await client.api.messages.editMessage({ peer: event.chatId, id: event.query.msgId, message: String(n) });
  await event.answer({ text: `now ${n}`, alert: true });
});
client.on(filters.callbackQuery(/^reset$/), async (event) => {
  const m: string = event.match[0];
  console.log('match', m, event.data, event.sender?._, event.senderId);
  counts.delete(event.chatId);
  await event.answer('reset');
  try { await event.reply('to what'); } catch (error) { console.log('reply on callback:', String(error)); }
  try { await event.respond('responded'); } catch (error) { console.log('respond on callback:', String(error)); }
});
client.on(filters.text('x'), async (event) => {
  try { await event.answer('x'); } catch (error) { console.log('answer on message:', String(error)); }
});
client.on('error', (error) => console.log('ERROR', error));
await client.signIn({ botToken: bot.token });
const my = new Client({ schema, ...dc.clientOptions, storage: new MemoryStorage(), logger: { to: 'none' } });
await my.signIn({ phone: ann.phone, code: dc.loginCode });
const chat = await my.conversation('@count_bot', { timeout: 5000 });
const start = await chat.ask('/start', filters.message);
const edited = chat.waitFor(filters.edited, { timeout: 5000 });
console.log(await dc.pressButton(ann, bot, 'inc'));
console.log('edited', (await edited).text, (await edited).message.replyMarkup?._);
console.log(await dc.pressButton(ann, bot, 'reset').catch(String));
console.log(start.text);
await chat.send('x');
await new Promise((r) => setTimeout(r, 300));
await chat.close();
await my.close(); await client.close(); await dc.close();

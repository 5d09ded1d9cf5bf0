import { LocalDc } from '@tlgen/local-dc';
import { schema } from '@tlgen/telegram/schema';
import { Client, filters, MemoryStorage } from '@tlgen/runtime';
const dc = await LocalDc.start();
const ann = await dc.createUser({ firstName: 'Ann', username: 'annie' });
const bob = await dc.createUser({ firstName: 'Bob', username: 'bobby' });
const common = { schema, ...dc.clientOptions, logger: { to: 'none' } as const };
const storage = new MemoryStorage();
const client = new Client({ ...common, storage });
client.on('error', (e) => console.log('ERROR', e));
await client.signIn({ phone: ann.phone, code: dc.loginCode });
client.on(filters.outgoing.and(filters.command('ping', { prefix: '.' })), async (event) => {
  console.log('own', event.own, event.from, event.text, event.command, event.self);
  await client.editText?.(event.chatId, event.message.id, 'pong').catch((e: unknown) => console.log(String(e)));
}, { own: true });
client.on(filters.self.and(filters.text()), (e) => console.log('saved:', e.text, e.chatId, e.senderId), { own: true });
const first = await client.getUpdates({ own: true });
console.log('first', first.length);
await client.sendText('@bobby', '.ping');
await client.sendText('me', 'note');
dc.send(bob, ann, 'hi');
dc.send(ann, bob, 'from another program of mine');
let offset = 0; let n = 0;
const t0 = Date.now();
while (Date.now() - t0 < 2500) {
  const news = await client.getUpdates({ offset, limit: 2, timeout: 1, own: true });
  for (const { updateId, update, event } of news) { console.log(updateId, update._, event.from, event.own, JSON.stringify(event.text), event.key); offset = updateId + 1; n++; }
}
console.log('n', n, await client.getUpdates({ offset: -1 }).then((x) => x.length));
const ac = new AbortController(); setTimeout(() => ac.abort(), 100);
await client.getUpdates({ offset, timeout: 5, signal: ac.signal }).then((x) => console.log('aborted gives', x), (e) => console.log('abort:', String(e)));
const a = client.getUpdates({ offset, timeout: 5 }); const b = client.getUpdates({ offset, timeout: 0 });
console.log((await a).length, (await b).length);
try { await client.getUpdates({ offset: 10000 }); } catch (e) { console.log(String(e)); }
try { await client.getUpdates({ limit: 0 }); console.log('limit 0 ok'); } catch (e) { console.log(String(e)); }
try { await client.getUpdates({ timeout: 1e9, signal: AbortSignal.timeout(50) }); } catch (e) { console.log(String(e)); }
const pending = client.getUpdates({ offset, timeout: 30 });
await client.close();
await pending.then((x) => console.log('closed gives', x.length), (e) => console.log('closed:', String(e)));
await dc.close();

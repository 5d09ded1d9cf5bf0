import { LocalDc } from '@tlgen/local-dc';
import { schema } from '@tlgen/telegram/schema';
import { Client, Filter, filters, MemoryStorage, type UpdateEvent } from '@tlgen/runtime';
const dc = await LocalDc.start();
const bot = await dc.createUser({ bot: true, username: 'mod_bot' });
const ann = await dc.createUser({ firstName: 'Ann', username: 'annie' });
const bob = await dc.createUser({ firstName: 'Bob', username: 'bobby' });
const group = dc.createChannel({ title: 'G', creator: bob, members: [ann, bot], megagroup: true });
const common = { schema, ...dc.clientOptions, logger: { to: 'none' } as const };
const client = new Client({ ...common, storage: new MemoryStorage() });
const log: string[] = [];
client.on('error', (e) => console.log('ERROR', e));
const swearing = new Filter((event) => { const m = /damn/.exec(event.text); return m && { word: m[0] }; });
client.on(filters.supergroup.and(filters.message).and(swearing), async (event) => {
  log.push(`swear ${event.word} by ${event.senderId}`);
  event.stop();
  try { await client.api.channels.deleteMessages({ channel: event.chatId, id: [event.message.id] }); } catch (e) { log.push('del: ' + String(e)); }
});
client.on(filters.or(filters.photo, filters.video).and(filters.supergroup), (event) => { log.push('media ' + event.media._ + ' ' + event.chatId); });
client.on(filters.album, (event) => { log.push(`album ${event.messages.length} ${event.messages.map((m) => m.message)} ${event.album?.length}`); });
client.on(filters.joined, (event) => { log.push('joined ' + event.members + ' ' + event.update._); });
client.on(filters.left, (event) => { log.push('left ' + event.members + ' ' + event.update._); });
client.on(filters.command('ban', { prefix: ['!', '/'] }).and(filters.reply), async (event) => {
  log.push(`ban ${event.command.name} ${event.command.args} reply to ${event.replyTo}`);
});
client.on(filters.from('@annie').and(filters.text()), (e) => { log.push('from annie ' + e.text); });
client.on(filters.deleted, (e) => { log.push('deleted ' + e.messageIds + ' ' + e.chatId); });
client.on(filters.editedTo(filters.regex(/spam/)), (e) => { log.push('edited to ' + e.match[0] + e.match.index); });
client.on(filters.update('updateChannelParticipant', 'updateChannel'), (e) => { log.push(e.update._); });
client.on('update', (e: UpdateEvent) => { log.push('* ' + e.update._ + ' ' + e.chatId + ' key ' + e.key); });
await client.signIn({ botToken: bot.token });
const my = new Client({ ...common, storage: new MemoryStorage() });
await my.signIn({ phone: ann.phone, code: dc.loginCode });
await new Promise((r) => setTimeout(r, 300));
const m1 = dc.send(bob, group, 'damn it');
const m2 = dc.send(ann, group, 'hello');
dc.send(bob, group, '!ban spam', { replyTo: m2.id } as never);
dc.edit(m2, 'spam now');
dc.deleteMessages(m2);
dc.kick(ann, group);
const carl = await dc.createUser({ firstName: 'Carl' });
dc.join(carl, group);
dc.leave(carl, group);
const mc = new Client({ ...common, storage: new MemoryStorage() });
await mc.signIn({ phone: bob.phone, code: dc.loginCode });
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAgAAAAIAQAAAADsdIMmAAAADklEQVR4nGNgAIIPUAgAD/AB/6vbHlAAAAAASUVORK5CYII=', 'base64');
await mc.peers.info?.('@annie');
for await (const d of mc.peers.dialogs()) console.log('dialog', Object.keys(d), (d as any).id);
try { await mc.sendAlbum(BigInt(-1000000000000) - group.id, [{ media: { type: 'photo', file: png }, caption: 'One' }, { media: { type: 'photo', file: png } }]); } catch (e) { console.log('album', String(e)); }
await new Promise((r) => setTimeout(r, 1200));
console.log(log.join('\n'));
// errors
for (const [name, f] of Object.entries({
  slash: () => filters.command('/start'),
  text: () => filters.text(5 as never),
  upd: () => filters.update('updateNewMesage' as never),
  mediaOf: () => filters.mediaOf('x' as never),
  chat: () => filters.chat('annie'), chat2: () => filters.chat('@x y'),
  chatnum: () => filters.chat(5 as never),
  notcalled: () => client.on(filters.text as never, () => {}),
  notcalled2: () => client.on(filters.callbackQuery as never, () => {}),
  string: () => client.on('message' as never, () => {}),
  nohandler: () => client.on(filters.message, undefined as never),
  or0: () => filters.or(), and0: () => filters.and(),
  orfn: () => filters.or(filters.text as never, filters.photo),
  opts: () => client.on(filters.message, () => {}, { own: 'yes' } as never),
  opts2: () => client.on(filters.message, () => {}, { once: true } as never),
  getUpdates: () => client.getUpdates({ limit: -1 }),
  getUpdates2: () => client.getUpdates({ offset: 55 }),
  getUpdates3: () => client.getUpdates({ timeout: -5 }),
  getUpdates4: () => client.getUpdates({ ofset: 5 } as never),
  own: () => client.updates({ own: 3 } as never),
  use: () => client.use({} as never),
  conv: () => client.conversation('@nobody_here'),
  conv2: () => (client as any).conversation(),
  cbq: () => filters.callbackQuery(5 as never),
  re: () => filters.regex('abc' as never),
  from: () => filters.from(1234n as never),
})) { try { const r = await (f as () => unknown)(); console.log(name, 'OK', typeof r); } catch (e) { console.log(name, String(e)); } }
await mc.close(); await my.close(); await client.close(); console.log(dc.refusals.count); await dc.close();

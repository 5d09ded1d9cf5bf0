// @ts-check
// Updates: handlers, filters, reading one by one and in batches, exactly once. Offline: the data center is in this process.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { LocalDc } from '@tlgen/local-dc';
import { Client, Filter, filters, MemoryStorage } from '@tlgen/runtime';
import { schema } from '@tlgen/telegram/schema';

const folder = await mkdtemp(join(tmpdir(), 'tlgen-updates-'));
const dc = await LocalDc.start();
const ann = await dc.createUser({ firstName: 'Ann', username: 'annie' });
const bob = await dc.createUser({ firstName: 'Bob', username: 'bobby' });
const club = dc.createChannel({ title: 'The club', creator: bob, members: [ann], megagroup: true });
const common = { schema, ...dc.clientOptions, logger: /** @type {const} */ ({ to: 'none' }) };

/**
 * @param {import('@tlgen/local-dc').TestPerson} person
 * @param {import('@tlgen/runtime').ClientOptions['storage']} storage
 */
async function signIn(person, storage = new MemoryStorage()) {
  const signedIn = new Client({ ...common, storage });
  await signedIn.signIn({ phone: person.phone, code: dc.loginCode });
  return signedIn;
}
const annsClient = await signIn(ann);
const client = await signIn(bob);

/** Resolves when something has happened that the handlers below wait for. */
const happened = (() => {
  /** @type {Map<string, () => void>} */
  const waiting = new Map();
  return {
    tell: (/** @type {string} */ what) => waiting.get(what)?.(),
    when: (/** @type {string} */ what) =>
      new Promise((resolve) => waiting.set(what, () => resolve(undefined))),
  };
})();

// docs: handlers
const stop = client.on(filters.private.and(filters.text()), async (event) => {
  console.log(`${event.sender?._ === 'user' ? event.sender.firstName : '?'}: ${event.text}`);
  await event.reply('One moment …');
});
// docs: end
const replied = annsClient.conversation('@bobby').then(async (chat) => {
  const { text } = await chat.ask('Are you there?', filters.message, { timeout: 10_000 });
  await chat.close();
  return text;
});
console.log(`Bob's client: ${await replied}`);
stop();

// docs: compose
const picture = filters.or(filters.photo, filters.video);
const stops = [
  client.on(picture.and(filters.forwarded.not()), (event) => {
    console.log(event.media._); // typed: a photo or a document
    happened.tell('picture');
  }),
  client.on(
    filters.command('add').where(({ command }) => command.argv.length > 0),
    (event) => {
      const sum = event.command.argv.reduce((all, one) => all + Number(one), 0);
      console.log(`${event.command.args}: ${sum}`);
      happened.tell('sum');
    },
  ),
];
// docs: end

// docs: own-filter
/** Messages that shout; handlers get `words`, those in capitals. */
const shouting = new Filter((event) => {
  const words = event.text.match(/\b\p{Lu}{2,}\b/gu);
  return words && { words };
});
stops.push(
  client.on(filters.group.and(shouting), (event) => {
    console.log(event.words.join(' '));
    happened.tell('shouting');
  }),
);
// docs: end

const all = Promise.all(['picture', 'sum', 'shouting'].map((one) => happened.when(one)));
const picture1 = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAIAQAAAADsdIMmAAAADklEQVR4nGNgAIIPUAgAD/AB/6vbHlAAAAAASUVORK5CYII=',
  'base64',
);
await annsClient.sendMedia('@bobby', { type: 'photo', file: picture1 });
await annsClient.sendText('@bobby', '/add 1 2 3');
dc.send(ann, club, 'This is VERY GOOD tea');
await all;
for (const one of stops.splice(0)) one();

// docs: album
const stopAlbums = client.on(filters.album, (event) => {
  console.log(`an album of ${event.messages.length}`);
  happened.tell('album');
});
// docs: end
const album = happened.when('album');
await annsClient.sendAlbum('@bobby', [
  { media: { type: 'photo', file: picture1 }, caption: 'One' },
  { media: { type: 'photo', file: picture1 }, caption: 'Two' },
]);
await album;
stopAlbums();

// docs: iterator
const reading = client.updates();
dc.send(ann, bob, 'Good evening'); // what comes from now on waits to be read
dc.send(ann, bob, 'Good night');
for await (const event of reading) {
  if (event.message?._ !== 'message') continue;
  console.log(event.update._, event.text);
  if (event.text === 'Good night') break; // ends the reading
}
// docs: end

// docs: batches
let offset = 0;
let goOn = true;
await client.getUpdates(); // updates are collected from the first call on
dc.send(ann, bob, 'one');
dc.send(ann, bob, 'two');
while (goOn) {
  const news = await client.getUpdates({ offset, limit: 100, timeout: 30 });
  for (const { updateId, update, event } of news) {
    console.log(updateId, update._, event.text);
    if (event.text === 'two') goOn = false;
    offset = updateId + 1; // the next one to read
  }
}
await client.getUpdates({ offset }); // those before are done
// docs: end

// docs: testing
const stopPrinting = client.on(filters.text(), ({ text }) => {
  console.log(text);
  happened.tell(text);
});
const lost = dc.updates.lose({ user: bob, times: 1 }); // the next push does not come …
dc.updates.duplicate({ user: bob, times: 1 }); // … and the one after that comes twice
const told = happened.when('Is it ready?');
dc.send(ann, bob, 'Where is my tea?');
dc.send(ann, bob, 'Is it ready?');
await told; // both, in order, once
assert.equal(lost.count, 1);
// docs: end
stopPrinting();

// docs: raw
client.on('raw-update', (updates) => console.log('pushed:', updates._));
client.on('updates-lost', ({ reason, chatId }) => console.log('lost:', reason, chatId));
client.on('updates-silent', ({ missed }) => console.log('the server was silent about', missed));
// docs: end
await client.close();

// docs: once
const db = new Database(join(folder, 'orders.db'));
db.exec('CREATE TABLE orders (key TEXT PRIMARY KEY, tea TEXT)');
const book = db.prepare('INSERT OR IGNORE INTO orders VALUES (?, ?)');

/**
 * Books orders, each exactly once.
 *
 * @param {Client} shop
 */
function takeOrders(shop) {
  shop.on(filters.command('order'), async (event) => {
    const { changes } = book.run(event.key, event.command.args); // the key and the effect: one transaction
    console.log(event.command.args, changes > 0 ? 'is booked' : 'was booked before');
    await cook(event.command.args);
  });
}
// docs: end

/** What the first run does not live to see the end of. */
let cook = async (/** @type {string} */ tea) => {
  happened.tell(tea);
  await new Promise(() => {});
};
const storage = new MemoryStorage();
const shop = await signIn(bob, storage);
takeOrders(shop);
const ordered = happened.when('green tea');
await shop.peers.info('@annie');
dc.send(ann, bob, '/order green tea');
await ordered;
// docs: stopping
await shop.close({ timeout: 100 }); // the handler does not end: its update is not done
// docs: end

cook = async (tea) => happened.tell(tea);
const cooked = happened.when('green tea');
const again = new Client({ ...common, storage }); // the next start
again.use(takeOrders);
await again.connect();
await cooked;
console.log('orders:', db.prepare('SELECT tea FROM orders').all());
await again.close();

db.close();
await annsClient.close();
assert.equal(dc.refusals.count, 0);
await dc.close();
await rm(folder, { recursive: true });

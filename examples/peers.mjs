// @ts-check
// Who is known, and lists of dialogs, messages and members, against a data center in this process.
import assert from 'node:assert/strict';
// docs: client
import { LocalDc } from '@tlgen/local-dc';
import { Client, markedId, MemoryStorage, parseMarkedId, PeerError } from '@tlgen/runtime';
import { schema } from '@tlgen/telegram/schema';

const dc = await LocalDc.start({ seed: 'peers' });
const ann = await dc.createUser({ firstName: 'Ann', lastName: 'Example' });
const bob = await dc.createUser({ firstName: 'Bob', username: 'bobby' });
const group = dc.createGroup({ title: 'Family', creator: ann, members: [bob] });
const club = dc.createChannel({
  title: 'The club',
  creator: bob,
  members: [ann],
  username: 'the_club',
  megagroup: true,
});
for (const text of ['Welcome', 'How are you?', 'Read the rules']) dc.send(bob, club, text);
dc.send(bob, ann, 'Dinner at eight');

const client = new Client({
  schema,
  storage: new MemoryStorage(),
  ...dc.clientOptions,
  logger: { to: 'none' },
});
await client.signIn({ phone: ann.phone, code: dc.loginCode });
// docs: end

// docs: info
const info = await client.peers.info('@the_club');
console.log(info.type, info.name, info.markedId, info.inputPeer._);
if (info.type === 'supergroup') console.log(info.usernames, info.inputChannel._);
const me = await client.peers.info('me');
console.log(me.type, me.name, me.inputPeer._);
// docs: end

// docs: marked
console.log(markedId('user', 1249421n), markedId('chat', 1029449n), markedId('channel', 1234567n));
console.log(parseMarkedId(-1000001234567n));
console.log(parseMarkedId(-100412412901)); // no channel: those begin at -1000000000001
// docs: end

// docs: full
const full = await client.peers.full('@the_club');
if (full.type === 'supergroup') console.log(full.full.participantsCount, full.chats.length);
const again = await client.peers.full('@the_club'); // from memory: an hour has not passed
console.log(again.lastUpdate === full.lastUpdate);
// docs: end

// docs: chat
const chat = await client.peers.chat('@the_club', { participants: true });
assert(chat.type === 'supergroup');
console.log(chat.title, chat.participantsCount);
for (const { user, role } of chat.participants ?? [])
  console.log('firstName' in user ? user.firstName : user.title, role);
// docs: end

// docs: dialogs
for await (const { peer, message, unreadCount } of client.peers.dialogs({ limit: 50 })) {
  const text = message?._ === 'message' ? message.message : '';
  console.log(`${peer.type} ${peer.name}, ${unreadCount} unread: ${text}`);
}
// docs: end

// docs: history
for await (const message of client.peers.history('@the_club', { limit: 2 }))
  if (message._ === 'message') console.log(message.id, message.message);

const oldest = client.peers.history('@the_club', { reverse: true, from: '@bobby' });
console.log(`${await oldest.total()} in all`);
const texts = (await oldest.all()).flatMap((one) => (one._ === 'message' ? [one.message] : []));
console.log(texts.join(' | '));
// docs: end

// docs: search
const rules = await client.peers.search('@the_club', { query: 'rules', limit: 10 }).all();
const anywhere = await client.peers.search(null, { query: 'dinner' }).all();
console.log(rules.length, anywhere.length);
// docs: end

// docs: participants
for await (const { id, role, user } of client.peers.participants(markedId('chat', group.id)))
  console.log(id === ann.id, role, user?._ === 'user' ? user.firstName : null);
console.log((await client.peers.participants('@the_club', { filter: 'admins' }).all()).length);
// docs: end

// docs: unknown
for (const peer of [7777777777n, '@nobody_here', 'what?']) {
  try {
    await client.peers.resolve(peer);
  } catch (error) {
    if (!(error instanceof PeerError)) throw error;
    console.log(`${error.code}: ${error.message.split('.')[0]}`);
  }
}
try {
  await client.peers.inputUser('@the_club');
} catch (error) {
  if (!(error instanceof PeerError)) throw error;
  console.log(`${error.code}: ${error.message}`);
}
// docs: end

// docs: resolver
client.configure({
  peers: {
    /** Asked before an error, with a marked id or a name. What it says may also come from a database. */
    resolver: (peer) => {
      console.log(`who is ${peer}?`);
      return info.inputPeer;
    },
  },
});
const found = await client.peers.resolve('@old_name_of_the_club');
console.log(found._ === 'inputPeerChannel' && found.channelId === info.id);
// docs: end

// docs: start
const eager = new Client({
  schema,
  storage: new MemoryStorage(),
  ...dc.clientOptions,
  logger: { to: 'none' },
  peers: { loadAllAtStart: true },
});
await eager.signIn({ phone: ann.phone, code: dc.loginCode });
await eager.connect(); // reads all dialogs
const known = await eager.peers.info(bob.id); // no question to the server
console.log(known.name);
// docs: end

await Promise.all([client.close(), eager.close()]);
assert.equal(dc.refusals.count, 0);
await dc.close();

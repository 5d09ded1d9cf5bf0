// A data center with a user who has many conversations, in a process of its own: node client/server.mjs DIALOGS
// Prints where and who as one line of JSON; ends with its standard input.
import { LocalDc } from '@tlgen/local-dc';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { generated } from '../prepare.mjs';

const schemaOf = async (/** @type {number} */ layer) => {
  const file = join(generated, `layer${layer}`, 'schema.js');
  return (await import(pathToFileURL(file).href)).schema;
};
const dc = await LocalDc.start({
  tlsPort: false,
  layers: [await schemaOf(198), await schemaOf(227)],
});
const me = await dc.createUser({ firstName: 'Me' });
const dialogs = Number(process.argv[2]);
let friend = me;
for (let i = 0; i < dialogs; i++) {
  const somebody = { firstName: `Somebody ${i}`, username: `somebody_${i}` };
  friend = await dc.createUser(somebody);
  dc.send(friend, me, `Hello from number ${i}, how are you?`);
}

const { host, port, rsaKey, loginCode: code } = dc;
const account = { phone: me.phone, code, friend: friend.username, friendId: String(friend.id) };
console.log(JSON.stringify({ host, port, rsaKey, dialogs, ...account }));
process.stdin.resume().once('end', () => dc.close());

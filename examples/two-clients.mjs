// @ts-check
// Two people meet in a data center that runs in this process: no account, no network.
import { LocalDc } from '@tlgen/local-dc';
import { Client, filters, MemoryStorage } from '@tlgen/runtime';
import { schema } from '@tlgen/telegram/schema';

// docs: start
const dc = await LocalDc.start();
const alice = await dc.createUser({ firstName: 'Alice' });
const bob = await dc.createUser({ firstName: 'Bob', username: 'bobby', password: 'correct horse' });
// docs: end

// docs: clients
/**
 * @param {import('@tlgen/runtime').Protocol} protocol
 * @param {string} phone
 * @param {string} [password]
 */
async function signIn(protocol, phone, password) {
  const client = new Client({
    schema,
    storage: new MemoryStorage(),
    ...dc.clientOptions,
    connection: { protocol },
    logger: { to: 'none' },
  });
  const self = await client.signIn({ phone, code: '22222', password });
  console.log(`user ${self.id} signed in over ${protocol}`);
  return client;
}

const started = performance.now();
const alicesClient = await signIn('obfuscated2', alice.phone);
const bobsClient = await signIn('websocket', bob.phone, 'correct horse');
console.log(`two key exchanges each, PFS on: ${Math.round(performance.now() - started)} ms`);
// docs: end

// docs: message
/** @type {Promise<string>} */
const received = new Promise((resolve) => {
  bobsClient.on(filters.text(), (event) => resolve(event.text));
});

await alicesClient.api.messages.sendMessage({ peer: '@bobby', message: 'Hello, Bob!' });
console.log(`Bob reads: ${await received}`);
// docs: end

await alicesClient.close();
await bobsClient.close();
console.log(`the strict data center refused ${dc.refusals.count} packets`);
await dc.close();

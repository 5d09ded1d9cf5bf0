// @ts-check
// A bot and its test, against a data center that runs in this process. Needs no account and no network.
import assert from 'node:assert/strict';
import { help } from '@tlgen/telegram';
// docs: start
import { LocalDc } from '@tlgen/local-dc';
import { Client, MemoryStorage } from '@tlgen/runtime';
import { base, contacts, messages } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';

const dc = await LocalDc.start();
const bot = await dc.createUser({ bot: true, username: 'echo_bot' });
const ann = await dc.createUser({ firstName: 'Ann' });

/** A client of the local data center. */
const newClient = () =>
  new Client({
    schema,
    storage: new MemoryStorage(),
    ...dc.clientOptions,
    logger: { to: 'none' },
  });
// docs: end

// docs: bot
/**
 * Signs the bot in, and sends back what people write to it.
 *
 * @param {Client} client
 * @param {string} botToken
 */
async function startBot(client, botToken) {
  /** @type {Map<bigint, bigint>} Access hashes: short updates don't repeat them. */
  const known = new Map();
  client.on('update', async (event) => {
    const news = /** @type {base.TypeUpdates} */ (event);
    if (news._ === 'updateShortMessage') return reply(news.userId, news.message);
    if (news._ !== 'updates') return;
    for (const user of news.users)
      if (user._ === 'user') known.set(user.id, user.accessHash ?? 0n);
    for (const one of news.updates) {
      if (one._ !== 'updateNewMessage' || one.message._ !== 'message') continue;
      const { peerId, message, out } = one.message;
      if (!out && peerId._ === 'peerUser') await reply(peerId.userId, message);
    }
  });

  /**
   * @param {bigint} userId
   * @param {string} message
   */
  async function reply(userId, message) {
    const peer = new base.InputPeerUser({ userId, accessHash: known.get(userId) ?? 0n });
    const randomId = crypto.getRandomValues(new BigInt64Array(1))[0] ?? 0n;
    await client.invoke(
      new messages.SendMessageRequest({ peer, message: `You wrote: ${message}`, randomId }),
    );
  }

  await client.connect();
  return client.signIn({ botToken });
}
// docs: end

// docs: sign-in
const botClient = newClient();
const self = await startBot(botClient, bot.token ?? '');
console.log(`signed in, a bot: ${self.bot}`);

const annsClient = newClient();
await annsClient.connect();
await annsClient.signIn({ phone: ann.phone ?? '', code: dc.loginCode });
// docs: end

// docs: talk
const { users } = await annsClient.invoke(
  new contacts.ResolveUsernameRequest({ username: 'echo_bot' }),
);
const [found] = users;
assert(found?._ === 'user' && found.accessHash !== undefined);
const peer = new base.InputPeerUser({ userId: found.id, accessHash: found.accessHash });
let written = 0n;

/**
 * Ann writes to the bot; resolves with what it answers.
 *
 * @param {string} message
 * @returns {Promise<string>}
 */
async function ask(message) {
  const answer = new Promise((resolve) => {
    const stop = annsClient.on('update', (event) => {
      const news = /** @type {base.TypeUpdates} */ (event);
      const texts =
        news._ === 'updateShortMessage'
          ? [news.message]
          : news._ === 'updates'
            ? news.updates.flatMap((one) =>
                one._ === 'updateNewMessage' && one.message._ === 'message' && !one.message.out
                  ? [one.message.message]
                  : [],
              )
            : [];
      if (texts[0] === undefined) return;
      stop();
      resolve(texts[0]);
    });
  });
  await annsClient.invoke(
    new messages.SendMessageRequest({ peer, message, randomId: ++written }),
  );
  return answer;
}

console.log(await ask('hello'));
// docs: end

// docs: override
const remove = dc.handle(messages.SendMessageRequest, async (request, context) => {
  if (context.user.isBot) request.message = request.message.toUpperCase();
  return context.next();
});
console.log(await ask('are you there?'));
remove();
// docs: end

// docs: faults
dc.floodWait(messages.SendMessageRequest, 1); // the next call is answered with FLOOD_WAIT_1
console.log(await ask('how long did that take?'));

const cut = dc.faults.add({ kind: 'cut', on: 'incoming', when: 'after', times: 1 });
console.log(await ask('and now?')); // one connection breaks before the answer; the client comes back
console.log(`connections cut: ${cut.count}`);
// docs: end

// docs: strict
for (const { kind, detail } of dc.refusals) console.log(kind, detail);
assert.equal(dc.refusals.count, 0);

await Promise.all([annsClient.close(), botClient.close()]);
await dc.close();
console.log('all closed, nothing was refused');
// docs: end

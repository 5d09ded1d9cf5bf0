// @ts-check
// A bot and its test, against a data center that runs in this process. Needs no account and no network.
import assert from 'node:assert/strict';
import { bots } from '@tlgen/telegram';
// docs: start
import { LocalDc, RpcFault } from '@tlgen/local-dc';
import { Client, isRpcError, MemoryStorage } from '@tlgen/runtime';
import { base, messages } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';

const dc = await LocalDc.start();
const bot = await dc.createUser({ bot: true, username: 'echo_bot' });
const ann = await dc.createUser({ firstName: 'Ann' });

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
 * Private messages from others, out of what a server pushes.
 *
 * @param {import('@tlgen/codec').TlObject} event
 */
function incoming(event) {
  const news = /** @type {base.TypeUpdates} */ (event);
  if (news._ === 'updateShortMessage') return [{ userId: news.userId, text: news.message }];
  if (news._ !== 'updates') return [];
  return news.updates.flatMap((update) => {
    if (update._ !== 'updateNewMessage' || update.message._ !== 'message') return [];
    const { peerId, message: text, out } = update.message;
    return out || peerId._ !== 'peerUser' ? [] : [{ userId: peerId.userId, text }];
  });
}

/**
 * Signs the bot in, and sends back what people write to it.
 *
 * @param {Client} client
 * @param {string} botToken
 */
async function startBot(client, botToken) {
  client.on('update', async (event) => {
    for (const { userId, text } of incoming(event)) {
      await client.sendText(userId, `You wrote: ${text}`);
    }
  });
  return client.signIn({ botToken });
}
// docs: end

// docs: sign-in
const botClient = newClient();
const self = await startBot(botClient, bot.token);
console.log(`signed in, a bot: ${self.bot}`);

const annsClient = newClient();
await annsClient.signIn({ phone: ann.phone, code: dc.loginCode });
// docs: end

// docs: talk
/**
 * Ann writes to the bot; resolves with what it answers.
 *
 * @param {string} message
 * @returns {Promise<string>}
 */
async function ask(message) {
  /** @type {Promise<string>} */
  const answer = new Promise((resolve) => {
    const stop = annsClient.on('update', (event) => {
      const [first] = incoming(event);
      if (!first) return;
      stop();
      resolve(first.text);
    });
  });
  await annsClient.sendText('@echo_bot', message);
  return answer;
}

console.log(await ask('hello'));
// docs: end

// docs: override
const remove = dc.handle(messages.SendMessageRequest, async (request, context) => {
  if (request.message.includes('spam')) throw new RpcFault(400, 'PEER_FLOOD');
  return context.next();
});
try {
  await annsClient.sendText('@echo_bot', 'spam, spam');
} catch (error) {
  if (!isRpcError(error, messages.SendMessageRequest)) throw error;
  console.log(error.code);
}
remove();
// docs: end

// docs: method
const commands = new bots.SetBotCommandsRequest({
  scope: new base.BotCommandScopeDefault(),
  langCode: '',
  commands: [new base.BotCommand({ command: 'start', description: 'Says hello' })],
});
await assert.rejects(botClient.invoke(commands), { code: 'METHOD_INVALID' });
console.log([...dc.unhandled]); // what your program needs and the data center lacks

dc.handle(bots.SetBotCommandsRequest, (request, { user }) => {
  console.log(
    `@${user.username}: ${request.commands.map(({ command }) => `/${command}`).join(' ')}`,
  );
  return true;
});
await botClient.invoke(commands);
// docs: end

// docs: faults
dc.floodWait(messages.SendMessageRequest, 1); // the next call is answered with FLOOD_WAIT_1
console.log(await ask('did you wait?'));

// The next packet still arrives, then its connection is gone: the answer has to come another way.
const cut = dc.faults.add({ kind: 'cut', on: 'incoming', when: 'after', times: 1 });
console.log(await ask('did it break?'));
console.log(`connections cut: ${cut.count}`);
// docs: end

// docs: strict
for (const { kind, detail } of dc.refusals) console.log(kind, detail);
assert.equal(dc.refusals.count, 0);

await Promise.all([annsClient.close(), botClient.close()]);
await dc.close();
// docs: end

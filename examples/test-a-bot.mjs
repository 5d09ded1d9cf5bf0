// @ts-check
// A bot and its test, against a data center that runs in this process. Needs no account and no network.
import assert from 'node:assert/strict';
import { bots } from '@tlgen/telegram';
// docs: start
import { LocalDc, RpcFault } from '@tlgen/local-dc';
import { Client, filters, isRpcError, MemoryStorage } from '@tlgen/runtime';
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
 * Sends back what people write to it.
 *
 * @param {Client} client
 */
function echo(client) {
  client.on(filters.private.and(filters.text()), (event) =>
    event.respond(`You wrote: ${event.text}`),
  );
}
// docs: end

// docs: sign-in
const botClient = newClient();
botClient.use(echo);
const self = await botClient.signIn({ botToken: bot.token });
console.log(`signed in, a bot: ${self.bot}`);

const annsClient = newClient();
await annsClient.signIn({ phone: ann.phone, code: dc.loginCode });
// docs: end

// docs: talk
const chat = await annsClient.conversation('@echo_bot');

/**
 * Ann writes to the bot; resolves with what it answers.
 *
 * @param {string} message
 */
async function ask(message) {
  const answer = await chat.ask(message, filters.text(), { timeout: 30_000 });
  return answer.text;
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

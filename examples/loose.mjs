// @ts-check
// client.api and sendText: calls with names in place of peers, against a data center in this process.
import assert from 'node:assert/strict';
// docs: client
import { LocalDc } from '@tlgen/local-dc';
import {
  Client,
  isRpcError,
  KeyboardError,
  MemoryStorage,
  ParameterError,
  PeerError,
  TextError,
  UnknownMethodError,
} from '@tlgen/runtime';
import { base, messages } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';

const dc = await LocalDc.start();
const ann = await dc.createUser({ firstName: 'Ann' });
const bob = await dc.createUser({ firstName: 'Bob', username: 'bobby' });

const client = new Client({
  schema,
  storage: new MemoryStorage(),
  ...dc.clientOptions,
  logger: { level: 'notice', to: (message) => console.log(`log: ${message}`) },
});
await client.signIn({ phone: ann.phone, code: dc.loginCode });
// docs: end

// docs: send
const { api } = client;
const answer = await api.messages.sendMessage({ peer: '@bobby', message: 'Hello' });
console.log(answer._);

// The same, strictly: the peer is looked up, and everything is there.
const peer = await client.peers.resolve('@bobby');
await client.invoke(new messages.SendMessageRequest({ peer, message: 'Hello', randomId: 7n }));
// docs: end

// docs: filled
const found = await api.messages.search({ peer: 'bobby', q: 'hello', limit: 10 });
if ('messages' in found) console.log(`${found.messages.length} found`);
// docs: end

// docs: peers
for (const one of ['bobby', 'https://t.me/bobby', bob.id, `user#${bob.id}`, `+${bob.phone}`, peer])
  await api.messages.setTyping({ peer: one, action: new base.SendMessageTypingAction() });
// docs: end

// docs: plain
/** As it may come out of a file of JSON: no bigint, no classes. @type {any} */
const data = {
  peer: String(bob.id),
  message: 'See above',
  randomId: '7777777777777777777',
  replyTo: { _: 'inputReplyToMessage', replyToMsgId: 1 },
};
await api.messages.sendMessage(data);
// docs: end

// docs: markup
await api.messages.sendMessage({
  peer: '@bobby',
  message: '<b>Hello</b>, <a href="mention:@bobby">you</a>',
  parseMode: 'html',
  replyMarkup: { inline_keyboard: [[{ text: 'Our page', url: 'https://example.org/' }]] },
});
// docs: end

// docs: aliases
await api.messages.sendMessage({
  chat_id: '@bobby',
  text: '*Hello*',
  parse_mode: 'markdown',
  disable_notification: true,
  reply_to_message_id: 1,
});
// docs: end

// docs: errors
/** @type {any} Slips that TypeScript would have told of. */
const loose = api;
for (const call of [
  () => loose.messages.sendMessage({ peer: '@bobby', mesage: 'Hello' }),
  () => loose.messages.sendMessage({ peer: '@bobby' }),
  () => loose.messages.sendMesage({ peer: '@bobby', message: 'Hello' }),
  () => api.messages.sendMessage({ peer: '@nobody_here', message: 'Hello' }),
  () => api.messages.sendMessage({ peer: 'no peer', message: 'Hello' }),
  () => api.messages.sendMessage({ peer: 'me', message: '<b>Hello', parseMode: 'html' }),
  () =>
    api.messages.sendMessage({
      peer: 'me',
      message: 'Hello',
      replyMarkup: { inline_keyboard: [[{ text: 'Where to?' }]] },
    }),
]) {
  try {
    await call();
  } catch (error) {
    if (error instanceof ParameterError) console.log(error.code, error.parameter);
    else if (error instanceof UnknownMethodError) console.log(error.code, error.suggestion);
    else if (error instanceof PeerError) console.log(error.code, error.peer);
    else if (error instanceof TextError) console.log(error.code, error.offset);
    else if (error instanceof KeyboardError) console.log(error.code, error.row, error.column);
    else throw error;
  }
}
// docs: end

// docs: no-response
await api.messages.readHistory({ peer: '@bobby', maxId: 0 }, { noResponse: true });
// docs: end

// docs: queue
const words = ['one', 'two', 'three'];
await Promise.all(
  words.map((message) =>
    api.messages.sendMessage({ peer: '@bobby', message }, { queue: 'to Bob', floodWaitLimit: 60 }),
  ),
);
const last = await client.peers.history('@bobby', { limit: 3 }).all();
console.log(last.map((one) => (one._ === 'message' ? one.message : one._)).reverse());
// docs: end

// docs: text
const long = `<b>${'All work and no play. '.repeat(300)}</b>`;
const sent = await client.sendText('@bobby', long, { parseMode: 'html', silent: true });
console.log(`${sent.length} messages, the last has the id ${sent.at(-1)?.id}`);
// docs: end

// docs: flood
dc.floodWait(messages.SendMessageRequest, 90);
try {
  await api.messages.sendMessage({ peer: '@bobby', message: 'Hello' }, { floodWaitLimit: 0 });
} catch (error) {
  if (!isRpcError(error, messages.SendMessageRequest)) throw error;
  console.log(`${error.code}: wait ${error.seconds} s`);
}
// docs: end
await client.close();

// docs: middleware
/** @type {import('@tlgen/runtime').Middleware} */
const told = async (call, next) => {
  console.log(`→ ${call.request._}`);
  try {
    return await next(call);
  } catch (error) {
    console.log(`${call.request._} failed: ${error}`);
    throw error;
  }
};
const watched = new Client({
  schema,
  storage: new MemoryStorage(),
  ...dc.clientOptions,
  logger: { to: 'none' },
  middleware: [told],
});
await watched.signIn({ phone: bob.phone, code: dc.loginCode });
// docs: end
await watched.close();

assert.equal(dc.refusals.count, 0);
await dc.close();

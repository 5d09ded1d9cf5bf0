// Updates by the client itself: handlers, readers, batches, conversations and plugins.
import {
  Client,
  filters,
  MemoryStorage,
  type Conversation,
  type NumberedUpdate,
  type PartialSettings,
  type Plugin,
  type SentText,
  type Silence,
  type Unsubscribe,
  type UpdateEvent,
  type UpdatesLost,
} from '@tlgen/runtime';
import { base } from '@tlgen/telegram';
import type { SchemaApi } from '@tlgen/telegram/api';
import { schema } from '@tlgen/telegram/schema';

/** Fails to compile unless both types are the same. */
type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const yes = <T extends true>(): T | undefined => undefined;

const client = new Client({ schema, apiId: 1, apiHash: 'hash', storage: new MemoryStorage() });

export function byName(): void {
  const stop = client.on('update', (event) => {
    yes<Same<typeof event, UpdateEvent>>();
    yes<Same<typeof event.update, base.TypeUpdate>>();
    // @ts-expect-error an event is no update
    void event._;
  });
  yes<Same<typeof stop, Unsubscribe>>();
  client.on('updates-lost', (lost) => {
    yes<Same<typeof lost, UpdatesLost>>();
    yes<Same<typeof lost.reason, 'too-long' | 'dropped'>>();
  });
  client.on('updates-silent', (silence) => yes<Same<typeof silence, Silence>>());
  client.on('raw-update', (updates) => {
    // @ts-expect-error containers are not told apart: `_` is any name
    void updates.updates;
  });
  client.on('update', async ({ text }) => void (await client.sendText('me', text)));
  // @ts-expect-error there is no such event
  client.on('nonsense', () => undefined);
  // @ts-expect-error nor is the name of an update one
  client.on('updateNewMessage', () => undefined);
  // @ts-expect-error only handlers behind a filter have options
  client.on('update', () => undefined, { own: true });
  // @ts-expect-error a handler takes what the event brings
  client.on('update', (message: base.Message) => void message);
  // @ts-expect-error and is a function
  client.on('update');
}

export function byFilter(): void {
  const stop = client.on(filters.private.and(filters.command('add')), async (event) => {
    yes<Same<typeof event.chatId, bigint>>();
    yes<Same<typeof event.command.name, 'add'>>();
    yes<Same<typeof event.message, UpdateEvent['message'] & base.Message>>();
    const sent = await event.reply(event.command.args);
    yes<Same<typeof sent, SentText[]>>();
    // @ts-expect-error a command is no pressed button
    void event.query;
  });
  yes<Same<typeof stop, Unsubscribe>>();
  client.on(filters.update('updateUserStatus'), ({ update }) => {
    yes<Same<typeof update.status, base.TypeUserStatus>>();
  });
  client.on(filters.message, ({ message }) => void message.id, { own: true });
  client.on(filters.all, () => undefined, {});
  // A handler that takes less than it gets.
  client.on(filters.photo, (event: UpdateEvent) => void event.id);
  // @ts-expect-error there is no such option
  client.on(filters.message, () => undefined, { once: true });
  const ofPhotos = (event: UpdateEvent & { media: base.MessageMediaPhoto }): void => void event;
  client.on(filters.photo, ofPhotos);
  // @ts-expect-error what the filter does not find a handler cannot take
  client.on(filters.text(), ofPhotos);
  // @ts-expect-error a filter with arguments is called first
  client.on(filters.command, () => undefined);
  const isText = ({ text }: UpdateEvent): boolean => text !== '';
  // @ts-expect-error a predicate is no filter: filters.where makes one of it
  client.on(isText, () => undefined);
}

export async function oneByOne(): Promise<void> {
  for await (const event of client.updates({ own: true, signal: new AbortController().signal }))
    yes<Same<typeof event, UpdateEvent>>();
  await using reading = client.updates();
  const { value, done } = await reading.next();
  yes<Same<typeof value, UpdateEvent | undefined>>();
  yes<Same<typeof done, boolean | undefined>>();
  // @ts-expect-error it reads; a filter is for handlers
  client.updates(filters.message);
  // @ts-expect-error an iterator has no timeout
  client.updates({ timeout: 5 });
}

export async function inBatches(): Promise<void> {
  const items = await client.getUpdates({ offset: 5, limit: 10, timeout: 30, own: false });
  yes<Same<typeof items, NumberedUpdate[]>>();
  for (const { updateId, update, event } of items) {
    yes<Same<typeof updateId, number>>();
    yes<Same<typeof event, UpdateEvent>>();
    if (update._ === 'updateBotCallbackQuery') yes<Same<typeof update.queryId, bigint>>();
    // @ts-expect-error not all of them have a message
    void update.message;
  }
  // @ts-expect-error items are read only
  for (const item of items) item.updateId = 1;
  // @ts-expect-error ids are numbers
  await client.getUpdates({ offset: 5n });
  // @ts-expect-error the Bot API's option; filters do that here
  await client.getUpdates({ allowedUpdates: ['message'] });
}

export async function conversations(): Promise<void> {
  await using chat = await client.conversation('@somebody', { timeout: 1000 });
  yes<Same<typeof chat, Conversation>>();
  const next = await chat.ask('Your name?');
  yes<Same<typeof next.message, base.Message>>();
  yes<Same<typeof next.chatId, bigint>>();
  const photo = await chat.ask('A photo?', filters.photo, { timeout: 5, parseMode: 'html' });
  yes<Same<typeof photo.media, base.MessageMediaPhoto>>();
  const limited = await chat.ask('Again?', undefined, { timeout: 5 });
  yes<Same<typeof limited.message.message, string>>();
  const press = await chat.waitFor(filters.callbackQuery('ok'), { from: 'anyone' });
  yes<Same<typeof press.data, 'ok'>>();
  const message = await chat.waitFor();
  yes<Same<typeof message.message, base.Message>>();
  const either = await chat.waitFor(filters.photo.or(filters.text('/cancel')));
  if ('media' in either) void either.media.photo;
  // @ts-expect-error perhaps it is the text
  void either.media;
  yes<Same<Awaited<ReturnType<typeof chat.send>>, SentText[]>>();
  // @ts-expect-error a question is a text
  await chat.ask(filters.photo);
  // @ts-expect-error a wait sends nothing: it has no mode of parsing
  await chat.waitFor(filters.text(), { parseMode: 'html' });
  // @ts-expect-error whose chat it is does not change
  chat.chatId = 1n;
  // @ts-expect-error it is begun with somebody
  await client.conversation();
}

export function plugins(): void {
  const greeter: Plugin = (one) => one.on(filters.joined, (event) => event.respond('Welcome!'));
  const counting = (most: number): Plugin => {
    let count = 0;
    return (one) => {
      const stop: Unsubscribe = one.on(filters.message, () => count++ < most || stop());
    };
  };
  const typed: Plugin<Client<SchemaApi>> = ({ api }) => {
    const timer = api.help.getConfig();
    return () => timer;
  };
  const same = client.use(greeter).use(counting(3)).use(typed);
  yes<Same<typeof same, Client<SchemaApi>>>();
  client.use(({ api }) => void api.messages.sendMessage({ peer: 'me', message: 'hi' }));
  // @ts-expect-error what a plugin leaves is a function
  client.use(() => 5);
  // @ts-expect-error also where that takes time
  client.use(async () => 5);
  client.use(async ({ api }) => void (await api.help.getConfig()));
  client.use(async (one) => one.on(filters.joined, () => undefined));
  // @ts-expect-error a plugin takes a client
  client.use((one: string) => void one);
}

export const settings: PartialSettings = {
  updates: {
    handler: (update, event) => {
      yes<Same<typeof update, base.TypeUpdate>>();
      void event.stop();
    },
    pollChannels: [-1_001_234_567_890n],
    overflow: 'drop-oldest',
  },
};
// @ts-expect-error there is no such way
client.configure({ updates: { overflow: 'block' } });
// @ts-expect-error channels are named by marked ids
client.configure({ updates: { pollChannels: ['@news'] } });

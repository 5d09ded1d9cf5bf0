// `client.api`, as a client types it from the schema it was handed.
import type { ApiOf, ApiSchema, ApiTypes, CallOptions, TlObject } from '@tlgen/codec';
import { base, help, messages } from '@tlgen/telegram';
import type { Api, SchemaApi } from '@tlgen/telegram/api';
import { schema } from '@tlgen/telegram/schema';
import { schema as mtproto } from '@tlgen/mtproto/schema';
import { schema as secret } from '@tlgen/secret/schema';

/** Fails to compile unless both types are the same. */
type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const yes = <T extends true>(): T | undefined => undefined;

interface Options extends CallOptions {
  readonly dc?: number | undefined;
  readonly noResponse?: boolean | undefined;
}

/** A client of any schema. */
class Client<Types extends ApiTypes> {
  declare readonly api: ApiOf<Types, Options>;
  constructor(readonly schema: ApiSchema<Types>) {}
}

const { api } = new Client(schema);
declare const options: Options;
declare const user: base.User;

/** A schema is one of any methods as well. */
export const any: ApiSchema[] = [schema, mtproto, secret];
yes<Same<typeof secret, ApiSchema>>();
yes<Same<typeof schema, ApiSchema<SchemaApi>>>();

export async function results(): Promise<void> {
  const sent = await api.messages.sendMessage({ peer: 'me', message: 'hi' });
  yes<Same<typeof sent, base.TypeUpdates>>();
  const dc = await api.help.getNearestDc({}, { dc: 2, timeout: 1000 });
  yes<
    Same<typeof dc, help.GetNearestDcRequest extends { $result(r: never): infer R } ? R : never>
  >();
  yes<Same<typeof dc, base.TypeNearestDc>>();
  const state = await api.updates.getState();
  yes<Same<typeof state, import('@tlgen/telegram/updates').TypeState>>();
  const done = await api.messages.setTyping({
    peer: user,
    action: new base.SendMessageTypingAction(),
  });
  yes<Same<typeof done, boolean>>();
}

export async function withoutAnswer(): Promise<void> {
  const call = { peer: 1n, message: 'hi' };
  const nothing = await api.messages.sendMessage(call, { noResponse: true });
  yes<Same<typeof nothing, void>>();
  const something = await api.messages.sendMessage(call, { noResponse: false, dc: 1 });
  yes<Same<typeof something, base.TypeUpdates>>();
  const unknown = await api.messages.sendMessage(call, options);
  yes<Same<typeof unknown, base.TypeUpdates>>();
}

export async function generics(): Promise<void> {
  const query = new messages.GetDialogFiltersRequest();
  const inner = await api.invokeWithLayer({ layer: 1, query }, { dc: 4 });
  yes<Same<typeof inner, messages.TypeDialogFilters>>();
  const none = await api.invokeWithLayer({ layer: 1, query }, { noResponse: true });
  yes<Same<typeof none, void>>();
  const numbers = await new Client(mtproto).api.getFutureSalts({ num: 1 }, { dc: 1 });
  yes<Same<(typeof numbers)['_'], 'future_salts'>>();
}

export async function loose(message: TlObject): Promise<void> {
  await api.messages.getHistory({ peer: '@durov' });
  await api.messages.getHistory({ peer: -1001n, limit: 5, offsetId: 7 });
  await api.messages.getDialogs({});
  await api.messages.getDialogs();
  await api.messages.search({ peer: message });
  await api.users.getUsers({ id: ['me', 5, user, new base.InputUserSelf()] });
  await api.messages.sendMessage({
    peer: message,
    message: '<b>hi</b>',
    parseMode: 'html',
    replyMarkup: { inline_keyboard: [[{ text: 'a', callback_data: 'b' }]] },
  });
  await api.channels.editPhoto({ channel: 'name' });
  await api.messages.sendMedia({ peer: 'me', media: '/a/photo.jpg' });
}

/** Names of the Bot API are another signature. */
export async function renamed(): Promise<void> {
  const sent = await api.messages.sendMessage(
    {
      chat_id: 5,
      text: '*a*',
      parse_mode: 'markdown',
      reply_to_message_id: 3,
      disable_notification: true,
      disable_web_page_preview: true,
      reply_markup: { remove_keyboard: true },
    },
    { dc: 2 },
  );
  yes<Same<typeof sent, base.TypeUpdates>>();
  await api.messages.sendMessage({ chat_id: 5, message: 'a', silent: true });
  await api.messages.forwardMessages({ from_chat_id: 'a', chat_id: 'b', id: [1] });
}

export async function refused(): Promise<void> {
  const call = { peer: 'me', message: 'hi' };
  // @ts-expect-error no peer under any name
  await api.messages.sendMessage({ message: 'hi' });
  // @ts-expect-error the peer under both names
  await api.messages.sendMessage({ peer: 'me', chat_id: 'me', message: 'hi' });
  // @ts-expect-error there is no such parameter
  await api.messages.sendMessage({ ...call, disable_preview: true });
  // @ts-expect-error nor one of this name in this method
  await api.messages.readHistory({ chat_id: 5 });
  // @ts-expect-error how much is read is never filled in
  await api.messages.readHistory({ peer: 5 });
  // @ts-expect-error no method takes a mark-up that is not there
  await api.messages.sendMessage({ ...call, parseMode: 'bbcode' });
  // @ts-expect-error a message is given by its id there
  await api.messages.sendMessage({ ...call, reply_to_message_id: 'x' });
  // @ts-expect-error an option the client does not know
  await api.messages.sendMessage(call, { dc: 2, tiemout: 5 });
  // @ts-expect-error an option of the wrong type
  await api.messages.sendMessage(call, { dc: 'two' });
  // @ts-expect-error not every api knows `noResponse`
  await (api as Api).messages.sendMessage(call, { timeout: 5, noResponse: true });
  // @ts-expect-error nothing comes back
  (await api.messages.sendMessage(call, { noResponse: true })).updates();
  // @ts-expect-error a schema without methods has none in its api
  await new Client(secret).api.messages.sendMessage(call);
}

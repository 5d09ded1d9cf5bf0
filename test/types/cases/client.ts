/* oxlint-disable no-new, no-unused-expressions */
/// <reference types="node" />
// The client, as it types itself from the schema it was handed.
import type { ApiTypes } from '@tlgen/codec';
import {
  Client,
  MemoryStorage,
  type ClientOptions,
  type InvokeOptions,
  type PartialSettings,
  type SentText,
} from '@tlgen/runtime';
import { base, help, messages, users } from '@tlgen/telegram';
import type { SchemaApi } from '@tlgen/telegram/api';
import { schema } from '@tlgen/telegram/schema';
import { schema as mtproto } from '@tlgen/mtproto/schema';

/** Fails to compile unless both types are the same. */
type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const yes = <T extends true>(): T | undefined => undefined;

const account = { apiId: 1, apiHash: 'hash', storage: new MemoryStorage() };
const client = new Client({ schema, ...account });
yes<Same<typeof client, Client<SchemaApi>>>();
const { api } = client;
declare const options: InvokeOptions;

/** A client of any schema takes this one. */
export const any: Client = client;

export async function results(): Promise<void> {
  const sent = await api.messages.sendMessage({ peer: 'me', message: 'hi' });
  yes<Same<typeof sent, base.TypeUpdates>>();
  const strict = await client.invoke(new users.GetUsersRequest({ id: [new base.InputUserSelf()] }));
  yes<Same<typeof strict, base.TypeUser[]>>();
  const withOptions = await client.invoke(new help.GetConfigRequest(), options);
  yes<Same<typeof withOptions, base.TypeConfig>>();
  const me = await client.me();
  yes<Same<typeof me, base.User>>();
  const texts = await client.sendText('me', 'hi', { parseMode: 'html' });
  yes<Same<typeof texts, SentText[]>>();
}

export async function withoutAnswer(): Promise<void> {
  const invoked = await client.invoke(new help.GetConfigRequest(), { noResponse: true });
  yes<Same<typeof invoked, void>>();
  const called = await api.messages.sendMessage({ peer: 1n, message: 'x' }, { noResponse: true });
  yes<Same<typeof called, void>>();
  const waited = await client.invoke(new help.GetConfigRequest(), { noResponse: false });
  yes<Same<typeof waited, base.TypeConfig>>();
}

export async function loose(message: base.Message, update: base.TypeUpdate): Promise<void> {
  const call = { message: '<b>x</b>', parseMode: 'html' } as const;
  for (const peer of ['@name', 5, -100n, message, new base.InputPeerSelf()])
    await api.messages.sendMessage({ ...call, peer }, { dc: 2, queue: 'q', floodWaitLimit: 5 });
  await api.messages.getHistory(
    { peer: update },
    { timeout: 1000, signal: AbortSignal.timeout(1000) },
  );
  await api.help.acceptTermsOfService({ id: { any: ['json', 1, null] } });
  await api.messages.sendMessage({ chat_id: 5, text: 'x', parse_mode: 'markdownv2' });
}

/** A client of another generated package has the methods of that package. */
export async function other(): Promise<void> {
  const one = new Client({ schema: mtproto, ...account });
  const salts = await one.api.getFutureSalts({ num: 1 });
  yes<Same<(typeof salts)['_'], 'future_salts'>>();
  // @ts-expect-error that schema has no messages
  await one.api.messages.sendMessage({ peer: 'me', message: 'hi' });
  // @ts-expect-error nor has the other one salts
  await api.getFutureSalts({ num: 1 });
}

export async function refused(): Promise<void> {
  // @ts-expect-error parameters are written in camelCase
  await api.messages.getHistory({ peer: 'me', offset_id: 5 });
  // @ts-expect-error there is no such mode
  await api.messages.sendMessage({ peer: 'me', message: 'x', parseMode: 'HTML' });
  // @ts-expect-error a method that the schema has not
  await api.messages.sendMesage({ peer: 'me', message: 'x' });
  // @ts-expect-error an option that calls have not
  await api.help.getConfig({}, { datacenter: 2 });
  // @ts-expect-error an option of another type
  await client.invoke(new help.GetConfigRequest(), { queue: 5 });
  // @ts-expect-error a constructor is no request
  await client.invoke(new base.InputPeerSelf());
  // @ts-expect-error requests are strict: peers are objects there
  new messages.GetHistoryRequest({ peer: '@name' });
  // @ts-expect-error what comes without an answer has no fields
  (await api.help.getNearestDc({}, { noResponse: true })).thisDc;
}

// Settings.
export const some: PartialSettings = { connection: { protocol: 'https' }, floodWait: { below: 5 } };
export const whole: ClientOptions<SchemaApi> = { schema, ...account, ...some };
// @ts-expect-error no transport has this name
export const protocol: PartialSettings = { connection: { protocol: 'tcp' } };
// @ts-expect-error there is no such setting
export const unknown: PartialSettings = { connections: {} };
// @ts-expect-error nor one inside of it
client.configure({ floodWait: { above: 5 } });
// @ts-expect-error settings are read only
client.settings.saveInterval = 5;
// @ts-expect-error a schema is needed
new Client(account);
// @ts-expect-error and the id of the application is a number
new Client({ schema, ...account, apiId: '1' });
// @ts-expect-error there is no such event
client.on('updates', () => undefined);
client.on('signed-out', ({ reason }) => yes<Same<typeof reason, string>>());
client.on('error', (error) => yes<Same<typeof error, Error>>());

/** Code that works with any schema. */
export const generic = <Types extends ApiTypes>(one: Client<Types>): Promise<void> => one.close();

// The page is built by Vite: what it imports is resolved by the packages' exports, as in an application.
/// <reference lib="dom" />
import { Client, SqliteStorage, StorageError, StringSession } from '@tlgen/runtime';
import { schema } from '@tlgen/telegram/schema';
import type { PageInput, PageReport, Refused } from './types.js';

const textOf = (message: { readonly _: string }): string =>
  message._ === 'message' ? (message as { readonly message: string } & typeof message).message : '';

/** Signs in, writes, and reads what was written. */
async function firstVisit(given: PageInput): Promise<[session: string, PageReport['first']]> {
  const storage = new StringSession();
  const asked: string[] = [];
  await using client = new Client({ ...given.settings, schema, storage });
  await client.connect({ timeout: 20_000 });
  const { id } = await client.signIn({
    phone: given.phone,
    code: (hint) => {
      asked.push(hint.type);
      return given.code;
    },
    password: (hint) => {
      asked.push(`password, hint: ${String(hint.hint)}`);
      return given.password;
    },
  });
  await client.api.messages.sendMessage({ peer: given.friend, message: 'Plain: <b> is not bold' });
  await client.api.messages.sendMessage({
    peer: given.friend,
    message: 'This is <b>bold</b> &amp; <i>slanted</i>',
    parseMode: 'html',
  });
  const history: PageReport['first']['history'] = [];
  for await (const message of client.peers.history(given.friend)) {
    const entities = message._ === 'message' ? (message.entities ?? []) : [];
    const marks = entities.map((one) => `${one._} ${one.offset}+${one.length}`);
    history.push({ text: textOf(message), marks });
  }
  return [await storage.export(), { id: String(id), asked, history }];
}

/** Another client goes on with the exported session. */
async function secondVisit(given: PageInput, session: string): Promise<PageReport['second']> {
  await using client = new Client({
    ...given.settings,
    schema,
    storage: new StringSession(session),
  });
  await client.connect({ timeout: 20_000 });
  const { firstName = '' } = await client.me();
  const texts: string[] = [];
  for await (const message of client.peers.history(given.friend, { limit: 1 })) {
    texts.push(textOf(message));
  }
  await client.logOut();
  return { firstName, texts, signedOut: client.self === null };
}

/** The session of one who logged out opens nothing any more. */
async function thirdVisit(given: PageInput, session: string): Promise<string> {
  await using client = new Client({
    ...given.settings,
    schema,
    storage: new StringSession(session),
  });
  return await client.me().then(
    () => 'still signed in',
    (error: unknown) => String((error as { readonly code?: unknown }).code),
  );
}

/** What a browser says to a storage in a file. */
async function refused(attempt: () => unknown): Promise<Refused> {
  try {
    await attempt();
  } catch (error) {
    const { code, message } = error as StorageError;
    return { typed: error instanceof StorageError, code, message };
  }
  return { typed: false, code: 'none', message: 'nothing was thrown' };
}

async function run(given: PageInput): Promise<PageReport> {
  const [session, first] = await firstVisit(given);
  return {
    first,
    second: await secondVisit(given, session),
    third: await thirdVisit(given, session),
    sqlite: await refused(() => new SqliteStorage('my.session').open()),
    path: await refused(() => {
      const client = new Client({ ...given.settings, schema, storage: 'my.session' });
      return client.connect({ timeout: 5000 });
    }),
  };
}

Object.assign(globalThis, { run });

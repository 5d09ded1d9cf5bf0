// The page is built by Vite: what it imports is resolved by the packages' exports, as in an application.
/// <reference lib="dom" />
import { Client, filters } from '@tlgen/runtime';
import type { SchemaApi } from '@tlgen/telegram/api';
import { schema } from '@tlgen/telegram/schema';
import { IndexedDbStorage } from './indexed-db.js';
import type { UpdatesPage } from './types.js';

const handled: string[] = [];
const read: string[] = [];
const from: string[] = [];
let client: Client<SchemaApi>;
let reading: Promise<string>;

/** Reads until the client is closed. */
async function readAll(): Promise<string> {
  for await (const { text } of client.updates()) if (text !== '') read.push(text);
  return 'the end';
}

const page: UpdatesPage = {
  async open({ settings, signIn }) {
    client = new Client({ ...settings, schema, storage: new IndexedDbStorage('session') });
    client.on(filters.text(), (event) => {
      handled.push(event.text);
      from.push(event.from);
    });
    client.on(filters.private.and(filters.command('ask')), async (event) => {
      const answer = await event.ask('Your name?', filters.text(), { timeout: 20_000 });
      await answer.reply(`Hello, ${answer.text}`);
    });
    if (signIn) await client.signIn(signIn);
    await client.connect();
    reading = readAll();
    return (await client.me()).firstName ?? '';
  },
  heard: () => ({ handled, read, from }),
  async close() {
    await client.close();
    return reading;
  },
};
Object.assign(globalThis, { page });

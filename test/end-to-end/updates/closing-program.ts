import { writeSync } from 'node:fs';
import { schema } from '@tlgen/telegram/schema';
import {
  Client,
  filters,
  MemoryStorage,
  type ClientOptions,
} from '../../../packages/runtime/src/index.js';

/** What a program does beside handling updates, before it closes its client; nothing but that ends it. */
export type ClosingPlan = {
  readonly dc: object;
  readonly phone: string;
  readonly code: string;
  readonly what: 'handlers' | 'reader' | 'getUpdates' | 'conversation' | 'hangs' | 'everything';
};

const { dc, phone, code, what } = JSON.parse(process.argv.at(-1) ?? '') as ClosingPlan;
const say = (line: string): void => void writeSync(1, `${line}\n`);
const client = new Client({
  schema,
  ...(dc as Omit<ClientOptions, 'schema' | 'storage'>),
  storage: new MemoryStorage(),
  logger: { to: 'none' },
});
const does = (one: ClosingPlan['what']): boolean => what === one || what === 'everything';
const never = new Promise<never>(() => undefined);

await client.signIn({ phone, code });
client.on(filters.text(), async ({ text }) => {
  say(`handled ${text}`);
  if (does('hangs')) await never;
});
if (does('reader')) {
  void (async () => {
    for await (const { text } of client.updates()) say(`read ${text}`);
    say('reader ended');
  })();
}
if (does('getUpdates')) {
  client
    .getUpdates({ timeout: 1000, offset: 0 })
    .then(() => client.getUpdates({ timeout: 1000, offset: 1 }))
    .catch((error: Error) => say(`getUpdates ${error.name}`));
}
if (does('conversation')) {
  const chat = await client.conversation('@other');
  chat.waitFor(filters.text(), { timeout: 1_000_000 }).catch((error: Error) => {
    say(`conversation ${error.name}`);
  });
}
client.use(() => () => say('plugin ended'));
say('ready');
process.stdin.once('data', () => {
  process.stdin.destroy();
  void client.close({ timeout: 300 }).then(() => say('closed'));
});

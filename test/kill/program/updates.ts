import { createHash } from 'node:crypto';
import { openSync, writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { schema } from '@tlgen/telegram/schema';
import Database from 'libsql';
import { nodePlatform } from '../../../packages/runtime/src/platform/node.js';
import {
  Client,
  filters,
  RpcError,
  SqliteStorage,
  type ClientOptions,
  type StorageChange,
  type StorageDriver,
  type UpdateEvent,
} from '../../../packages/runtime/src/index.js';
import { LazyStorage } from './lazy-storage.js';
import { quickTime, type UpdatesPlan } from './updates-plan.js';

/** Milliseconds until work is done that nobody waits for: no life is that long. */
const HASTY = 60_000;

/**
 * A bot that notes each message that it has handled in a ledger, does something for it once, by its key, and answers
 * private ones once, by a random id. It is killed at any moment, and its next life goes on.
 */
const plan = JSON.parse(process.argv.at(-1) ?? '') as UpdatesPlan;
const say = (line: string): void => void writeSync(1, `${line}\n`);

/** Processes die here, the system does not: what is written is there, and need not wait for a disk. */
const ledger = openSync(plan.ledger, 'a');
const note = (line: string): void => void writeSync(ledger, `${line}\n`);

const database = new Database(plan.database);
database.exec('PRAGMA busy_timeout = 10000; PRAGMA synchronous = OFF');
database.exec('CREATE TABLE IF NOT EXISTS done (key TEXT PRIMARY KEY, text TEXT NOT NULL)');
const once = database.prepare('INSERT OR IGNORE INTO done VALUES (?, ?)');

/** Says when a place in the updates is durable: what was done two writes before must not come again. */
class TellingStorage implements StorageDriver {
  constructor(private readonly driver: StorageDriver) {}

  open(): Promise<void> {
    return this.driver.open();
  }

  get(space: string, key: string): Promise<Uint8Array | null> {
    return this.driver.get(space, key);
  }

  list(space: string): Promise<readonly (readonly [key: string, value: Uint8Array])[]> {
    return this.driver.list(space);
  }

  async commit(changes: readonly StorageChange[]): Promise<void> {
    await this.driver.commit(changes);
    if (changes.every(({ space }) => space !== 'updates')) return;
    note(`saved ${plan.life}`);
  }

  close(): Promise<void> {
    return this.driver.close();
  }
}

const file = new SqliteStorage(plan.session);
const storage = plan.flaw === 'lazy-storage' ? new LazyStorage(file, 'everything') : file;

const client = new Client(
  {
    schema,
    ...(plan.dc as Omit<ClientOptions, 'schema' | 'storage'>),
    storage: new TellingStorage(storage),
    connection: { protocol: 'tcp_intermediate', timeout: 200_000 },
    logger: { to: 'none' },
  },
  {
    platform: {
      ...nodePlatform,
      clock: {
        now: () => ({ wall: quickTime(plan.clock), steady: performance.now() * plan.clock.speed }),
        after: (milliseconds, callback) => {
          const wait = Math.ceil(milliseconds / plan.clock.speed) + 1;
          const timer = setTimeout(callback, Math.min(wait, 0x7fff_ffff));
          return { cancel: () => clearTimeout(timer) };
        },
      },
    },
  },
);
client.on('error', (error) => say(`error ${error.stack}`));
client.on('updates-lost', ({ reason, chatId }) => say(`error lost ${reason} ${chatId}`));

/** The same whenever the same update comes. */
const randomIdOf = (key: string): bigint =>
  createHash('sha256').update(key).digest().readBigInt64LE(0);

async function work({
  key,
  text,
  chatId,
  message,
}: Pick<UpdateEvent, 'key' | 'text' | 'chatId'> & {
  readonly message: { readonly peerId: { readonly _: string } };
}): Promise<void> {
  if (key === null) throw new Error(`${text} has no key`);
  say(`begin ${text}`);
  once.run(key, text);
  if (message.peerId._ === 'peerUser') {
    const randomId = randomIdOf(key);
    const answer = { peer: chatId ?? 0n, message: `answer to ${text}`, randomId };
    await client.api.messages.sendMessage(answer).catch((error: unknown) => {
      // A life before has sent it.
      if (!(error instanceof RpcError) || error.code !== 'RANDOM_ID_DUPLICATE') throw error;
    });
  } else await pause(text.length % 4);
  note(`handled ${plan.life} ${text}`);
  say(`done ${text}`);
}

async function live(): Promise<void> {
  say('started');
  let calls = 0;
  const lastOf = new Set<bigint | null>();
  const ended = new Promise<void>((resolve) => {
    client.on(filters.text(), async (event) => {
      const { text, chatId } = event;
      if (++calls === 10) say('busy');
      if (plan.flaw !== 'hasty-handler') await work(event);
      else setTimeout(() => void work(event), HASTY).unref();
      if (text === plan.last?.text && lastOf.add(chatId).size === plan.last.chats) resolve();
    });
  });
  await client.connect();
  if (!client.self) await client.signIn({ botToken: plan.token });
  say('ready');
  await ended;
  await client.close();
  say('closed');
}

/** Resolves at its end, if it is left to live. */
export const life = live();

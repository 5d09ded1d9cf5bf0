import { createRequire } from 'node:module';
import type { TelegramClient as MtcuteClient } from '@mtcute/core/client.js';
import type * as Telegram from 'telegram';
import { gramjsClient, type Place } from '../support/strangers/gramjs.js';
import { mtcuteClient } from '../support/strangers/mtcute.js';
import type { Account } from '../support/strangers/talker.js';

/** GramJS as it is loaded at run time: its package is CommonJS. */
export const { Api } = createRequire(import.meta.url)('telegram') as typeof Telegram;

/** The types of what is in {@link Api}. */
export type { Api as GramjsApi } from 'telegram';
export type GramjsClient = Telegram.TelegramClient;
export type { MtcuteClient };

/** A client of another library, and what to call when the test is over: it throws what the library complained of. */
export interface Stranger<C> {
  readonly client: C;
  close(): Promise<void>;
}

/**
 * Both libraries take the leading zero bytes off a key, about once in 256 exchanges, and then make another: see
 * strangers-defects.test.ts.
 */
const ZERO_BYTE = /Step 3 invalid new nonce hash|Step 4: invalid nonce hash from server/;
/** What mtcute says of requests for updates that it makes by itself, when it is closed before they are answered. */
const CLOSED = /^Session is reset$/;
const isZeroByte = (error: unknown): boolean =>
  error instanceof Error && ZERO_BYTE.test(error.message);

/** A client of GramJS that is connected, but not signed in. */
export async function connectGramjs(dc: Place): Promise<Stranger<GramjsClient>> {
  const client = gramjsClient(dc, 'abridged');
  const errors: Error[] = [];
  client.onError = async (error) => {
    if (!isZeroByte(error)) errors.push(error);
  };
  await client.connect();
  const close = async (): Promise<void> => {
    await client.destroy();
    if (errors.length > 0) throw new AggregateError(errors, 'GramJS failed');
  };
  return { client, close };
}

/** Signs in with GramJS. */
export async function signedInGramjs(dc: Place, account: Account): Promise<Stranger<GramjsClient>> {
  const stranger = await connectGramjs(dc);
  const fail = (error: Error): never => {
    throw error;
  };
  await stranger.client.start(
    'token' in account
      ? { botAuthToken: account.token }
      : {
          phoneNumber: account.phone,
          phoneCode: async () => account.code,
          password: async () => account.password ?? '',
          onError: fail,
        },
  );
  return stranger;
}

/**
 * A client of mtcute that is not signed in. It connects with its first call.
 *
 * @param expected - what it may complain of.
 */
export function newMtcute(dc: Place, expected: RegExp = CLOSED): Stranger<MtcuteClient> {
  const client = mtcuteClient(dc, 'intermediate');
  const errors: unknown[] = [];
  client.onError.add((error) => {
    const may = error instanceof Error && [CLOSED, expected].some((one) => one.test(error.message));
    if (!isZeroByte(error) && !may) errors.push(error);
  });
  const close = async (): Promise<void> => {
    await client.destroy();
    if (errors.length > 0) throw new AggregateError(errors, 'mtcute failed');
  };
  return { client, close };
}

/** Signs in with mtcute, and listens for updates. */
export async function signedInMtcute(dc: Place, account: Account): Promise<Stranger<MtcuteClient>> {
  for (;;) {
    const stranger = newMtcute(dc);
    try {
      await stranger.client.start(
        'token' in account
          ? { botToken: account.token }
          : { ...account, codeSentCallback: () => undefined },
      );
      await stranger.client.startUpdatesLoop();
      return stranger;
    } catch (error) {
      await stranger.client.destroy();
      if (!isZeroByte(error)) throw error;
    }
  }
}

/** All that an iterator of a library brings. */
export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const one of items) list.push(one);
  return list;
}

import { createRequire } from 'node:module';
import type * as Events from 'telegram/events/index.js';
import { gramjsClient, type GramjsOptions, type GramjsTransport, type Place } from './gramjs.js';
import { Inbox, type Account, type Talker } from './talker.js';

const { NewMessage } = createRequire(import.meta.url)('telegram/events') as typeof Events;

/**
 * GramJS takes the leading zero bytes off a key, about once in 256 exchanges, and then rejects the server's proof; its
 * own next attempt makes another key.
 */
const ZERO_BYTE = 'Step 3 invalid new nonce hash';

/** Signs in with GramJS. */
export async function gramjsTalker(
  dc: Place,
  kind: GramjsTransport,
  account: Account,
  options: GramjsOptions = {},
): Promise<Talker> {
  const client = gramjsClient(dc, kind, options);
  const errors: Error[] = [];
  client.onError = async (error) => {
    if (!error.message.includes(ZERO_BYTE)) errors.push(error);
  };
  const inbox = new Inbox();
  const close = async (): Promise<void> => {
    await client.destroy();
    if (errors.length > 0) throw new AggregateError(errors, `GramJS over ${kind} failed`);
  };
  const fail = (error: Error): never => {
    throw error;
  };
  try {
    if ('token' in account) await client.start({ botAuthToken: account.token });
    else
      await client.start({
        phoneNumber: account.phone,
        phoneCode: () => Promise.resolve(account.code),
        password: () => Promise.resolve(account.password ?? ''),
        onError: fail,
      });
    const me = await client.getMe();
    client.addEventHandler(
      ({ message }: Events.NewMessageEvent) => {
        inbox.add(message.message, BigInt(String(message.senderId)));
      },
      new NewMessage({ incoming: true }),
    );
    return {
      userId: BigInt(String(me.id)),
      send: async (username, text) => {
        await client.sendMessage(username, { message: text });
      },
      received: (text) => inbox.received(text),
      close,
    };
  } catch (error) {
    await client.destroy();
    throw error;
  }
}

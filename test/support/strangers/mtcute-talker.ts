import { mtcuteClient, type MtcuteOptions, type MtcuteTransport } from './mtcute.js';
import type { Place } from './gramjs.js';
import { Inbox, type Account, type Talker } from './talker.js';

/**
 * mtcute takes the leading zero bytes off a key, about once in 256 exchanges, and then rejects the server's proof: see
 * strangers-defects.test.ts. Only then it gets another try.
 */
const ZERO_BYTE = 'Step 4: invalid nonce hash from server';
const isZeroByte = (error: unknown): boolean =>
  error instanceof Error && error.message.includes(ZERO_BYTE);

/** Signs in with mtcute. */
export async function mtcuteTalker(
  dc: Place,
  kind: MtcuteTransport,
  account: Account,
  options: MtcuteOptions = {},
): Promise<Talker> {
  for (;;) {
    try {
      return await signIn(dc, kind, account, options);
    } catch (error) {
      if (!isZeroByte(error)) throw error;
    }
  }
}

async function signIn(
  dc: Place,
  kind: MtcuteTransport,
  account: Account,
  options: MtcuteOptions,
): Promise<Talker> {
  const client = mtcuteClient(dc, kind, options);
  const inbox = new Inbox();
  const errors: unknown[] = [];
  client.onError.add((error) => {
    if (!isZeroByte(error)) errors.push(error);
  });
  client.onNewMessage.add((message) => {
    if (!message.isOutgoing) inbox.add(message.text, BigInt(message.sender.id));
  });
  try {
    const me = await client.start(
      'token' in account
        ? { botToken: account.token }
        : { ...account, codeSentCallback: () => undefined },
    );
    await client.startUpdatesLoop();
    return {
      userId: BigInt(me.id),
      send: async (username, text) => {
        await client.sendText(username, text);
      },
      received: (text) => inbox.received(text),
      close: async () => {
        await client.destroy();
        if (errors.length > 0) throw new AggregateError(errors, `mtcute over ${kind} failed`);
      },
    };
  } catch (error) {
    await client.destroy();
    throw error;
  }
}
